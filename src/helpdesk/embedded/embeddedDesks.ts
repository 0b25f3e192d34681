/** The embedded doubles, one for each desk, as `deskhand desk` starts them. */
import type { Logger } from '../../log/logger';
import type { DeskName } from '../deskNames';
import { startEmbeddedChatwoot } from './chatwoot/startChatwoot';
import type { DemoCustomer } from './common/pageFiles';
import { startEmbeddedFreshdesk } from './freshdesk/startFreshdesk';
import { startEmbeddedGorgias } from './gorgias/startGorgias';
import { startEmbeddedDesk } from './zendesk/desk';

export interface EmbeddedOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly stateDir: string;
  /** Without a secret one is made and kept with the credentials. */
  readonly webhook: { readonly url: string; readonly secret?: string };
  readonly customers: readonly DemoCustomer[];
  readonly log: Logger;
}

export interface RunningEmbedded {
  /** Of the page, without a trailing slash. */
  readonly url: string;
  readonly apiUrl: string;
  close(): Promise<void>;
}

export const startEmbedded: Readonly<
  Record<DeskName, (options: EmbeddedOptions) => Promise<RunningEmbedded>>
> = {
  zendesk: startEmbeddedDesk,
  freshdesk: startEmbeddedFreshdesk,
  chatwoot: startEmbeddedChatwoot,
  gorgias: startEmbeddedGorgias,
};
