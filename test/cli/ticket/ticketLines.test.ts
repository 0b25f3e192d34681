/** What `deskhand ticket show` says of a ticket, in words and in UTC. */
import { ticketLines } from '../../../src/cli/ticket/ticketLines';
import { viewOf, type TicketView } from '../../../src/contracts/messages';
import { newTicketState } from '../../../src/core/newTicketState';

const at = Date.UTC(2026, 10, 25, 9, 5);

function lines(change: Partial<TicketView> = {}): readonly string[] {
  const ref = { desk: 'zendesk', account: 'acme', ticketId: '7' };
  return ticketLines({ ...viewOf(newTicketState(ref), 0), ...change });
}

test('of a ticket that nothing is known of yet, nothing is made up', () => {
  expect(lines()).toEqual([
    'Ticket 7 of zendesk (acme)',
    expect.stringMatching(/^Stage {5}\S/),
    'Intent    -',
    'Rule      -',
    'Next      -',
    '',
    'What happened (UTC)',
  ]);
});

test('how sure one is of nothing is not said', () => {
  expect(lines({ intent: null, confidence: 0.9 })).toContain('Intent    -');
  expect(lines({ intent: 'order_status', confidence: 0.987 })).toContain('Intent    order_status (99 %)');
});

test('what comes next is said in words, and when, in UTC', () => {
  expect(lines({ nextDeadline: { at, reason: 'customer-silence' } })).toContain(
    'Next      2026-11-25 09:05:00 UTC: let the ticket go if the customer stays silent',
  );
});

test('what happened stands below, the oldest first', () => {
  const timeline: TicketView['timeline'] = [
    { at, kind: 'message', text: 'Read 1 message from the customer' },
    { at: at + 61_000, kind: 'replied', text: 'Replied' },
  ];
  expect(lines({ timeline }).slice(-3)).toEqual([
    'What happened (UTC)',
    '2026-11-25 09:05:00  message     Read 1 message from the customer',
    '2026-11-25 09:06:01  replied     Replied',
  ]);
});

test('a mode that holds it back, what was proposed and what was sent instead', () => {
  const shown = lines({
    mode: 'shadow',
    proposal: {
      ...{ at, mode: 'shadow', rule: 'order-late', intent: 'order_status', commentId: '9001', text: null },
      ...{ policyVersion: 'p-3f2a91c07b4e', deeds: ['reply with "order-late" (en)', 'hand off to Support'] },
    },
  });
  expect(shown.find((line) => line.startsWith('Mode'))).toMatch(/^Mode {6}\S/);
  expect(shown).toContain('Proposed  reply with "order-late" (en), hand off to Support');
  expect(lines({ mode: 'auto' }).some((line) => line.startsWith('Mode'))).toBe(false);
});
