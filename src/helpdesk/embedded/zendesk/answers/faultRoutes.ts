/** Faults over HTTP, so that another process can torment this desk: `/_desk/faults`, for the API's admins. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireAdmin, type Authenticate } from './auth';
import { newerError } from './errors';
import { faultRuleSchema, type Faults } from '../../../../remote/faults';

export function faultRoutes(app: FastifyInstance, faults: Faults, authenticate: Authenticate): void {
  app.get('/_desk/faults', (request) => {
    requireAdmin(authenticate(request));
    return { faults: faults.list() };
  });

  app.post('/_desk/faults', async (request, reply) => {
    requireAdmin(authenticate(request));
    const parsed = faultRuleSchema.safeParse(request.body);
    if (!parsed.success) throw newerError(422, 'InvalidFault', z.prettifyError(parsed.error));
    return reply.status(201).send({ id: faults.add(parsed.data) });
  });

  app.delete('/_desk/faults', async (request, reply) => {
    requireAdmin(authenticate(request));
    faults.clear();
    return reply.status(204).send();
  });

  app.delete<{ Params: { id: string } }>('/_desk/faults/:id', async (request, reply) => {
    requireAdmin(authenticate(request));
    faults.clear(request.params.id);
    return reply.status(204).send();
  });
}
