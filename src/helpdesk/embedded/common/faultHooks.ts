/** Where faults on demand strike the requests to a desk's API. To be registered before everything else that answers. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Fault, Faults } from '../../../remote/faults';

export function isApi(request: FastifyRequest): boolean {
  return request.url.startsWith('/api/');
}

export function strikeFaults(app: FastifyInstance, faults: Faults): void {
  const struck = new WeakMap<FastifyRequest, Fault>();

  app.addHook('onRequest', (request, reply, done) => {
    const fault = isApi(request) ? faults.strike(request.method, request.url) : null;
    if (fault !== null) struck.set(request, fault);
    if (fault?.type !== 'reset-before') {
      done();
      return;
    }
    reply.hijack();
    request.raw.socket.resetAndDestroy();
  });

  // After the body has come in: a delayed request is carried out even when its caller is gone by then.
  app.addHook('preHandler', async (request, reply) => {
    const fault = struck.get(request);
    if (fault?.type === 'delay') await sleep(fault.ms, undefined, { ref: false });
    if (fault?.type === 'status') return answerStatus(reply, fault);
    return undefined;
  });

  app.addHook('onSend', (request, reply, payload, done) => {
    const fault = struck.get(request);
    if (fault?.type === 'reset-after') request.raw.socket.resetAndDestroy();
    if (fault?.type !== 'malformed' || typeof payload !== 'string') {
      done(null, payload);
      return;
    }
    reply.status(200).removeHeader('content-length');
    done(null, payload.slice(0, Math.ceil(payload.length / 2)));
  });
}

function answerStatus(reply: FastifyReply, fault: Extract<Fault, { type: 'status' }>): FastifyReply {
  if (fault.retryAfter !== undefined) reply.header('retry-after', String(fault.retryAfter));
  reply.status(fault.status);
  if (typeof fault.body === 'string') return reply.type('text/html; charset=utf-8').send(fault.body);
  return reply.send(
    fault.body ?? { error: 'FaultOnDemand', description: `This desk was asked to answer ${fault.status}` },
  );
}
