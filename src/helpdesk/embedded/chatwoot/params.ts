/**
 * What a request asks for. Rails passes over what it does not know, and takes texts for numbers; this desk says both, since
 * whoever sends such a thing has meant something by it.
 */
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError } from '../common/apiError';
import { unreadableBody } from './apiErrors';

/** Of a multipart form, whose values are texts or JSON: public clients send messages so. */
export const booleanParam = z.union([
  z.boolean(),
  z.enum(['true', 'false']).transform((text) => text === 'true'),
]);

export const objectParam = z.union([
  z.record(z.string(), z.unknown()),
  z.string().transform((text, context): Record<string, unknown> => {
    const parsed = z.record(z.string(), z.unknown()).safeParse(parsedJson(text));
    if (parsed.success) return parsed.data;
    context.addIssue('no JSON object');
    return z.NEVER;
  }),
]);

/** @throws ApiError 422 */
export function readParams<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const attributes = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys : issue.path.slice(0, 1).map(String),
  );
  throw new ApiError(422, { message: z.prettifyError(parsed.error), attributes: [...new Set(attributes)] });
}

const querySchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]).optional());

/** Under `name` or, for a list, `name[]`. */
export function queryValues(request: FastifyRequest, name: string): readonly string[] {
  const query = querySchema.parse(request.query);
  return [query[name], query[`${name}[]`]].flat().filter((value) => value !== undefined);
}

/** Public clients send messages so. Files are passed over. */
export function takeForms(app: FastifyInstance, bodyBytes: number): void {
  app.addContentTypeParser('multipart/form-data', async (request: FastifyRequest, payload: Readable) => {
    const texts: Record<string, string> = {};
    try {
      const form = new Busboy({
        headers: { ...request.headers, 'content-type': request.headers['content-type'] ?? '' },
        limits: { fieldSize: bodyBytes },
      });
      form.on('field', (name, value) => {
        texts[name] = value;
      });
      form.on('file', (_name, file) => file.resume());
      await pipeline(payload, form);
    } catch {
      throw unreadableBody();
    }
    return texts;
  });
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
