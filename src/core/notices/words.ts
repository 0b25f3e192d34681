/**
 * All the words of notices. A ticket is named by its number, a person not at all: who wrote, and what, is read on the
 * desk by those who may.
 */
import { assertNever } from '../failure';
import type { HandOffReason } from '../policy/plan';
import { minuteMs } from '../spans';
import { noticeKinds, type Notice, type NoticeBatch, type NoticeCounts, type NoticeKind } from './notice';
import type { OutageReport, Part } from './notice';

export const kindWords: Readonly<Record<NoticeKind, { readonly one: string; readonly many: string }>> = {
  escalation: { one: 'Escalation', many: 'escalations' },
  approval: { one: 'Approval', many: 'approvals' },
  deadline: { one: 'Missed deadline', many: 'missed deadlines' },
  'hand-off': { one: 'Hand-off', many: 'hand-offs' },
  failure: { one: 'Failure', many: 'failures' },
  outage: { one: 'Outage', many: 'outages' },
};

export interface Words {
  readonly what: string;
  readonly next: string;
}

const takeIt = 'Assign it to yourself or answer it; the ladder climbs on until somebody does.';

/**
 * @param waited - how long nobody came, in words; null: an agent wished it.
 * @param promise - which promise to the customer wants it, one sentence; absent: none.
 */
export function escalationWords(
  ticketId: string,
  level: number,
  waited: string | null,
  promise?: string,
): Words {
  const why = waited === null ? 'an agent escalated it' : `nobody has picked it up for ${waited}`;
  const what = `Ticket ${ticketId}: ${why}; escalated to rung ${level}.`;
  return { what: promise === undefined ? what : `${what} ${promise}`, next: takeIt };
}

/** @param text - which promise, and how it stands. */
export function slaWords(ticketId: string, text: string): Words {
  return {
    what: `Ticket ${ticketId}: ${text}.`,
    next: 'See that the customer is served; the ticket says who has it.',
  };
}

/** @param until - epoch milliseconds. */
export function approvalWords(ticketId: string, until: number): Words {
  return {
    what: `Ticket ${ticketId}: a draft waits for approval until ${minuteText(until)}.`,
    next: 'Read the draft in its internal note, then approve or reject it; without a word it goes to people.',
  };
}

export function handOffWords(ticketId: string, reason: HandOffReason, group: string | null): Words {
  const to = group === null ? 'people' : `"${group}"`;
  return {
    what: `Ticket ${ticketId}: handed off to ${to} (${reason}).`,
    next: 'The internal note on the ticket says what the customer wants and what was done.',
  };
}

export function missedWords(ticketId: string, reason: 'approval-timeout' | 'left-by-person'): Words {
  return reason === 'approval-timeout'
    ? {
        what: `Ticket ${ticketId}: nobody approved or rejected the draft in time.`,
        next: 'Answer the customer, who still waits; the draft is in an internal note.',
      }
    : {
        what: `Ticket ${ticketId}: whoever had it has left, and the customer waits for an answer.`,
        next: takeIt,
      };
}

/** @param waited - for how long, in words. */
export function silenceWords(ticketId: string, waited: string): Words {
  return {
    what: `Ticket ${ticketId}: the customer waits, and the team has said nothing for ${waited}.`,
    next: 'Answer the customer, or give the ticket to somebody who does.',
  };
}

export type FailureOf = 'gave-up' | 'hand-over' | 'close' | 'gone' | 'follow-up' | 'code';

/** @param detail - what was tried, whole sentences; "": there is no more to say. */
export function failureWords(ticketId: string, of: FailureOf, detail: string): Words {
  switch (of) {
    case 'gave-up':
      return {
        what: `Ticket ${ticketId} needs a person: ${detail}`,
        next: 'Answer it yourself; the internal note says what was tried.',
      };
    case 'hand-over':
      return {
        what: `Ticket ${ticketId} could not be handed over on the desk.`,
        next: 'Look at the groups that the policy names and at the required fields of the desk; it is tried again every 15 minutes.',
      };
    case 'close':
      return {
        what: `Ticket ${ticketId} could not be set to solved on the desk.`,
        next: 'Set it to solved there.',
      };
    case 'gone':
      return {
        what: `Ticket ${ticketId} does not exist on the desk (any more). ${detail}`.trimEnd(),
        next: 'Look whether it was deleted or merged by mistake; Deskhand has let it go.',
      };
    case 'follow-up':
      return {
        what: `A customer wrote on closed ticket ${ticketId}; no follow-up ticket could be opened.`,
        next: 'Open a new ticket for the customer, who still waits.',
      };
    case 'code':
      return {
        what: `Ticket ${ticketId}: a code was asked for and reached nobody: ${detail}`,
        next: 'Look at the mail server; the customer may need another proof.',
      };
    default:
      return assertNever(of);
  }
}

