/** Errors on their way out: refusals as Zendesk words them, our own mistakes as a 500 that the log explains. */
import type { FastifyError, FastifyInstance } from 'fastify';
import type { Logger } from '../../../../log/logger';
import { ApiError } from '../../common/apiError';
import { bodyTooLarge, internalError, invalidEndpoint } from './errors';
import { logFailure } from '../../common/logFailure';

export function answerErrors(app: FastifyInstance, log: Logger | undefined): void {
  app.setErrorHandler<FastifyError | ApiError>((error, request, reply) => {
    const answer = error instanceof ApiError ? error : (apiErrorOf(error) ?? internalError());
    if (answer.status === 500) logFailure(log, request, error);
    if (answer.retryAfter !== null) reply.header('retry-after', String(answer.retryAfter));
    return reply.status(answer.status).send(answer.body);
  });
  app.setNotFoundHandler((_request, reply) => {
    const { status, body } = invalidEndpoint();
    return reply.status(status).send(body);
  });
}

/** Fastify's own refusals; null for what is our own mistake. */
function apiErrorOf(error: FastifyError): ApiError | null {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return bodyTooLarge();
  if (error.statusCode === undefined || error.statusCode >= 500) return null;
  return new ApiError(error.statusCode, { error: 'BadRequest', description: error.message });
}
