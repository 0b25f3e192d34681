/** Brands of a Zendesk account: read with the ticket, listed for the settings; and the embedded desk's own. */
import axios, { type AxiosResponse } from 'axios';
import { createZendeskDesk } from '../../../src/helpdesk/zendesk/createZendeskDesk';
import { AdapterAtZendesk } from './adapterAtZendesk';
import { anyCall } from './wire';

let at: AdapterAtZendesk;
let bravo: number;
beforeAll(async () => {
  at = await AdapterAtZendesk.start();
  const { data } = await call('post', '/brands', { brand: { name: 'Bravo', subdomain: 'bravo' } });
  bravo = (data as { brand: { id: number } }).brand.id;
});
afterEach(() => at.faults.clear());
afterAll(() => at.double.stop());

function call(method: 'get' | 'post' | 'put', path: string, data?: unknown): Promise<AxiosResponse<unknown>> {
  const { email, token } = at.double.desk.credentials;
  return axios.request({
    ...{ method, url: `${at.double.desk.apiUrl}${path}`, data, validateStatus: () => true },
    auth: { username: `${email}/token`, password: token },
  });
}

async function ticketOf(brandId?: number): Promise<string> {
  const { ticketId } = await at.people.customerOpens('Where is my order?');
  if (brandId !== undefined) await at.put(`/tickets/${ticketId}`, { ticket: { brand_id: brandId } });
  return ticketId;
}

function open(brandsAreNeeded = false) {
  const { apiUrl, credentials } = at.double.desk;
  return createZendeskDesk({
    ...{ apiUrl, account: 'demo', companyAddresses: [], ticketUrl: null, brandsAreNeeded },
    auth: { type: 'api-token', email: credentials.email, token: credentials.token },
  });
}

describe('a ticket is read with the name of its brand', () => {
  test('of the one that tickets have unless told otherwise', async () => {
    expect((await open().fetchTicket(await ticketOf(), anyCall())).brand).toBe('Demo Shop');
  });

  test('of another one, as it is at each look', async () => {
    const desk = open();
    const ticketId = await ticketOf(bravo);
    expect((await desk.fetchTicket(ticketId, anyCall())).brand).toBe('Bravo');
    await at.put(`/tickets/${ticketId}`, { ticket: { brand_id: 360_001 } });
    expect((await desk.fetchTicket(ticketId, anyCall())).brand).toBe('Demo Shop');
  });

  test('an agent who may not list brands reads it without one, unless brands have policies of their own', async () => {
    const ticketId = await ticketOf(bravo);
    at.faults.add({ route: 'GET /api/v2/brands', fault: { type: 'status', status: 403 } });
    expect(await open().fetchTicket(ticketId, anyCall())).not.toHaveProperty('brand');
    await expect(open(true).fetchTicket(ticketId, anyCall())).rejects.toMatchObject({ status: 403 });
  });

  test('more brands than fit on one page are all found', async () => {
    const last = await Array.from({ length: 100 }, (_, n) => n).reduce<Promise<number>>(async (before, n) => {
      await before;
      const brand = { name: `A ${n}`, subdomain: `many-${n}` };
      return ((await call('post', '/brands', { brand })).data as { brand: { id: number } }).brand.id;
    }, Promise.resolve(0));
    expect((await open().fetchTicket(await ticketOf(last), anyCall())).brand).toBe('A 99');
    expect(await open().brandNames?.(anyCall())).toHaveLength(102);
  });
});

describe('the embedded desk, as Zendesk documents it', () => {
  test('shows a brand with every key, to whoever is on the team', async () => {
    const { data } = await call('get', `/brands/${bravo}`);
    expect(data).toMatchObject({
      brand: {
        ...{ id: bravo, name: 'Bravo', subdomain: 'bravo', active: true, default: false, is_deleted: false },
        ...{ brand_url: 'https://bravo.zendesk.com', has_help_center: false, ticket_form_ids: [] },
      },
    });
    expect((await call('get', '/brands/7')).status).toBe(404);
  });

  test.each([
    [{ brand: { name: '', subdomain: 'cedar' } }, 400],
    [{ brand: { name: 'Cedar' } }, 400],
    [{ brand: { name: 'Cedar', subdomain: 'c d' } }, 400],
    [{ name: 'Cedar', subdomain: 'cedar' }, 400],
    [{ brand: { name: 'Cedar', subdomain: 'bravo' } }, 422],
  ])('refuses the new brand %j with %d', async (body, status) => {
    expect((await call('post', '/brands', body)).status).toBe(status);
  });

  test('a ticket takes none that there is not, and its audit tells of another one', async () => {
    const ticketId = await ticketOf();
    expect((await call('put', `/tickets/${ticketId}`, { ticket: { brand_id: 7 } })).status).toBe(422);
    await at.put(`/tickets/${ticketId}`, { ticket: { brand_id: bravo } });
    const { data } = await call('get', `/tickets/${ticketId}/audits`);
    const audits = (data as { audits: { events: Record<string, unknown>[] }[] }).audits;
    expect(audits.at(-1)?.events).toMatchObject([
      { type: 'Change', field_name: 'brand_id', value: String(bravo), previous_value: '360001' },
    ]);
  });

  test('a ticket that follows a closed one has its brand', async () => {
    const closed = await ticketOf(bravo);
    await at.put(`/tickets/${closed}`, { ticket: { status: 'closed' } });
    const { data } = await call('post', '/tickets', {
      ticket: { comment: { body: 'On it goes' }, via_followup_source_id: Number(closed) },
    });
    expect(data).toMatchObject({ ticket: { brand_id: bravo } });
  });
});
