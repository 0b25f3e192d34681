/** What arrives at Slack, Teams, a program and a mailbox, over real HTTP and SMTP. */
import { Webhook } from 'standardwebhooks';
import { plainText, testMessage } from '../../src/notify/message';
import { createMailChannel } from '../../src/notify/mailChannel';
import { createSlackChannel, slackBody } from '../../src/notify/slackChannel';
import { createTeamsChannel, teamsBody } from '../../src/notify/teamsChannel';
import { createWebhookChannel } from '../../src/notify/webhookChannel';
import { MailServer } from '../mail/mailServer';
import { at, escalation, links, messageOf, outage } from './messages';
import { Receiver } from './receiver';

const signal = new AbortController().signal;
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...escalation, key: `key-${index}` }));

let receiver: Receiver;
beforeAll(async () => {
  receiver = await Receiver.start();
});
afterAll(() => receiver.close());
beforeEach(() => {
  receiver.posts.length = 0;
});

describe('Slack', () => {
  it('gets a title for phones, and a section with the links', async () => {
    await createSlackChannel('slack', receiver).send(messageOf([escalation]), signal);
    expect(receiver.posts[0]).toMatchObject({
      path: '/hooks/T0/s3cret?sig=also-secret',
      headers: { 'content-type': 'application/json' },
    });
    expect(receiver.jsons()).toEqual([
      {
        text: 'Deskhand: escalation, ticket 35436',
        blocks: [
          {
            type: 'header',
            text: { type: 'plain_text', text: 'Deskhand: escalation, ticket 35436' },
          },
          {
            type: 'section',
            text: {
              type: 'mrkdwn',
              text:
                '*Escalation:* Ticket 35436: nobody has picked it up for 30 minutes; escalated to rung 1.\n' +
                '*Next:* Assign it to yourself or answer it; the ladder climbs on until somebody does.\n' +
                'Since 2026-11-25 10:00 UTC · <https://acme.zendesk.com/agent/tickets/35436?a=1&amp;b=2|Ticket>' +
                ' · <http://localhost:8233/namespaces/default/workflows/ticket%3Azendesk%3Aacme%3A35436|Workflow>',
            },
          },
        ],
      },
    ]);
  });

  it('gets no mention and no link that nobody meant', () => {
    const what = 'The group is <!channel> & <https://evil.example|click>';
    expect(JSON.stringify(slackBody(messageOf([{ ...escalation, what }])))).toContain(
      'The group is &lt;!channel&gt; &amp; &lt;https://evil.example|click&gt;',
    );
  });

  it('takes the longest message there can be: 50 blocks, 3,000 characters each', () => {
    const what = '&'.repeat(400);
    const { blocks } = slackBody(
      messageOf(
        many(13).map((notice) => ({ ...notice, what })),
        { more: { failure: 9 } },
      ),
    );
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const block of blocks) expect(JSON.stringify(block).length).toBeLessThan(3_000);
    expect(JSON.stringify(blocks.at(-1))).toContain('and 9 more: 9 failures');
  });
});

describe('Teams', () => {
  it('gets an Adaptive Card in a message, as a workflow takes it; its text is not read as Markdown', async () => {
    receiver.answer = { status: 202 };
    await createTeamsChannel('teams', receiver).send(messageOf([escalation]), signal);
    const [body] = receiver.jsons();
    expect(body).toMatchObject({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: { type: 'AdaptiveCard', version: '1.4' },
        },
      ],
    });
    const text = JSON.stringify(body);
    expect(text).not.toContain('"TextBlock"');
    for (const { url } of links)
      expect(text).toContain(`{"type":"Action.OpenUrl","url":${JSON.stringify(url)}}`);
    expect(text).toContain(escalation.what);
  });

  it('takes 28 KB: what does not fit is counted', () => {
    const long = many(13).map((notice) => ({ ...notice, what: 'x'.repeat(1_000), next: 'y'.repeat(1_000) }));
    const body = teamsBody(messageOf(long, { more: { escalation: 487 } }));
    expect(Buffer.byteLength(body)).toBeLessThan(28_000);
    const shown = body.split('x'.repeat(1_000)).length - 1;
    expect(shown).toBeGreaterThan(5);
    expect(body).toContain(`and ${487 + 13 - shown} more: ${487 + 13 - shown} escalations`);
  });

  it('takes thirteen notices of the usual size whole', () => {
    expect(teamsBody(messageOf(many(13))).split(escalation.what)).toHaveLength(14);
  });
});

