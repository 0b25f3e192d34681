/** Faults on demand strike the requests to a desk's API, not those of its page. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { strikeFaults } from '../../../remote/faultHooks';
import type { Fault, Faults } from '../../../remote/faults';

export function isApi(request: FastifyRequest): boolean {
  return request.url.startsWith('/api/');
}

/** To be called before everything else that answers. */
export function strikeApi(app: FastifyInstance, faults: Faults): void {
  strikeFaults(app, faults, { mayStrike: isApi, answerStatus });
}

function answerStatus(reply: FastifyReply, fault: Extract<Fault, { type: 'status' }>): FastifyReply {
  if (fault.retryAfter !== undefined) reply.header('retry-after', String(fault.retryAfter));
  reply.status(fault.status);
  if (typeof fault.body === 'string') return reply.type('text/html; charset=utf-8').send(fault.body);
  return reply.send(
    fault.body ?? { error: 'FaultOnDemand', description: `This desk was asked to answer ${fault.status}` },
  );
}
