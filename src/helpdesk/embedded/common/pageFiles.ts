/** The files of the desk's page. What it talks to, `/_desk/...`, each desk has of its own, in the same words. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';

const files = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/desk.css': ['desk.css', 'text/css; charset=utf-8'],
  '/desk.js': ['desk.js', 'text/javascript; charset=utf-8'],
  '/thread.js': ['thread.js', 'text/javascript; charset=utf-8'],
  '/calls.js': ['calls.js', 'text/javascript; charset=utf-8'],
} as const;
const contentPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Somebody the page offers to write as. */
export interface DemoCustomer {
  readonly name: string;
  readonly email: string;
  /** What their orders are like, in a line. */
  readonly orders: string;
}

export function servePage(app: FastifyInstance): void {
  for (const [address, [file, type]] of Object.entries(files)) {
    app.get(address, async (_request, reply) =>
      reply
        .type(type)
        .header('content-security-policy', contentPolicy)
        .header('x-content-type-options', 'nosniff')
        .header('referrer-policy', 'no-referrer')
        .header('cache-control', 'no-cache')
        .send(await readFile(path.join(__dirname, '..', 'page', file))),
    );
  }
}
