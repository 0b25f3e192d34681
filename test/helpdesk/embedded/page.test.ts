/** The page, in a real browser: a customer and an agent talk, live, and nothing a customer writes is ever run. */
import { accessSync, constants } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { embeddedTicketUrl } from '../../../src/helpdesk/embedded/desk';
import { startDesk, type TestDesk } from './harness';

let test_: TestDesk;
let browser: Browser | null = null;
beforeAll(async () => {
  test_ = await startDesk();
  browser = await chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser?.close();
  await test_.stop();
});

async function open(
  address: string,
  viewport = { width: 1200, height: 900 },
): Promise<{ page: Page; errors: string[] }> {
  if (browser === null) throw new Error('no browser');
  const page = await browser.newPage({ viewport });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('dialog', (dialog) => {
    errors.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(address);
  return { page, errors };
}

it('lets a customer write, an agent answer, note, take over, assign and solve', async () => {
  const { page, errors } = await open(test_.desk.url);
  await page.getByText('Write as a new customer').click();
  const form = page.locator('#new-ticket-form');
  await form.getByLabel('Name').fill('Ann Lee');
  await form.getByLabel('E-mail').fill('ann@example.com');
  await form.getByLabel('Subject').fill('My order');
  await form.getByLabel('Message').fill('Where is it?');
  await form.getByRole('button').click();
  await page.locator('.comment.customer', { hasText: 'Where is it?' }).waitFor();
  expect(page.url()).toMatch(/#\/tickets\/\d+$/);

  const agent = page.locator('#agent-form');
  await agent.getByLabel('Who').selectOption({ label: 'Nora Lind' });
  await agent.getByLabel('Answer').fill('On its way.');
  await agent.getByRole('button', { name: 'Public reply' }).click();
  await page.locator('.comment.reply', { hasText: 'Nora Lind' }).waitFor();
  await agent.getByLabel('Answer').fill('Carrier called.');
  await agent.getByRole('button', { name: 'Internal note' }).click();
  await page.locator('.comment.note', { hasText: 'internal note' }).waitFor();
  await agent.getByRole('button', { name: 'Take over' }).click();
  await page.locator('#facts', { hasText: 'AssigneeNora Lind' }).waitFor();
  await agent.getByLabel('Assign to').selectOption({ label: 'Group: Billing' });
  await agent.getByRole('button', { name: 'Assign', exact: true }).click();
  await page.locator('#facts', { hasText: 'GroupBilling' }).waitFor();
  await agent.getByRole('button', { name: 'Solve' }).click();
  await page.locator('#facts', { hasText: 'Statussolved' }).waitFor();
  await page.locator('#customer-form').getByLabel('Message').fill('Still not here');
  await page.locator('#customer-form').getByRole('button').click();
  await page.locator('#facts', { hasText: 'Statusopen' }).waitFor();
  expect(await page.locator('.comment').count()).toBe(4);
  expect(errors).toEqual([]);
  await page.close();
});

it('shows what others write without being reloaded', async () => {
  const id = await test_.newTicket('First');
  const { page } = await open(embeddedTicketUrl(test_.desk.url, id));
  await page.locator('.comment', { hasText: 'First' }).waitFor();
  await test_.put(id, { comment: { body: 'Written over the API', public: true }, status: 'pending' });
  await page.locator('.comment.reply', { hasText: 'Written over the API' }).waitFor();
  await page
    .locator('#tickets a', { hasText: `#${id} ` })
    .locator('.status.pending')
    .waitFor();
  await page.close();
});

it('shows scripts and markup as the text they are', async () => {
  const attack = '<script>alert(1)</script><img src=x onerror="alert(2)"> javascript:alert(3)';
  const id = await test_.newTicket(attack, { subject: attack, name: attack });
  await test_.call('POST', `/_desk/customer/tickets/${id}/comments`, {
    html: '<p>hello</p><script>alert(4)</script><svg onload="alert(5)">',
  });
  const { page, errors } = await open(embeddedTicketUrl(test_.desk.url, id));
  await page.locator('.comment', { hasText: 'hello' }).waitFor();
  expect(await page.locator('.comment .text').first().textContent()).toBe(attack);
  expect(await page.locator('#subject').textContent()).toContain('<script>');
  expect(await page.locator('main script, main img, main svg').count()).toBe(0);
  expect(errors).toEqual([]);
  await page.close();
});

it('says what was refused', async () => {
  const id = await test_.newTicket();
  await test_.put(id, { status: 'closed' });
  const { page } = await open(embeddedTicketUrl(test_.desk.url, id));
  await page.locator('.comment').waitFor();
  await page.locator('#agent-form').getByRole('button', { name: 'Public reply' }).click();
  await page.getByRole('alert').filter({ hasText: 'Write something first.' }).waitFor();
  await page.locator('#agent-form').getByRole('button', { name: 'Take over' }).click();
  await page.getByRole('alert').filter({ hasText: 'closed prevents ticket update' }).waitFor();
  await page.close();
});

it('fits a phone: one thing at a time, nothing sideways, every field named', async () => {
  const id = await test_.newTicket(`long ${'w'.repeat(300)}`);
  const { page } = await open(test_.desk.url, { width: 375, height: 740 });
  await page.locator('#tickets a', { hasText: `#${id} ` }).click();
  await page.locator('.comment').waitFor();
  expect(await page.locator('#list').isVisible()).toBe(false);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  expect(await page.evaluate(everyFieldNamed)).toBe(true);
  await page.getByRole('link', { name: 'All tickets' }).click();
  await page.locator('#tickets').waitFor();
  await page.close();
});

describe('other sites', () => {
  const ask = (headers: Record<string, string>, method = 'GET', address = '/_desk/tickets') =>
    new Promise<number>((resolve, reject) => {
      const url = new URL(address, test_.desk.url);
      request(url, { method, headers }, (response) => resolve(response.resume().statusCode ?? 0))
        .on('error', reject)
        .end(method === 'POST' ? '{}' : undefined);
    });
  const own = () => new URL(test_.desk.url).host;

  it.each([
    ['a foreign Host (a rebound name)', () => ({ host: 'evil.example' }), 403],
    ['a foreign Origin', () => ({ host: own(), origin: 'https://evil.example' }), 403],
    ['another port of this machine', () => ({ host: own(), origin: 'http://127.0.0.1:1' }), 403],
    ['a sandboxed page', () => ({ host: own(), origin: 'null' }), 403],
    [
      'a cross-site image',
      () => ({ host: own(), 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }),
      403,
    ],
    [
      'the page itself',
      () => ({ host: own(), origin: test_.desk.url, 'sec-fetch-site': 'same-origin' }),
      200,
    ],
    ['a program', () => ({ host: own() }), 200],
  ])('%s gets its due', async (_who, headers, status) => {
    expect(await ask(headers())).toBe(status);
  });

  it('cannot write with a form, whose types are not read', async () => {
    const headers = { host: own(), 'content-type': 'text/plain' };
    expect(await ask(headers, 'POST', '/_desk/customer/tickets')).toBe(422);
  });

  it('may link to the page, which forbids all that is not its own', async () => {
    expect(
      await ask({ host: own(), 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, 'GET', '/'),
    ).toBe(200);
    const { headers } = await test_.call('GET', '/');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
  });
});

it.each([
  ['/_desk/customer/tickets', {}],
  ['/_desk/customer/tickets', { name: 'A', email: 'not an address', body: 'x' }],
  ['/_desk/customer/tickets', { name: 'A', email: 'a@example.com', body: '   ' }],
  ['/_desk/customer/tickets/1/comments', { body: '' }],
  ['/_desk/agent/tickets/1', { agentId: 1 }],
  ['/_desk/agent/tickets/1', { status: 'open' }],
])('refuses bad input to %s', async (address, body) => {
  await test_.newTicket();
  expect((await test_.call('POST', address, body)).status).toBe(422);
});

const everyFieldNamed =
  '[...document.querySelectorAll("input, textarea, select")].every((field) => field.labels.length > 0)';

function browserPath(): string {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const candidates = [
    process.env['CHROMIUM_PATH'] ?? '',
    ...folders.flatMap((folder) => names.map((name) => path.join(folder, name))),
  ];
  const found = candidates.find((file) => file !== '' && isExecutable(file));
  if (found !== undefined) return found;
  throw new Error(
    `This test drives a real browser, and found none of ${names.join(', ')} on PATH: ` +
      'install one (apt-get install -y chromium), or set CHROMIUM_PATH to one.',
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
