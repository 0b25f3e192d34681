import type { Hint } from '../../src/core/events';
import { defaultPayloadConverter } from '@temporalio/common';
import { startTestTemporal, type TestTemporal } from '../support/temporalServer';
import { botUserId, deliver, metric, runServer, type TestServer } from './running';

let temporal: TestTemporal;
let server: TestServer;

beforeAll(async () => {
  temporal = await startTestTemporal();
  server = await runServer(temporal);
});
afterAll(async () => {
  await server.server.stop();
  await temporal.stop();
});

/** The hints Temporal holds for a ticket, whether or not a worker ever saw them. */
async function hintsOf(ticketId: string): Promise<Hint[]> {
  const history = await temporal.client.workflow.getHandle(`ticket:zendesk:demo:${ticketId}`).fetchHistory();
  return (history.events ?? []).flatMap((event) => {
    const payload = event.workflowExecutionSignaledEventAttributes?.input?.payloads?.[0];
    return payload === undefined ? [] : [defaultPayloadConverter.fromPayload<Hint>(payload)];
  });
}

function event(
  ticketId: string,
  id: string,
  change: { type?: string; author?: string; actor?: string } = {},
): string {
  return JSON.stringify({
    account_id: 1,
    id,
    type: `zen:event-type:ticket.${change.type ?? 'comment_added'}`,
    subject: `zen:ticket:${ticketId}`,
    zendesk_event_version: '2022-11-06',
    detail: { id: ticketId, actor_id: change.actor ?? '77', status: 'OPEN' },
    event: { comment: { id: '501', body: 'Where is my order?', author: { id: change.author ?? '77' } } },
  });
}

/** The event without one part of it. */
function without(raw: string, part: string): string {
  const parsed = JSON.parse(raw) as { event: Record<string, unknown> };
  const kept = Object.entries(parsed.event).filter(([name]) => name !== part);
  return JSON.stringify({ ...parsed, event: Object.fromEntries(kept) });
}

describe('a webhook of an event subscription', () => {
  test('becomes a hint that names event and comment, and is answered once Temporal has it', async () => {
    const answer = await deliver(server, event('100', '01J9W'));
    expect(answer.status).toBe(202);
    expect(answer.data).toEqual({ accepted: true, workflowId: 'ticket:zendesk:demo:100', reason: null });
    expect(await hintsOf('100')).toMatchObject([
      { id: 'zendesk-01J9W', source: 'webhook', commentId: '501' },
    ]);
  });

  test('carries the same id on every redelivery, so that the ticket knows it again', async () => {
    for (let delivery = 0; delivery < 3; delivery++) {
      expect((await deliver(server, event('101', '01J9X'))).status).toBe(202);
    }
    const ids = (await hintsOf('101')).map(({ id }) => id);
    expect(new Set(ids)).toEqual(new Set(['zendesk-01J9X']));
  });

  const ownTypes = [
    'created',
    'comment_added',
    'comment_made_private',
    'status_changed',
    'agent_assignment_changed',
    'group_assignment_changed',
    'requester_changed',
    'csat_received',
    'merged',
    'marked_as_spam',
    'soft_deleted',
    'undeleted',
  ];
  test.each(ownTypes)(
    '%s, done by ourselves, is dropped and counted; done by others, it is a hint',
    async (type) => {
      const before = await metric(server, 'deskhand_webhooks_total{outcome="own-write"}');
      const ours = event('10200', `01-${type}`, { type, actor: botUserId });
      const answer = await deliver(server, without(ours, 'comment'));
      expect(answer.status).toBe(202);
      expect(answer.data).toMatchObject({ accepted: false, workflowId: null });
      expect(await metric(server, 'deskhand_webhooks_total{outcome="own-write"}')).toBe(before + 1);
      const theirs = await deliver(server, without(event('10201', `02-${type}`, { type }), 'comment'));
      expect(theirs.data).toMatchObject({ accepted: true });
      await expect(hintsOf('10200')).rejects.toThrow();
    },
  );

  test.each([
    ["our own comment under somebody else's name as actor", { author: botUserId, actor: '77' }, false],
    [
      "a customer's comment that we brought in, as in a follow-up ticket",
      { author: '77', actor: botUserId },
      true,
    ],
    ["a person's comment", { author: '77', actor: '77' }, true],
  ])('%s', async (_what, who, accepted) => {
    const answer = await deliver(server, event('10210', `03-${accepted}-${who.author}-${who.actor}`, who));
    expect(answer.status).toBe(202);
    expect(answer.data).toMatchObject({ accepted });
  });

  test('while it is not known who we are, our own writes are hints like any other', async () => {
    const lost = await runServer(temporal, { botUserId: () => Promise.resolve(null) });
    const answer = await deliver(lost, event('10220', '04', { author: botUserId, actor: botUserId }));
    expect(answer.data).toMatchObject({ accepted: true });
    await lost.server.stop();
  });

  test('of a type that changes no conversation, or that nobody knows, is taken and left alone', async () => {
    for (const type of ['tags_changed', 'invented_next_year']) {
      const answer = await deliver(server, event('103', '01JA0', { type }));
      expect(answer.status).toBe(202);
      expect(answer.data).toMatchObject({ accepted: false });
    }
    await expect(hintsOf('103')).rejects.toThrow();
  });

  test.each([
    ['the tag that sends a draft', { tags_added: ['vip', 'deskhand_send'], tags_removed: [] }, true],
    ['the tag that takes a ticket over', { tags_added: ['deskhand_take_over'], tags_removed: [] }, true],
    ['the tag that gives a ticket back', { tags_added: ['deskhand_hand_back'], tags_removed: [] }, true],
    ["a ticket's mode, taken away", { tags_added: [], tags_removed: ['deskhand_off'] }, true],
    ['other tags', { tags_added: ['vip'], tags_removed: ['deskhand_answered'] }, false],
    ['what is no list', { tags_added: 'deskhand_send' }, false],
  ])('of changed tags: %s', async (what, tags, accepted) => {
    const changed = JSON.parse(event('104', `tags-${what.length}`, { type: 'tags_changed' })) as object;
    const answer = await deliver(server, JSON.stringify({ ...changed, event: tags }));
    expect(answer.status).toBe(202);
    expect(answer.data).toMatchObject({ accepted });
  });

  test('of the tag that we took away ourselves is our own update', async () => {
    const raw = event('105', '05', { type: 'tags_changed', actor: botUserId });
    const changed = JSON.parse(raw) as object;
    const tags = { tags_added: [], tags_removed: ['deskhand_send'] };
    const answer = await deliver(server, JSON.stringify({ ...changed, event: tags }));
    expect(answer.data).toMatchObject({ accepted: false, reason: 'our own update' });
  });

  test('"updated" before "created" reaches one workflow, both as hints', async () => {
    await deliver(server, event('35440', '01JB1', { type: 'status_changed' }));
    await deliver(server, event('35440', '01JB2', { type: 'created' }));
    expect((await hintsOf('35440')).map(({ id }) => id)).toEqual(['zendesk-01JB1', 'zendesk-01JB2']);
  });
});

