/** Refusals as Zendesk words them. */
import { ApiError } from '../../common/apiError';
import type { Refusals } from '../../common/apiAnswers';
import { bodyTooLarge, internalError, invalidEndpoint } from './errors';

export const zendeskRefusals: Refusals = {
  internalError,
  notFound: invalidEndpoint,
  refused: (status, description) =>
    status === 413 ? bodyTooLarge() : new ApiError(status, { error: 'BadRequest', description }),
};
