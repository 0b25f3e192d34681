/** The demo customer's ticket: asked or found again, linked, and waited for. */
import { setTimeout as delay } from 'node:timers/promises';
import { servedDesk } from '../../helpdesk/openHelpdesk';
import type { Settings } from '../../config/settings';
import { ticketWorkflowId, type TicketView } from '../../contracts/messages';
import { workflowWebUrl } from '../../contracts/workflowWebUrl';
import { demoCustomer } from '../../orders/demoShop';
import type { DeskPage } from './embeddedDesk';

const answeredWithinMs = 90_000;
const demoTicketsAsked = 10;

/**
 * The demo customer's newest ticket, when its conversation can be shown: the desk has it, and so does the engine. A
 * state folder of which only the desk's part is left has tickets that no workflow knows.
 */
export async function findDemoTicket(
  page: DeskPage,
  view: (ticketId: string) => Promise<TicketView | null>,
): Promise<string | null> {
  const theirs = (await page.tickets()).filter(({ requester }) => requester === demoCustomer.name);
  for (const { id } of theirs.slice(0, demoTicketsAsked)) {
    if ((await view(String(id))) !== null) return String(id);
  }
  return null;
}

/** Says where a ticket is seen. */
export function sayTicketLinks(
  what: string,
  ticketId: string,
  options: { settings: Settings; deskPort: number; print: (line: string) => void },
): void {
  const { settings, deskPort, print } = options;
  const workflowId = ticketWorkflowId({ ...servedDesk(settings), ticketId });
  print(`${demoCustomer.name}, a customer of the demo shop, ${what} ticket ${ticketId}:`);
  print(`  in the Web UI   ${workflowWebUrl(settings.temporal, workflowId) ?? workflowId}`);
  print(`  on the desk     http://127.0.0.1:${deskPort}/#/tickets/${ticketId}`);
  print('');
}

export type DemoOutcome =
  { readonly type: 'answered' } | { readonly type: 'not-answered'; readonly why: string };

/** Answered: a public reply is on the desk, and the engine has come to rest. */
export async function untilAnswered(options: {
  page: DeskPage;
  view: (ticketId: string) => Promise<TicketView | null>;
  ticketId: string;
  signal: AbortSignal;
  withinMs?: number;
}): Promise<DemoOutcome> {
  const { page, view, ticketId, signal, withinMs = answeredWithinMs } = options;
  const end = Date.now() + withinMs;
  while (!signal.aborted) {
    const last = await view(ticketId);
    if (last !== null && last.turns > 0 && last.turnPhase === null && last.stage !== 'answering') {
      const comments = await page.thread(ticketId).catch(() => []);
      if (comments.some((comment) => comment.staff && comment.public)) return { type: 'answered' };
      const reason = last.handOff === null ? '' : `: ${last.handOff.reason}, ${last.handOff.detail}`;
      return { type: 'not-answered', why: `the ticket is ${last.stage.replaceAll('-', ' ')}${reason}` };
    }
    if (Date.now() > end) {
      const where =
        last === null ? 'no workflow has the ticket' : `the engine is ${last.turnPhase ?? 'between turns'}`;
      return { type: 'not-answered', why: `nothing within ${withinMs / 1_000} s; ${where}` };
    }
    await delay(200, undefined, { signal }).catch(() => undefined);
  }
  return { type: 'not-answered', why: 'it was stopped' };
}
