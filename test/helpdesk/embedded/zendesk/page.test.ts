/** The page, in a real browser: a customer and an agent talk, live, and nothing a customer writes is ever run. */
import { z } from 'zod';
import { embeddedTicketUrl } from '../../../../src/helpdesk/embedded/zendesk/tickets/ticketUrl';
import { TestBrowser } from '../common/browser';
import { TestDesk } from './harness';

let desk: TestDesk;
let browser: TestBrowser;
beforeAll(async () => {
  desk = await TestDesk.start();
  browser = await TestBrowser.launch();
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});
const open = (address: string, viewport?: { width: number; height: number }) =>
  browser.open(address, viewport);

it('lets a customer write, an agent answer, note, take over, assign, tag and solve', async () => {
  const { page, errors } = await open(desk.desk.url);
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
  await agent.getByLabel('Assign to').selectOption({ label: 'Nobody' });
  await agent.getByRole('button', { name: 'Assign', exact: true }).click();
  await page.locator('#facts', { hasText: 'Assigneenobody' }).waitFor();
  await agent.getByLabel('Assign to').selectOption({ label: 'Group: Billing' });
  await agent.getByRole('button', { name: 'Assign', exact: true }).click();
  await page.locator('#facts', { hasText: 'GroupBilling' }).waitFor();
  await agent.getByLabel('Tag').fill('vip');
  await agent.getByLabel('Tag').press('Enter');
  await page.locator('#facts', { hasText: 'Tagsvip' }).waitFor();
  await agent.getByLabel('Tag').fill('vip');
  await agent.getByRole('button', { name: 'Remove tag' }).click();
  await page.locator('#facts', { hasText: 'Tagsnone' }).waitFor();
  await agent.getByRole('button', { name: 'Solve' }).click();
  await page.locator('#facts', { hasText: 'Statussolved' }).waitFor();
  await page.locator('#customer-form').getByLabel('Message').fill('Still not here');
  await page.locator('#customer-form').getByRole('button').click();
  await page.locator('#facts', { hasText: 'Statusopen' }).waitFor();
  expect(await page.locator('.comment').count()).toBe(4);
  expect(errors).toEqual([]);
  await page.close();
});

describe('whom one may write as', () => {
  const customers = [
    { name: 'Ana Costa', email: 'ana@example.com', orders: 'a lamp on its way' },
    { name: 'Dmitri "D" <Ivanov>', email: 'dmitri@example.com', orders: 'a blanket that is days late' },
  ];
  const openForm = async (shop: TestDesk) => {
    const { page, errors } = await open(shop.desk.url);
    await page.getByText('Write as a new customer').click();
    return { page, errors, form: page.locator('#new-ticket-form') };
  };

  it('is offered with a line about their orders, and fills the form', async () => {
    const shop = await TestDesk.start({ customers });
    const { page, errors, form } = await openForm(shop);
    const offer = form.getByLabel('Demo customer');
    await offer.locator('option').nth(2).waitFor({ state: 'attached' });
    expect(await offer.locator('option').allTextContents()).toEqual([
      'Somebody else',
      'Ana Costa: a lamp on its way',
      'Dmitri "D" <Ivanov>: a blanket that is days late',
    ]);
    await offer.selectOption({ index: 2 });
    expect(await form.getByLabel('E-mail').inputValue()).toBe('dmitri@example.com');
    await form.getByLabel('Subject').fill('Late');
    await form.getByLabel('Message').fill('Where is my blanket?');
    await form.getByRole('button').click();
    await page.locator('#facts', { hasText: 'RequesterDmitri "D" <Ivanov>' }).waitFor();
    expect(await shop.get('/api/v2/users/me', { as: 'dmitri@example.com' })).toMatchObject({ status: 200 });
    expect(await page.evaluate(everyFieldNamed)).toBe(true);
    expect(errors).toEqual([]);
    await page.close();
    await shop.stop();
  });

  it('may be anybody: another address is taken, and shows that it is none of the list', async () => {
    const shop = await TestDesk.start({ customers });
    const { page, form } = await openForm(shop);
    const offer = form.getByLabel('Demo customer');
    await offer.selectOption({ label: 'Ana Costa: a lamp on its way' });
    await form.getByLabel('E-mail').fill('zoe@example.com');
    expect(await offer.inputValue()).toBe('');
    await form.getByLabel('Name').fill('Zoe');
    await form.getByLabel('Subject').fill('Hello');
    await form.getByLabel('Message').fill('Do you ship to Malta?');
    await form.getByRole('button').click();
    await page.locator('#facts', { hasText: 'RequesterZoe' }).waitFor();
    await page.getByText('Write as a new customer').click();
    await offer.selectOption({ index: 1 });
    await offer.selectOption({ label: 'Somebody else' });
    expect(await form.getByLabel('Name').inputValue()).toBe('');
    await page.close();
    await shop.stop();
  });

  it('is not asked where the desk knows of nobody', async () => {
    const { page, form } = await openForm(desk);
    await form.getByLabel('Name').waitFor();
    expect(await form.getByLabel('Demo customer').isVisible()).toBe(false);
    await page.close();
  });
});

