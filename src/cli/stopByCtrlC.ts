/**
 * For commands that write step by step: the step under way is finished at the first Ctrl-C, so that what is done is known; a
 * second one ends the process at once.
 *
 * @returns whether somebody has pressed it.
 */
export function stopByCtrlC(): () => boolean {
  let isStopped = false;
  process.once('SIGINT', () => {
    isStopped = true;
  });
  return () => isStopped;
}
