/** Bodies are JSON; an empty one is no body, whatever its content type says. */
import type { FastifyInstance } from 'fastify';

/** What Ruby's JSON reads, in which these desks are written; what is written back calls itself for each level. */
const deepestJson = 100;

/**
 * @param unreadable - what is answered to a body that is no JSON.
 * @param otherType - what is answered to a body of another type; undefined: it is passed over.
 */
export function readJsonBodies(
  app: FastifyInstance,
  unreadable: () => Error,
  otherType: () => Error | undefined,
): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (_request, text, done) => {
    if (text.trim() === '') {
      done(null, undefined);
      return;
    }
    const body = parseJson(text);
    if (body === undefined || isDeeperThan(body, deepestJson)) done(unreadable());
    else done(null, body);
  });
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) =>
    done(otherType() ?? null, undefined),
  );
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isDeeperThan(value: unknown, levels: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= levels; depth += 1) {
    level = level.flatMap((one): unknown[] =>
      typeof one === 'object' && one !== null ? Object.values(one) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}