describe('a program', () => {
  const secret = `whsec_${Buffer.from('thirty-two bytes of randomness..').toString('base64')}`;
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');

  it('gets documented JSON', async () => {
    receiver.answer = { status: 204 };
    const ofBrand = { ...escalation, brand: 'Acme' };
    const message = messageOf([ofBrand, outage], { more: { failure: 2 } });
    await createWebhookChannel('webhook', { url: receiver.url, key: null }).send(message, signal);
    expect(plainText(message)).toMatch(
      /^Escalation, Acme: Ticket 35436: [^]*Next: Mend the credentials\.\n\nand 2 more/,
    );
    const { what, next, reason } = escalation;
    expect(receiver.jsons()).toEqual([
      {
        type: 'deskhand.notices',
        timestamp: '2026-11-25T10:31:00.000Z',
        text: `Deskhand: 1 escalation, 2 failures, 1 outage\n\n${plainText(message)}`,
        data: {
          account: null,
          notices: [
            {
              ...{ key: escalation.key, kind: 'escalation', reason, what, next, links },
              ticket: { desk: 'zendesk', account: 'acme', ticketId: '35436' },
              brand: 'Acme',
              since: '2026-11-25T10:00:00.000Z',
            },
            {
              ...{ key: outage.key, kind: 'outage', reason: 'desk', ticket: null, brand: null, links: [] },
              ...{ what: outage.what, next: outage.next, since: '2026-11-25T10:00:00.000Z' },
            },
          ],
          more: { failure: 2 },
        },
      },
    ]);
    expect(receiver.posts[0]?.headers).not.toHaveProperty('webhook-signature');
  });

  it('can verify it with a library of Standard Webhooks, over the bytes that came', async () => {
    const umlauts = { ...escalation, what: 'Group "Zweite Ebene – Käufe" ✓' };
    await createWebhookChannel('webhook', { url: receiver.url, key }).send(messageOf([umlauts]), signal);
    const [{ raw, headers } = never()] = receiver.posts;
    const signed = Object.fromEntries(
      ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, String(headers[name])]),
    );
    expect(new Webhook(secret).verify(raw, signed)).toMatchObject({ type: 'deskhand.notices' });
    expect(() => new Webhook(secret).verify(`${raw} `, signed)).toThrow('No matching signature');
    const other = new Webhook(Buffer.from('another secret of thirty-two by!').toString('base64'));
    expect(() => other.verify(raw, signed)).toThrow('No matching signature');
  });

  it('can drop what it has: the id is the same on every attempt, the timestamp that of the attempt', async () => {
    let now = at;
    const channel = createWebhookChannel('webhook', { url: receiver.url, key, clock: () => now });
    await channel.send(messageOf([escalation]), signal);
    now += 60_000;
    await channel.send(messageOf([escalation]), signal);
    const [first, second] = receiver.posts;
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.raw).toBe(first?.raw);
    expect(Number(second?.headers['webhook-timestamp']) - Number(first?.headers['webhook-timestamp'])).toBe(
      60,
    );
    expect(second?.headers['webhook-signature']).not.toBe(first?.headers['webhook-signature']);
  });
});

describe('a mailbox', () => {
  let mail: MailServer;
  beforeAll(async () => {
    mail = await MailServer.start();
  });
  afterAll(() => mail.close());
  beforeEach(() => {
    mail.received.length = 0;
    mail.fault = null;
  });
  const channel = () => createMailChannel('email', mail.mailer(), 'lead@shop.example');

  it('gets it as plain text that no machine answers', async () => {
    await channel().send(messageOf([escalation], { more: { escalation: 3 } }), signal);
    const [received] = mail.received;
    expect(received?.to).toEqual(['lead@shop.example']);
    const raw = received?.raw.replaceAll('=\r\n', '').replaceAll('=3D', '=') ?? '';
    expect(raw).toContain('Subject: Deskhand: 4 escalations');
    expect(raw).toContain('Auto-Submitted: auto-generated');
    expect(raw).toContain('Since 2026-11-25 10:00 UTC.');
    expect(raw).toContain('Ticket: https://acme.zendesk.com/agent/tickets/35436?a=1&b=2');
    expect(raw).toContain('and 3 more: 3 escalations');
  });

  it('shows a mail that was sent twice once: the Message-ID is the same', async () => {
    mail.fault = { at: 'data', answer: 'reset' };
    await expect(channel().send(messageOf([escalation]), signal)).rejects.toMatchObject({
      kind: 'unavailable',
      retryable: true,
    });
    mail.fault = null;
    await channel().send(messageOf([escalation]), signal);
    const ids = mail.received.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)?.[1]);
    expect(ids).toEqual([`<deskhand-slack-${at}@shop.example>`, ids[0]]);
  });

  it('that does not take mail now is tried again', async () => {
    mail.fault = { at: 'to', answer: 552 };
    await expect(channel().send(messageOf([escalation]), signal)).rejects.toMatchObject({
      message: 'the mail server refuses the mail (552)',
      retryable: true,
    });
  });
});

it('a test is a message like any other', async () => {
  receiver.answer = { status: 200 };
  const test = testMessage(at);
  await createSlackChannel('slack', receiver).send(test, signal);
  await createTeamsChannel('teams', receiver).send(test, signal);
  await createWebhookChannel('webhook', { url: receiver.url, key: null }).send(test, signal);
  expect(receiver.posts).toHaveLength(3);
  for (const { raw } of receiver.posts) expect(raw).toContain('notices reach this channel');
});

function never(): never {
  throw new Error('nothing came');
}
