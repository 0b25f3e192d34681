/** How refusals go out, and the faults that another process asks for: the same at every embedded desk. */
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Logger } from '../../../log/logger';
import { faultRuleSchema, type Faults } from '../../../remote/faults';
import { ApiError } from './apiError';
import { logFailure } from './logFailure';

export interface Refusals {
  internalError(): ApiError;
  notFound(): ApiError;
  /** Fastify's own: a body that is too large, for one. */
  refused(status: number, message: string): ApiError;
}

export function answerApiErrors(app: FastifyInstance, log: Logger | undefined, refusals: Refusals): void {
  app.setErrorHandler<FastifyError | ApiError>((error, request, reply) => {
    const answer = error instanceof ApiError ? error : fromFastify(error, refusals);
    if (answer.status === 500) logFailure(log, request, error);
    if (answer.retryAfter !== null) reply.header('retry-after', String(answer.retryAfter));
    reply.status(answer.status);
    // A text, and no type of JSON: clients that read every answer as JSON fail here as they do at the desk.
    if (answer.body === null) return reply.type('text/html; charset=utf-8').send('');
    return typeof answer.body === 'string'
      ? reply.type('text/plain').send(answer.body)
      : reply.send(answer.body);
  });
  app.setNotFoundHandler(() => {
    throw refusals.notFound();
  });
}

function fromFastify({ statusCode, message }: FastifyError, refusals: Refusals): ApiError {
  return statusCode === undefined || statusCode >= 500
    ? refusals.internalError()
    : refusals.refused(statusCode, message);
}

/** Faults over HTTP, so that another process can torment this desk: `/_desk/faults`, for who has the key. */
export function faultRoutes(
  app: FastifyInstance,
  faults: Faults,
  requireKey: (request: FastifyRequest) => void,
): void {
  app.get('/_desk/faults', (request) => {
    requireKey(request);
    return { faults: faults.list() };
  });
  app.post('/_desk/faults', async (request, reply) => {
    requireKey(request);
    const parsed = faultRuleSchema.safeParse(request.body);
    if (!parsed.success) throw new ApiError(422, { description: z.prettifyError(parsed.error) });
    return reply.status(201).send({ id: faults.add(parsed.data) });
  });
  app.delete('/_desk/faults', async (request, reply) => {
    requireKey(request);
    faults.clear();
    return reply.status(204).send();
  });
  app.delete<{ Params: { id: string } }>('/_desk/faults/:id', async (request, reply) => {
    requireKey(request);
    faults.clear(request.params.id);
    return reply.status(204).send();
  });
}
