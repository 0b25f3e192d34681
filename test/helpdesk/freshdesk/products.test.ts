/** Freshdesk's products are its brands: read with the ticket, and as strict in the embedded desk as the real one. */
import { anyCall } from '../contract/deskUnderTest';
import { adapterAtFreshdesk, type AdapterAtFreshdesk } from './adapterAtFreshdesk';

let desk: AdapterAtFreshdesk;
let products: readonly { readonly id: number; readonly name: string }[];
beforeAll(async () => {
  desk = await adapterAtFreshdesk();
  products = (await desk.double.call('GET', '/products')).body as typeof products;
});
afterEach(() => desk.faults.clear());
afterAll(() => desk.double.stop());

const productId = (name: string) => products.find((product) => product.name === name)?.id;
const put = (ticketId: string, product: unknown) =>
  desk.double.call('PUT', `/tickets/${ticketId}`, { product_id: product });

test('a ticket without a product has no brand, and costs no request more', async () => {
  const { ticketId } = await desk.people.customerOpens('Where is my order?');
  const adapter = desk.open();
  await adapter.fetchTicket(ticketId, anyCall());
  const requests = await desk.requestsOf(async () => {
    expect(await adapter.fetchTicket(ticketId, anyCall())).not.toHaveProperty('brand');
  });
  expect(requests).toBe(2);
});

test('one with a product has its name, asked for once', async () => {
  const { ticketId } = await desk.people.customerOpens('Where is my coffee?');
  expect((await put(ticketId, productId('Coffee Club'))).status).toBe(200);
  const adapter = desk.open();
  expect((await adapter.fetchTicket(ticketId, anyCall())).brand).toBe('Coffee Club');
  expect(await desk.requestsOf(() => adapter.fetchTicket(ticketId, anyCall()))).toBe(2);
});

test('all of them are told to whoever compares the settings', async () => {
  expect(await desk.open().brandNames?.(anyCall())).toEqual(['Demo Shop', 'Coffee Club']);
});

test.each([7, 'Coffee Club', 1.5])('the ticket takes no product that there is not: %j', async (product) => {
  const { ticketId } = await desk.people.customerOpens('Hello');
  const { status, body } = await put(ticketId, product);
  expect(status).toBe(400);
  expect(JSON.stringify(body)).toContain('product_id');
});

test('and gives it up again', async () => {
  const { ticketId } = await desk.people.customerOpens('Hello');
  await put(ticketId, productId('Demo Shop'));
  await put(ticketId, null);
  expect(await desk.read(ticketId)).not.toHaveProperty('brand');
});
