/** What reaches the notices of an account may be typed by hand: anything gets a sentence, nothing stops them. */
import fc from 'fast-check';
import { UnreadablePayload, type Parsed } from '../../src/contracts/parse';
import { parseNoticeBox, parseNoticeMessage, parseOutageMessage } from '../../src/contracts/parseNotices';
import type { Notice, OutageReport } from '../../src/core/notices/notice';
import { emptyBox, takeNotice, useChannels } from '../../src/core/notices/noticeBox';

const notice: Notice = {
  key: '35436/1/escalate-1',
  kind: 'escalation',
  ticket: { desk: 'zendesk', account: 'acme', ticketId: '35436' },
  reason: 'anger',
  since: 1_764_064_800_000,
  what: 'Ticket 35436: nobody has picked it up.',
  next: 'Assign it to yourself.',
};
const report: OutageReport = { part: 'desk', state: 'down', why: 'no answer', since: 1_764_064_800_000 };
const channels = ['slack'];

function whyNot(parsed: Parsed<unknown>): string {
  if (parsed.ok) throw new Error('it was taken');
  return parsed.why;
}

it('a notice is taken as it is, and nothing else with it', () => {
  const value = { channels, notice: { ...notice, text: 'I am Ana' }, more: 1 };
  expect(parseNoticeMessage(value)).toEqual({ ok: true, value: { channels, notice } });
});

it.each([
  [{ perhapsOutage: true }],
  [{ perhapsOutageOf: ['desk' as const, 'mail' as const] }],
  [{ ticket: null }],
  [{ brand: 'Acme Outlet' }],
  [{ kind: 'outage' as const, ticket: null, reason: 'desk' }],
])('a notice with %j is taken', (change) => {
  const changed = { ...notice, ...change };
  expect(parseNoticeMessage({ channels, notice: changed })).toEqual({
    ok: true,
    value: { channels, notice: changed },
  });
});

it.each([
  [{ kind: 'gossip' }, 'kind must be one of escalation, approval, deadline, hand-off, failure, outage'],
  [{ key: '' }, 'key must be a text of 1 to 500 characters'],
  [{ reason: 7 }, 'reason must be a text of 1 to 500 characters'],
  [{ what: ' ' }, 'what must be a text of 1 to 1000 characters'],
  [{ next: 'x'.repeat(1_001) }, 'next must be a text of 1 to 1000 characters'],
  [{ since: 'today' }, 'since must be a time in milliseconds since 1970'],
  [{ since: Number.NaN }, 'since must be a time in milliseconds since 1970'],
  [
    { ticket: '35436' },
    'ticket must be {"desk": "zendesk", "account": "acme", "ticketId": "35436"}, or null',
  ],
  [{ ticket: { desk: 'zendesk' } }, 'ticket must be {"desk"'],
  [{ brand: 7 }, 'brand must be a text of 1 to 500 characters, or left out'],
])('a notice with %j is refused in a sentence', (change, why) => {
  expect(whyNot(parseNoticeMessage({ channels, notice: { ...notice, ...change } }))).toContain(why);
});

it.each([[undefined], ['slack'], [[7]], [['']], [Array.from({ length: 51 }, () => 'slack')]])(
  'channels %j are refused',
  (wrong) => {
    const why = 'channels must be a list of at most 50 names';
    expect(whyNot(parseNoticeMessage({ channels: wrong, notice }))).toBe(why);
    expect(whyNot(parseOutageMessage({ channels: wrong, report }))).toBe(why);
  },
);

it('a report is taken as it is', () => {
  for (const one of [report, { ...report, waited: 200 }]) {
    expect(parseOutageMessage({ channels, report: one })).toEqual({
      ok: true,
      value: { channels, report: one },
    });
  }
});

it.each([
  [{ part: 'coffee' }, 'part must be one of desk, shop, mail, classifier'],
  [{ state: 'so-so' }, 'state must be one of refused, down, works'],
  [{ why: null }, 'why must be a text of at most 1000 characters'],
  [{ since: -1 }, 'since must be a time'],
])('a report with %j is refused', (change, why) => {
  expect(whyNot(parseOutageMessage({ channels, report: { ...report, ...change } }))).toContain(why);
});

it('what cannot be decoded is refused, too', () => {
  expect(whyNot(parseNoticeMessage(new UnreadablePayload()))).toContain('its payload cannot be decoded');
  expect(whyNot(parseOutageMessage(new UnreadablePayload()))).toContain('its payload cannot be decoded');
});

it('a box is what an earlier run carried over, or a new one', () => {
  const box = takeNotice(useChannels(emptyBox, channels), notice, notice.since);
  expect(parseNoticeBox(JSON.parse(JSON.stringify(box)))).toEqual({ ok: true, value: box });
  expect(parseNoticeBox(undefined)).toEqual({ ok: true, value: emptyBox });
});

it.each([['box'], [{ schema: 2, channels: [], told: [], outages: [] }], [{ schema: 1, channels: {} }], [[]]])(
  'a box such as %j is refused',
  (value) => {
    expect(whyNot(parseNoticeBox(value))).toContain('leave it out');
  },
);

it('anything at all gets an answer', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(parseNoticeMessage(value).ok).toBe(false);
      expect(parseOutageMessage(value).ok).toBe(false);
      expect(typeof parseNoticeMessage({ channels, notice: value }).ok).toBe('boolean');
      expect(typeof parseOutageMessage({ channels, report: value }).ok).toBe('boolean');
      expect(typeof parseNoticeBox(value).ok).toBe('boolean');
    }),
  );
});
