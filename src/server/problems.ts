/** Every error of the API is a problem document (RFC 9457): what is wrong, where, and how to mend it; no stack traces. */
import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Logger } from '../log/logger';

export type ProblemCode =
  | 'bad-request'
  | 'unauthorized'
  | 'not-found'
  | 'desk-unknown'
  | 'account-unknown'
  | 'ticket-unknown'
  | 'method-not-allowed'
  | 'action-refused'
  | 'body-too-large'
  | 'headers-too-large'
  | 'request-timeout'
  | 'media-type-unsupported'
  | 'invalid'
  | 'too-many-requests'
  | 'temporal-unavailable'
  | 'no-worker'
  | 'webhooks-not-set-up'
  | 'internal';

/** One mistake in a request: where it is, what is allowed, what was found. */
export interface InvalidField {
  readonly path: string;
  readonly message: string;
  readonly found: string;
}

interface ProblemOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly errors?: readonly InvalidField[];
}

/** Thrown by handlers; becomes the answer. `detail` is a sentence for the caller and holds nothing secret. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: ProblemCode;
  readonly headers: Readonly<Record<string, string>>;
  readonly errors: readonly InvalidField[] | null;

  constructor(status: number, code: ProblemCode, detail: string, options: ProblemOptions = {}) {
    super(detail);
    this.status = status;
    this.code = code;
    this.headers = options.headers ?? {};
    this.errors = options.errors ?? null;
  }
}

export function invalid(errors: readonly InvalidField[]): Problem {
  const places = errors.map((error) => error.path).join(', ');
  return new Problem(422, 'invalid', `The request is not valid: see ${places}.`, { errors });
}

export function answerProblemsEverywhere(app: FastifyInstance, logger: Logger): void {
  const routes: { readonly method: string; readonly path: RegExp }[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    const path = new RegExp(
      `^${url
        .replace(/\./g, '\\.')
        .replace(/:[^/]+/g, '[^/]+')
        .replace(/\*$/, '.*')}$`,
    );
    for (const one of [method].flat()) routes.push({ method: one, path });
  });
  app.setErrorHandler((error, request, reply) =>
    sendProblem(reply, request, problemOf(error, request, logger)),
  );
  app.setNotFoundHandler((request, reply) => {
    const pathname = request.url.split('?')[0] ?? request.url;
    const allowed = [
      ...new Set(routes.filter(({ path }) => path.test(pathname)).map(({ method }) => method)),
    ];
    return sendProblem(
      reply,
      request,
      allowed.length === 0
        ? new Problem(404, 'not-found', 'There is nothing at this address. What there is: /docs.')
        : new Problem(
            405,
            'method-not-allowed',
            `${request.method} is not offered here: ${allowed.join(', ')}.`,
            {
              headers: { allow: allowed.join(', ') },
            },
          ),
    );
  });
}

function sendProblem(reply: FastifyReply, request: FastifyRequest, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .headers(problem.headers)
    .type('application/problem+json')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(documentOf(problem, request.url));
}

export function documentOf(problem: Problem, url: string | null): Record<string, unknown> {
  return {
    type: 'about:blank',
    title: STATUS_CODES[problem.status] ?? 'Error',
    status: problem.status,
    detail: problem.message,
    ...(url === null ? {} : { instance: url.split('?')[0] }),
    code: problem.code,
    ...(problem.errors === null ? {} : { errors: problem.errors }),
  };
}

function problemOf(error: unknown, request: FastifyRequest, logger: Logger): Problem {
  if (error instanceof Problem) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const place = error.validationContext ?? 'body';
    const input = {
      body: request.body,
      querystring: request.query,
      params: request.params,
      headers: request.headers,
    }[place];
    return invalid(
      error.validation.map((issue) => ({
        path: [place, ...pathOf(issue.instancePath)].join('.'),
        message: issue.message ?? 'is not valid',
        found: shown(valueAt(input, pathOf(issue.instancePath))),
      })),
    );
  }
  const known = isFastifyError(error) ? fromFastify(error) : null;
  if (known !== null) return known;
  const route = request.routeOptions.url ?? 'an unknown route';
  logger.error('a request failed for a reason nobody foresaw', {
    step: `${request.method} ${route}`,
    failure: error instanceof Error ? error.name : typeof error,
    reason: error instanceof Error ? error.message : String(error),
  });
  return new Problem(
    500,
    'internal',
    "The server failed at this request. The reason is in the server's log.",
  );
}

function fromFastify(error: FastifyError): Problem | null {
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return new Problem(400, 'bad-request', 'The body is not JSON, or is cut off. Send one JSON object.');
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new Problem(413, 'body-too-large', 'The body is larger than this address takes.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new Problem(415, 'media-type-unsupported', 'Send the body with Content-Type: application/json.');
    default:
      return error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500
        ? new Problem(error.statusCode, 'bad-request', error.message)
        : null;
  }
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && 'code' in error && 'statusCode' in error;
}

/** `/ticket/0/id` as `['ticket', '0', 'id']`. */
function pathOf(instancePath: string): string[] {
  return instancePath.split('/').filter((part) => part !== '');
}

function valueAt(input: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([name]) => name === key)?.[1]
        : undefined,
    input,
  );
}

/** Short: an error echoes a value so that it is recognised, never a text. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
