/** Freshdesk's error answers: developers.freshdesk.com/api/#error. A 404 has no body at all. */
import { ApiError } from '../common/apiError';

export interface FieldMistake {
  readonly field: string;
  readonly message: string;
  readonly code:
    | 'missing_field'
    | 'invalid_value'
    | 'duplicate_value'
    | 'datatype_mismatch'
    | 'invalid_field'
    | 'inconsistent_state';
}

export const validationFailed = (...errors: readonly FieldMistake[]): ApiError =>
  new ApiError(400, { description: 'Validation failed', errors });

export const invalidCredentials = (): ApiError =>
  new ApiError(401, {
    code: 'invalid_credentials',
    message: 'You have to be logged in to perform this action.',
  });

export const notFound = (): ApiError => new ApiError(404, null);

export const invalidJson = (): ApiError =>
  new ApiError(400, {
    code: 'invalid_json',
    message: 'Request body has invalid json format. Please check the request body and try again.',
  });

export const unsupportedContentType = (): ApiError =>
  new ApiError(415, {
    code: 'invalid_content_type',
    message: 'Content-Type header is not supported. Please use application/json.',
  });

export const tooManyRequests = (retryAfter: number): ApiError =>
  new ApiError(429, 'You have exceeded the limit of requests per minute.', retryAfter);

export const internalError = (): ApiError =>
  new ApiError(500, { code: 'internal_error', message: 'The embedded desk failed; its log says where' });
