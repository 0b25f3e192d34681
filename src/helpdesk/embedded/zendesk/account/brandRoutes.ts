/** `/api/v2/brands` (developer.zendesk.com/api-reference/ticketing/account-configuration/brands). */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireAdmin, requireStaff, type Authenticate } from '../answers/auth';
import { brandsOf } from './brands';
import { origin, type DeskContext } from '../context';
import { invalidAttribute, recordInvalid, recordNotFound } from '../answers/errors';
import { pageOf } from '../lists/pagination';
import { zendeskTime, type Brand } from '../store/records';
import { brandView } from '../lists/views';

const creationSchema = z.looseObject({
  brand: z.looseObject({
    name: z.string().trim().min(1).max(60),
    subdomain: z.string().regex(/^[a-z0-9][a-z0-9-]{2,62}$/, 'must be letters, digits and hyphens'),
  }),
});

export function brandRoutes(app: FastifyInstance, desk: DeskContext, authenticate: Authenticate): void {
  const { store } = desk;

  // Zendesk lists them by name, and to agents as well: developer.zendesk.com, "List Brands".
  app.get('/api/v2/brands', (request) => {
    requireStaff(authenticate(request));
    const byName = [...brandsOf(store).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return pageOf(request, 'brands', byName, (brand) => brandView(brand, origin(request))).body;
  });

  app.get<{ Params: { id: string } }>('/api/v2/brands/:id', (request) => {
    requireStaff(authenticate(request));
    const brand = brandsOf(store).get(Number(request.params.id));
    if (brand === undefined) throw recordNotFound();
    return { brand: brandView(brand, origin(request)) };
  });

  app.post('/api/v2/brands', async (request, reply) => {
    requireAdmin(authenticate(request));
    const { name, subdomain } = parse(request.body);
    if ([...brandsOf(store).values()].some((brand) => brand.subdomain === subdomain)) {
      throw recordInvalid('subdomain', 'Subdomain: has already been taken');
    }
    const at = zendeskTime(desk.clock());
    const brand = await store.write((tx): Brand => {
      const made = { id: tx.next('record'), name, subdomain, created_at: at, updated_at: at };
      tx.put('brands', made);
      return made;
    });
    return reply.status(201).send({ brand: brandView(brand, origin(request)) });
  });
}

/** @throws ApiError 400 */
function parse(body: unknown): z.infer<typeof creationSchema>['brand'] {
  const parsed = creationSchema.safeParse(body);
  if (parsed.success) return parsed.data.brand;
  const issue = parsed.error.issues[0];
  throw invalidAttribute(issue?.path.map(String).join('.') ?? 'brand', issue?.message ?? 'is invalid');
}
