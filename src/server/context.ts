/** What the routes work with. */
import type { Client } from '@temporalio/client';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '../log/logger';
import type { ServedAccounts } from './accounts';
import type { Metrics } from './metrics';
import type { ModeRoutes } from './modes';
import type { Tickets } from './tickets';

export interface ServerContext {
  readonly accounts: ServedAccounts;
  readonly tickets: Tickets;
  readonly modes: ModeRoutes;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly client: Client;
  readonly apiToken: string;
}

export type ApiServer = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;