const partWords: Readonly<Record<Part, string>> = {
  desk: 'the desk',
  shop: 'the shop',
  mail: 'the mail server',
  classifier: 'the classifier',
};

export function outageWords({ part, state, why }: OutageReport): Words {
  const what = `${capital(partWords[part])} ${state === 'refused' ? 'refuses our credentials' : 'is down'}: ${sentence(why)}`;
  const mend =
    state === 'refused'
      ? 'Mend the credentials, and restart the workers if a variable changed'
      : 'Look at its status page and at the network';
  return { what, next: `${mend}; \`deskhand doctor\` tells more. ${meanwhile[part]}` };
}

const meanwhile: Readonly<Record<Part, string>> = {
  desk: 'Tickets wait and go on by themselves.',
  shop: 'Tickets that need an order wait and go on by themselves.',
  mail: 'Customers who need a code go to people.',
  classifier: 'Tickets wait and go on by themselves.',
};

interface OutageOver {
  readonly forMs: number;
  /** How many tickets have waited for it, at least. */
  readonly waited: number;
  /** Given to people meanwhile, because it was out. */
  readonly tickets: number;
}

export function recoveredWords(part: Part, { forMs, waited, tickets }: OutageOver): Words {
  const minutes = Math.max(1, Math.round(forMs / minuteMs));
  const lasted =
    minutes < 120 ? `${minutes} minute${minutes === 1 ? '' : 's'}` : `${Math.round(minutes / 60)} hours`;
  const waiting = waited === 0 ? '' : ` At least ${ticketsText(waited)} waited for it.`;
  return {
    what: `${capital(partWords[part])} works again, after ${lasted}.${waiting}`,
    next:
      tickets === 0
        ? 'Nothing: what waited goes on by itself.'
        : `Look for the tag deskhand_handed_off: ${ticketsText(tickets)} ${tickets === 1 ? 'was' : 'were'} given to people meanwhile.`,
  };
}

function ticketsText(count: number): string {
  return `${count} ticket${count === 1 ? '' : 's'}`;
}

export const testWords: Words = {
  what: 'This is a test of Deskhand: notices reach this channel.',
  next: 'Nothing.',
};

/** Of a message; the subject of a mail. */
export function titleOf({ notices, more }: NoticeBatch): string {
  const [only, ...rest] = notices;
  if (only !== undefined && rest.length === 0 && countOf(more) === 0) {
    const about = only.ticket === null ? '' : `, ticket ${only.ticket.ticketId}`;
    return `Deskhand: ${kindWords[only.kind].one.toLowerCase()}${about}`;
  }
  return `Deskhand: ${countsText(addCounts(more, notices))}`;
}

/** `and 487 more: 480 escalations, 7 approvals`; null: that was all. */
export function moreText(more: NoticeCounts): string | null {
  return countOf(more) === 0 ? null : `and ${countOf(more)} more: ${countsText(more)}`;
}

export function countOf(counts: NoticeCounts): number {
  return noticeKinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0);
}

export function addCounts(counts: NoticeCounts, notices: readonly Notice[]): NoticeCounts {
  return notices.reduce<NoticeCounts>((sum, { kind }) => ({ ...sum, [kind]: (sum[kind] ?? 0) + 1 }), counts);
}

function countsText(counts: NoticeCounts): string {
  return noticeKinds
    .flatMap((kind) => {
      const count = counts[kind] ?? 0;
      return count === 0
        ? []
        : [`${count} ${count === 1 ? kindWords[kind].one.toLowerCase() : kindWords[kind].many}`];
    })
    .join(', ');
}

/** Fits a phone, and what every channel takes. */
const longest = 400;

export function shortened(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 4).trimEnd()} ...`;
}

/** `2026-11-25 10:31 UTC`. */
export function minuteText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function sentence(text: string): string {
  return `${text.trim().replace(/\.$/, '')}.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