it('shows what others write without being reloaded', async () => {
  const id = await desk.newTicket('First');
  const { page } = await open(embeddedTicketUrl(desk.desk.url, id));
  await page.locator('.comment', { hasText: 'First' }).waitFor();
  await desk.put(id, { comment: { body: 'Written over the API', public: true }, status: 'pending' });
  await page.locator('.comment.reply', { hasText: 'Written over the API' }).waitFor();
  await page
    .locator('#tickets a', { hasText: `#${id} ` })
    .locator('.status.pending')
    .waitFor();
  await page.close();
});

it('shows scripts and markup as the text they are', async () => {
  const attack = '<script>alert(1)</script><img src=x onerror="alert(2)"> javascript:alert(3)';
  const id = await desk.newTicket(attack, { subject: attack, name: attack });
  await desk.call('POST', `/_desk/customer/tickets/${id}/comments`, {
    html: '<p>hello</p><script>alert(4)</script><svg onload="alert(5)">',
  });
  const { page, errors } = await open(embeddedTicketUrl(desk.desk.url, id));
  await page.locator('.comment', { hasText: 'hello' }).waitFor();
  expect(await page.locator('.comment .text').first().textContent()).toBe(attack);
  expect(await page.locator('#subject').textContent()).toContain('<script>');
  expect(await page.locator('main script, main img, main svg').count()).toBe(0);
  expect(errors).toEqual([]);
  await page.close();
});

it('says what was refused, and takes it back once one begins to mend it', async () => {
  const id = await desk.newTicket();
  const { page } = await open(embeddedTicketUrl(desk.desk.url, id));
  await page.locator('.comment').waitFor();
  const agent = page.locator('#agent-form');
  await agent.getByRole('button', { name: 'Public reply' }).click();
  const alert = page.getByRole('alert');
  await alert.filter({ hasText: 'Write something first.' }).waitFor();
  // What others do meanwhile makes the page read anew, and does not take the word from the reader.
  await desk.customerWrites(id, 'Hello?');
  await page.locator('.comment', { hasText: 'Hello?' }).waitFor();
  expect(await alert.isVisible()).toBe(true);
  await agent.getByLabel('Answer').pressSequentially('O');
  expect(await alert.isVisible()).toBe(false);
  await agent.getByLabel('Answer').fill('On its way.');
  await agent.getByRole('button', { name: 'Public reply' }).click();
  await page.locator('.comment.reply').waitFor();
  expect(await alert.isVisible()).toBe(false);
  await agent.getByRole('button', { name: 'Internal note' }).click();
  await alert.filter({ hasText: 'Write something first.' }).waitFor();
  await page.evaluate('location.hash = "#/"');
  await alert.waitFor({ state: 'hidden' });
  await page.getByText('Write as a new customer').click();
  const form = page.locator('#new-ticket-form');
  await form.getByLabel('Name').fill('Ann');
  await form.getByLabel('E-mail').fill('ann@shop');
  await form.getByLabel('Subject').fill('x');
  await form.getByLabel('Message').fill('kept while it is mended');
  await form.getByRole('button').click();
  await page.getByRole('alert').filter({ hasText: 'email' }).waitFor();
  expect(await form.getByLabel('Message').inputValue()).toBe('kept while it is mended');
  await page.close();
});

it('offers no agent a closed ticket; what the customer writes there opens a new one', async () => {
  const id = await desk.newTicket('The old matter');
  const { page } = await open(embeddedTicketUrl(desk.desk.url, id));
  await page.locator('.comment').waitFor();
  await desk.put(id, { status: 'closed' });
  await page.getByText('This ticket is closed for good.').waitFor();
  expect(await page.locator('#agent-form').isVisible()).toBe(false);
  await page.locator('#customer-form').getByLabel('Message').fill('The new matter');
  await page.locator('#customer-form').getByRole('button').click();
  await page.locator('.comment', { hasText: 'The new matter' }).waitFor();
  expect(await page.locator('.comment').count()).toBe(1);
  expect(page.url()).not.toMatch(new RegExp(`/${id}$`));
  await page.close();
});

