/** The embedded doubles, one for each desk, as `deskhand desk` starts them. */
import type { DeskName } from '../deskNames';
import { startEmbeddedChatwoot } from './chatwoot/startChatwoot';
import type { EmbeddedOptions, RunningEmbedded } from './common/runEmbedded';
import { startEmbeddedFreshdesk } from './freshdesk/startFreshdesk';
import { startEmbeddedGorgias } from './gorgias/startGorgias';
import { startEmbeddedZendesk } from './zendesk/desk';

export const startEmbedded: Readonly<
  Record<DeskName, (options: EmbeddedOptions) => Promise<RunningEmbedded>>
> = {
  zendesk: startEmbeddedZendesk,
  freshdesk: startEmbeddedFreshdesk,
  chatwoot: startEmbeddedChatwoot,
  gorgias: startEmbeddedGorgias,
};
