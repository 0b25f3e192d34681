/** Chatwoot's error answers: app/controllers/concerns/{request_exception_handler,access_token_auth_helper}.rb */
import { ApiError } from '../common/apiError';

export const couldNot = (error: string): ApiError => new ApiError(422, { error });

/** Of a field that another record has already. */
export const taken = (field: string): ApiError =>
  new ApiError(422, { message: `${field} has already been taken`, attributes: [field] });

/** Pundit: whoever may not is answered as somebody who is not signed in. */
export const notAllowed = (): ApiError =>
  new ApiError(401, { error: 'You are not authorized to do this action' });

export const notFound = (): ApiError => new ApiError(404, { error: 'Resource could not be found' });

export const noSuchRoute = (): ApiError => new ApiError(404, { status: 404, error: 'Not Found' });

export const invalidToken = (): ApiError => new ApiError(401, { error: 'Invalid Access Token' });

export const notSignedIn = (): ApiError =>
  new ApiError(401, { errors: ['You need to sign in or sign up before continuing.'] });

export const unreadableBody = (): ApiError => new ApiError(400, { status: 400, error: 'Bad Request' });

/** rack-attack, which says nothing of how long to wait. */
export const tooManyRequests = (): ApiError => new ApiError(429, 'Retry later\n');

export const internalError = (): ApiError =>
  new ApiError(500, { status: 500, error: 'Internal Server Error' });