it('says so when there is no such ticket, and when there are none at all', async () => {
  const { page } = await open(embeddedTicketUrl(desk.desk.url, '99999'));
  await page.getByRole('alert').filter({ hasText: 'Ticket #99999 cannot be shown: Not found' }).waitFor();
  expect(await page.locator('#ticket').isVisible()).toBe(false);
  await page.getByText('Choose a ticket').waitFor();
  await page.close();
  const empty = await TestDesk.start();
  const first = await open(empty.desk.url);
  await first.page.getByText('No tickets yet.').waitFor();
  await first.page.close();
  await empty.stop();
});

it('comes back by itself when the desk was away, with what happened meanwhile', async () => {
  let other = await TestDesk.start();
  const id = await other.newTicket('Before');
  const { port } = new URL(other.desk.url);
  const { page } = await open(embeddedTicketUrl(other.desk.url, id));
  await page.locator('.comment', { hasText: 'Before' }).waitFor();
  other = await other.restart({ port: Number(port) });
  await other.put(id, { comment: { body: 'After', public: true } });
  await page.locator('.comment.reply', { hasText: 'After' }).waitFor();
  expect(await page.locator('.comment').count()).toBe(2);
  await page.close();
  await other.stop();
});

it('works by keyboard: the heading of what opens has the focus, and the reply is on the way', async () => {
  const id = await desk.newTicket();
  const { page } = await open(desk.desk.url);
  await page.locator('#tickets a', { hasText: `#${id} ` }).focus();
  await page.keyboard.press('Enter');
  await page.locator('.comment').waitFor();
  const focused = 'document.activeElement.getAttribute("name") ?? document.activeElement.textContent';
  await page.locator('#subject:focus').waitFor();
  const order: unknown[] = [];
  for (let n = 0; n < 5; n += 1) {
    await page.keyboard.press('Tab');
    order.push(await page.evaluate(focused));
  }
  expect(order).toEqual(['body', 'Send as customer', 'agent', 'body', 'do']);
  await page.goBack();
  await page.locator('#list-title:focus').waitFor();
  expect(await page.title()).toBe('Embedded desk');
  await page.close();
});

it.each(['light', 'dark'] as const)('can be read in %s colours', async (colorScheme) => {
  const id = await desk.newTicket();
  await desk.put(id, { comment: { body: 'A reply', public: true } });
  await desk.put(id, { comment: { body: 'A note', public: false } });
  const { page } = await open(embeddedTicketUrl(desk.desk.url, id));
  await page.emulateMedia({ colorScheme });
  await page.locator('.comment.note').waitFor();
  const worst = z
    .array(z.object({ text: z.string(), ratio: z.number() }))
    .parse(await page.evaluate(contrasts));
  expect(worst.length).toBeGreaterThan(20);
  // WCAG 2.2, 1.4.3
  expect(worst.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
  await page.close();
});

it('fits a phone: one thing at a time, nothing sideways, every field named', async () => {
  const id = await desk.newTicket(`long ${'w'.repeat(300)}`);
  const { page } = await open(desk.desk.url, { width: 375, height: 740 });
  await page.locator('#tickets a', { hasText: `#${id} ` }).click();
  await page.locator('.comment').waitFor();
  expect(await page.locator('#list').isVisible()).toBe(false);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  expect(await page.evaluate(everyFieldNamed)).toBe(true);
  await page.getByRole('link', { name: 'All tickets' }).click();
  await page.locator('#tickets').waitFor();
  await page.close();
});

it.each([
  ['/_desk/customer/tickets', {}],
  ['/_desk/customer/tickets', { name: 'A', email: 'not an address', body: 'x' }],
  ['/_desk/customer/tickets', { name: 'A', email: 'a@example.com', body: '   ' }],
  ['/_desk/customer/tickets/1/comments', { body: '' }],
  ['/_desk/agent/tickets/1', { agentId: 1 }],
  ['/_desk/agent/tickets/1', { status: 'open' }],
])('refuses bad input to %s', async (address, body) => {
  await desk.newTicket();
  expect((await desk.call('POST', address, body)).status).toBe(422);
});

/** The contrast of every text with what is behind it; colours are painted to be read as red, green and blue. */
const contrasts = `(() => {
  const context = document.createElement('canvas').getContext('2d');
  const channels = (color) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  };
  const light = (color) => {
    const [r, g, b] = channels(color).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (channels(color)[3] > 0) return color;
    }
    return 'white';
  };
  return [...document.querySelectorAll('body *')]
    .filter((element) => element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
    .map((element) => {
      const [a, b] = [light(getComputedStyle(element).color), light(behind(element))];
      return { text: element.textContent.trim().slice(0, 30), ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) };
    });
})()`;

const everyFieldNamed =
  '[...document.querySelectorAll("input, textarea, select")].every((field) => field.labels.length > 0)';
