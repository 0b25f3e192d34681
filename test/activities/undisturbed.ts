import type { DeskActivityPorts } from '../../activities/deskActivities';

const nothing = (): Promise<void> => Promise.resolve();

/** The first attempt of a step that nobody stops. */
export const undisturbed: ReturnType<DeskActivityPorts['thisAttempt']> = {
  ...{ stillWanted: nothing, stillCurrent: nothing, settled: nothing },
};
