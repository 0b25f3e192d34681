import type { FastifyRequest } from 'fastify';
import type { Logger } from '../../../log/logger';
import { DeskStoreError } from './levelFolder';
import { errorName, whereThrown } from './systemError';

/** Our own mistake. Neither the message nor the address is told: both may quote what a customer wrote. */
export function logFailure(log: Logger | undefined, request: FastifyRequest, error: unknown): void {
  log?.error('a request failed', {
    desk: 'embedded',
    step: `${request.method} ${request.routeOptions.url ?? 'unknown'}`,
    failure: errorName(error),
    reason: error instanceof DeskStoreError ? error.message : whereThrown(error),
    status: 500,
  });
}
