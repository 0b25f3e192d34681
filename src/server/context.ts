/** What the routes work with. */
import type { Client } from '@temporalio/client';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '../log/logger';
import type { Metrics } from './metrics';
import type { ModeRoutes } from './modes';
import type { Tickets } from './tickets';

/** The desk whose tickets this server takes, as both stand in workflow ids. */
export interface ServedDesk {
  readonly desk: string;
  readonly account: string;
}

export interface ServerContext {
  readonly desk: ServedDesk;
  readonly tickets: Tickets;
  readonly modes: ModeRoutes;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly client: Client;
  readonly apiToken: string;
  /** Asked at each delivery, since an embedded desk may come up after the server; null: none is set. */
  readonly webhookSecret: () => Promise<string | null>;
  /** Deskhand's own user on the desk; null while that cannot be told. */
  readonly botUserId: () => Promise<string | null>;
}

export type ApiServer = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;
