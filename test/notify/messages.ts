/** Notices as tests need them. */
import type { Notice, NoticeBatch } from '../../src/core/notices/notice';
import { composeMessage } from '../../src/notify/message';
import type { Message } from '../../src/notify/port';

export const at = Date.UTC(2026, 10, 25, 10, 31, 0);

export const escalation: Notice = {
  key: '35436/1764064800000/escalate-1',
  kind: 'escalation',
  ticket: { desk: 'zendesk', account: 'acme', ticketId: '35436' },
  reason: 'anger',
  since: Date.UTC(2026, 10, 25, 10, 0, 0),
  what: 'Ticket 35436: nobody has picked it up for 30 minutes; escalated to rung 1.',
  next: 'Assign it to yourself or answer it; the ladder climbs on until somebody does.',
};

export const outage: Notice = {
  key: 'outage/desk/1764064800000',
  kind: 'outage',
  ticket: null,
  reason: 'desk',
  since: Date.UTC(2026, 10, 25, 10, 0, 0),
  what: 'The desk refuses our credentials: Zendesk answered 401.',
  next: 'Mend the credentials.',
};

export function batchOf(notices: readonly Notice[], change: Partial<NoticeBatch> = {}): NoticeBatch {
  return { id: `slack-${at}`, at, notices, more: {}, ...change };
}

export const links = [
  { text: 'Ticket', url: 'https://acme.zendesk.com/agent/tickets/35436?a=1&b=2' },
  {
    text: 'Workflow',
    url: 'http://localhost:8233/namespaces/default/workflows/ticket%3Azendesk%3Aacme%3A35436',
  },
];

export function messageOf(notices: readonly Notice[], change: Partial<NoticeBatch> = {}): Message {
  return composeMessage(batchOf(notices, change), () => links);
}
