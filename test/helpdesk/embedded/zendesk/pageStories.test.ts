/** People at the page: two at once, one who is refused, one who writes to a ticket that closes under their hands. */
import type { Page } from 'playwright-core';
import { embeddedTicketUrl } from '../../../../src/helpdesk/embedded/zendesk/tickets/ticketUrl';
import { TestBrowser } from '../common/browser';
import { agents, roomyLimits, TestDesk, until } from './harness';
import { startReceiver } from './webhookReceiver';

let desk: TestDesk;
let browser: TestBrowser;
const pages: Page[] = [];
beforeAll(async () => {
  desk = await TestDesk.start({ limits: roomyLimits });
  browser = await TestBrowser.launch();
});
afterEach(async () => {
  for (const page of pages.splice(0)) await page.close();
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

async function openTicket(id: string, from = desk) {
  const { page, errors } = await browser.open(embeddedTicketUrl(from.desk.url, id));
  pages.push(page);
  await page.locator('.comment').first().waitFor();
  const agent = page.locator('#agent-form');
  const customer = page.locator('#customer-form');
  return { page, errors, agent, customer };
}

it('a customer and an agent in two windows see each other write', async () => {
  const id = await desk.newTicket('Where is it?');
  const ann = await openTicket(id);
  const nora = await openTicket(id);
  await nora.agent.getByLabel('Who').selectOption({ label: 'Nora Lind' });
  await nora.agent.getByLabel('Answer').fill('Let me look.');
  await nora.agent.getByRole('button', { name: 'Public reply' }).click();
  await ann.page.locator('.comment.reply', { hasText: 'Let me look.' }).waitFor();
  await ann.customer.getByLabel('Message').fill('Thank you!');
  await ann.customer.getByRole('button').click();
  await nora.page.locator('.comment.customer', { hasText: 'Thank you!' }).waitFor();
  expect(await ann.page.locator('.comment .by strong').allTextContents()).toEqual([
    'Ann Lee',
    'Nora Lind',
    'Ann Lee',
  ]);
  expect([...ann.errors, ...nora.errors]).toEqual([]);
});

it('what one is writing stays while others write', async () => {
  const id = await desk.newTicket();
  const { page, agent, customer } = await openTicket(id);
  await agent.getByLabel('Answer').fill('half an ans');
  await customer.getByLabel('Message').fill('half a quest');
  await desk.put(id, { comment: { body: 'Meanwhile' }, status: 'pending' });
  await page.locator('.comment.reply', { hasText: 'Meanwhile' }).waitFor();
  expect(await agent.getByLabel('Answer').inputValue()).toBe('half an ans');
  expect(await customer.getByLabel('Message').inputValue()).toBe('half a quest');
});

it('what was sent leaves its field, and only that', async () => {
  const id = await desk.newTicket();
  const { page, agent, customer } = await openTicket(id);
  await customer.getByLabel('Message').fill('kept');
  await agent.getByLabel('Answer').fill('sent');
  await agent.getByRole('button', { name: 'Internal note' }).click();
  await page.locator('.comment.note', { hasText: 'sent' }).waitFor();
  while ((await agent.getByLabel('Answer').inputValue()) !== '') await page.waitForTimeout(20);
  expect(await customer.getByLabel('Message').inputValue()).toBe('kept');
});

it.each(['Take over', 'Assign'])('"%s" keeps the answer one has begun', async (button) => {
  const id = await desk.newTicket();
  const { page, agent } = await openTicket(id);
  await agent.getByLabel('Answer').fill('begun');
  await agent.getByLabel('Assign to').selectOption({ label: 'Tomas Reyes' });
  await agent.getByRole('button', { name: button, exact: true }).click();
  await page.locator('#facts', { hasText: 'Statusopen' }).waitFor();
  expect(await agent.getByLabel('Answer').inputValue()).toBe('begun');
});

it('solving with a word says it in the same step', async () => {
  const id = await desk.newTicket();
  const { page, agent } = await openTicket(id);
  await agent.getByLabel('Answer').fill('All done.');
  await agent.getByRole('button', { name: 'Solve' }).click();
  await page.locator('.comment.reply', { hasText: 'All done.' }).waitFor();
  await page.locator('#facts', { hasText: 'Statussolved' }).waitFor();
  const audits = await desk.audits(id);
  expect(audits).toHaveLength(2);
  expect(audits.at(-1)?.events.map(({ type }) => type)).toEqual(['Comment', 'Change', 'Notification']);
});

it('an agent whose ticket closes meanwhile keeps their words, and may not send them', async () => {
  const id = await desk.newTicket();
  const { page, agent } = await openTicket(id);
  await agent.getByLabel('Answer').fill('too late');
  await desk.put(id, { status: 'closed' });
  await page.getByText('This ticket is closed for good.').waitFor();
  expect(await agent.isVisible()).toBe(false);
  expect(await desk.comments(id)).toHaveLength(1);
});

it('a person at the page is a person to everybody: assigned, told to webhooks, shown in audits', async () => {
  const receiver = await startReceiver();
  const told = await TestDesk.start({ webhook: { url: receiver.url, secret: 's' } });
  const id = await told.newTicket();
  const { page, agent } = await openTicket(id, told);
  await agent.getByLabel('Who').selectOption({ label: 'Tomas Reyes' });
  await agent.getByRole('button', { name: 'Take over' }).click();
  await page.locator('#facts', { hasText: 'AssigneeTomas Reyes' }).waitFor();
  const tomas = told.people.agentId('Tomas Reyes');
  expect((await told.audits(id)).at(-1)).toMatchObject({ author_id: tomas, via: { channel: 'web' } });
  await until(() => receiver.types().includes('agent_assignment_changed'), 'the assignment to be told');
  await page.close();
  pages.splice(0);
  await told.stop();
  await receiver.stop();
});

it('the list has the ticket that changed last on top, with who has it', async () => {
  const own = await TestDesk.start();
  const first = await own.newTicket('one', { subject: 'First' });
  await own.newTicket('two', { subject: 'Second' });
  const { page } = await openTicket(first, own);
  const rows = page.locator('#tickets .row-subject');
  await rows.nth(1).waitFor();
  expect(await rows.allTextContents()).toEqual(['#2 Second', '#1 First']);
  await own.put(first, { assignee_email: agents.nora });
  await page.locator('#tickets li').first().filter({ hasText: 'Ann Lee · Nora Lind' }).waitFor();
  expect(await rows.allTextContents()).toEqual(['#1 First', '#2 Second']);
  expect(await page.locator('#tickets a[aria-current=page]').textContent()).toContain('#1 First');
  await page.close();
  pages.splice(0);
  await own.stop();
});

it.each([
  ['right-to-left words', 'שלום, איפה ההזמנה שלי?'],
  ['an empty subject', 'words'],
  ['lines and blanks', 'one\n\n   two\n\tthree'],
  ['60,000 characters', 'long '.repeat(12_000)],
])('%s are shown as they were written', async (_what, body) => {
  const id = await desk.newTicket(body, { subject: '' });
  const { page, errors } = await openTicket(id);
  expect(await page.locator('.comment .text').textContent()).toBe(body);
  expect(await page.locator('#subject').textContent()).toBe(`#${id} (no subject)`);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  expect(errors).toEqual([]);
});

it('HTML nested thousands deep is shown by its words', async () => {
  const id = await desk.newTicket('First');
  await desk.customerWrites(id, { html: `${'<div>'.repeat(8_000)}deep down${'</div>'.repeat(100)}` });
  const { page, errors } = await openTicket(id);
  await page.locator('.comment', { hasText: 'deep down' }).waitFor();
  expect(errors).toEqual([]);
});

it('attachments are named', async () => {
  const id = await desk.newTicket('See the picture', {
    attachments: [{ file_name: 'broken <lamp>.jpg' }, { file_name: 'bill.pdf' }],
  });
  const { page } = await openTicket(id);
  expect(await page.locator('.attachments').textContent()).toBe('Attached: broken <lamp>.jpg, bill.pdf');
});

it('moving between tickets shows each with its own words, also when one answers slowly', async () => {
  const one = await desk.newTicket('words of one');
  const two = await desk.newTicket('words of two');
  const { page } = await openTicket(one);
  let slow = true;
  await page.route(`**/_desk/tickets/${two}`, async (route) => {
    if (slow) await new Promise((resolve) => setTimeout(resolve, 400));
    slow = false;
    await route.continue();
  });
  await page.locator('#tickets a', { hasText: `#${two} ` }).click();
  await page.locator('#tickets a', { hasText: `#${one} ` }).click();
  await page.waitForTimeout(600);
  expect(await page.locator('.comment .text').allTextContents()).toEqual(['words of one']);
  await page.goBack();
  await page.locator('.comment', { hasText: 'words of two' }).waitFor();
  expect(await page.locator('.comment').count()).toBe(1);
});

it('a customer rates a solved ticket, and agents read how; one that was never solved cannot be rated', async () => {
  const id = await desk.newTicket();
  const { page, errors } = await openTicket(id);
  const form = page.locator('#rating-form');
  expect(await form.isVisible()).toBe(false);
  await desk.put(id, { status: 'solved' });
  await form.getByLabel('Why').fill('Too slow');
  await form.getByRole('button', { name: 'Bad' }).click();
  await page.locator('#facts', { hasText: 'bad: Too slow' }).waitFor();
  expect(await form.getByLabel('Why').inputValue()).toBe('');
  expect(errors).toEqual([]);
});
