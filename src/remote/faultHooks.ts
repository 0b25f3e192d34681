/** Where faults on demand strike the requests to a server of our own: a desk's double, a shop behind the contract. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Fault, Faults } from './faults';

interface Struck {
  /** Which requests a fault may strike; absent: all. */
  readonly mayStrike?: (request: FastifyRequest) => boolean;
  /** Answers with the status that the fault asks for. */
  readonly answerStatus: (reply: FastifyReply, fault: Extract<Fault, { type: 'status' }>) => FastifyReply;
}

/** To be called before everything else that answers. */
export function strikeFaults(
  app: FastifyInstance,
  faults: Faults,
  { mayStrike = () => true, answerStatus }: Struck,
): void {
  const struck = new WeakMap<FastifyRequest, Fault>();

  app.addHook('onRequest', (request, reply, done) => {
    const fault = mayStrike(request) ? faults.strike(request.method, request.url) : null;
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
    if (fault?.type === 'delay') await faults.hold(fault);
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
