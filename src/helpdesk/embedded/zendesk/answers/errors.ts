/**
 * Zendesk's error answers. Two envelopes exist side by side, an old and a newer one, and in the old one `error`
 * is a text or an object (developer.zendesk.com/api-reference/introduction/requests); each answer here uses the
 * one Zendesk uses for it.
 */
import { ApiError } from '../../common/apiError';

export const unauthenticated = (): ApiError => new ApiError(401, { error: "Couldn't authenticate you" });

export const forbidden = (): ApiError =>
  new ApiError(403, {
    error: {
      title: 'Forbidden',
      message:
        'You do not have access to this page. Please contact the account owner of this help desk for further help.',
    },
  });

export const recordNotFound = (): ApiError =>
  new ApiError(404, { error: 'RecordNotFound', description: 'Not found' });

/** Also the answer to a wrong verb: Zendesk's router knows no such endpoint. */
export const invalidEndpoint = (): ApiError =>
  new ApiError(404, { error: 'InvalidEndpoint', description: 'Not found' });

export const invalidAttribute = (attribute: string, expectation: string): ApiError =>
  new ApiError(400, {
    error: {
      title: 'Invalid attribute',
      message: `You passed an invalid value for the ${attribute} attribute. Invalid parameter: ${attribute} ${expectation}`,
    },
  });

export const unreadableJson = (): ApiError =>
  new ApiError(400, { error: 'Unprocessable Entity', message: 'Server could not parse JSON' });

export const internalError = (): ApiError =>
  new ApiError(500, { error: 'InternalError', description: 'The embedded desk failed; its log says where' });

export const bodyTooLarge = (): ApiError =>
  new ApiError(413, { error: 'RequestEntityTooLarge', description: 'Request body too large' });

export const newerError = (status: number, code: string, title: string, retryAfter?: number): ApiError =>
  new ApiError(status, { errors: [{ code, title }] }, retryAfter ?? null);

export const invalidPagination = (title: string): ApiError =>
  newerError(400, 'InvalidPaginationParameter', title);

export const updateConflict = (): ApiError =>
  new ApiError(409, {
    error: 'UpdateConflict',
    description:
      'Safe Update prevented the update due to outdated ticket data. Please fetch the latest ticket data and try again.',
  });

export const accountRateLimit = (retryAfter: number): ApiError =>
  new ApiError(
    429,
    {
      error: 'APIRateLimitExceeded',
      description: 'Number of allowed API requests per minute exceeded',
    },
    retryAfter,
  );

/** @param problem - as people read it: `Status: closed prevents ticket update`. */
export const recordInvalid = (field: string, problem: string): ApiError =>
  new ApiError(422, {
    error: 'RecordInvalid',
    description: 'Record validation errors',
    details: { [field]: [{ description: problem }] },
  });