describe('a webhook of a trigger', () => {
  test('takes its id from the invocation, which retries keep', async () => {
    await deliver(server, '{"ticket_id":"200"}', { invocationId: '01INV' });
    await deliver(server, '{"ticket_id":"200"}', { invocationId: '01INV' });
    expect((await hintsOf('200')).map(({ id }) => id)).toEqual(['zendesk-01INV', 'zendesk-01INV']);
  });
});

describe('a signature', () => {
  const odd = '{"ticket_id":"35436",  "note":"Größe geändert – \\u2713"}';

  test('counts over the bytes as they came, with non-ASCII text and odd spaces', async () => {
    expect((await deliver(server, odd)).status).toBe(202);
  });

  test('of the same JSON written anew is refused', async () => {
    const answer = await deliver(server, odd, { signed: JSON.stringify(JSON.parse(odd)) });
    expect(answer.status).toBe(401);
    expect(answer.data).toMatchObject({ status: 401, code: 'unauthorized' });
  });

  test('of an earlier delivery under a changed body is refused and counted', async () => {
    const first = '{"ticket_id":"201","attempt":1}';
    const before = await metric(server, 'deskhand_webhooks_total{outcome="bad-signature"}');
    expect((await deliver(server, first, { invocationId: '01JB7' })).status).toBe(202);
    const second = await deliver(server, '{"ticket_id":"201","attempt":2}', {
      invocationId: '01JB7',
      signed: first,
    });
    expect(second.status).toBe(401);
    expect(await hintsOf('201')).toHaveLength(1);
    expect(await metric(server, 'deskhand_webhooks_total{outcome="bad-signature"}')).toBe(before + 1);
  });

  test('of another secret, or none at all, is refused', async () => {
    expect((await deliver(server, event('202', 'x'), { secret: 'another' })).status).toBe(401);
    const bare = await server.anyone.post('/webhooks/zendesk', { ticket_id: '202' });
    expect(bare.status).toBe(401);
  });

  test('20 minutes old is refused as stale, with the reason; so is one from the future', async () => {
    const before = await metric(server, 'deskhand_webhooks_total{outcome="stale"}');
    const old = await deliver(server, event('203', 'x'), { at: new Date(Date.now() - 1_200_000) });
    expect(old.status).toBe(401);
    expect(old.data['detail']).toMatch(/1200 s old; 300 s are allowed/);
    const early = await deliver(server, event('203', 'x'), { at: new Date(Date.now() + 1_200_000) });
    expect(early.data['detail']).toMatch(/in the future/);
    expect(await metric(server, 'deskhand_webhooks_total{outcome="stale"}')).toBe(before + 2);
  });
});

describe('a body that cannot be used', () => {
  test.each([
    ['cut off', '{"ticket_id":"35436"'],
    ['empty', ''],
    ['a list', '[]'],
    ['an id with a path in it', '{"ticket_id":"../1"}'],
    [
      'an event without a ticket',
      JSON.stringify({ id: 'e', type: 'zen:event-type:ticket.created', subject: 'zen:user:1' }),
    ],
  ])('%s is answered 400 with what is expected', async (_what, raw) => {
    const answer = await deliver(server, raw);
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  test('over 1 MB is answered 413', async () => {
    const answer = await deliver(server, JSON.stringify({ ticket_id: '1', note: 'x'.repeat(1_100_000) }));
    expect(answer.status).toBe(413);
  });
});

test('without a secret, deliveries are put off, and the mend is named', async () => {
  const unset = await runServer(temporal, { webhookSecret: () => Promise.resolve(null) });
  const answer = await deliver(unset, event('204', 'x'));
  expect(answer.status).toBe(503);
  expect(answer.headers['retry-after']).toBe('5');
  expect(answer.data['detail']).toContain('ZENDESK_WEBHOOK_SECRET');
  await unset.server.stop();
});
