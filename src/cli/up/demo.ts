/** The demo customer's ticket: asked, linked, and waited for. */
import { setTimeout as delay } from 'node:timers/promises';
import { embeddedAccount } from '../../helpdesk/openHelpdesk';
import type { Settings } from '../../config/settings';
import { ticketWorkflowId, type TicketView } from '../../contracts/messages';
import { demoCustomer } from '../../orders/demoShop';
import type { DeskPage } from './embeddedDesk';

const answeredWithinMs = 90_000;

export async function askAsDemoCustomer(options: {
  page: DeskPage;
  settings: Settings;
  deskPort: number;
  print: (line: string) => void;
}): Promise<string> {
  const { page, settings, deskPort, print } = options;
  const { uiUrl, namespace } = settings.temporal;
  const ticketId = await page.ask(demoCustomer.question);
  const workflowId = ticketWorkflowId({ desk: 'zendesk', account: embeddedAccount, ticketId });
  print(`${demoCustomer.name}, a customer of the demo shop, opens ticket ${ticketId}:`);
  print(`  in the Web UI   ${uiUrl === null ? workflowId : webUrl(uiUrl, namespace, workflowId)}`);
  print(`  on the desk     http://127.0.0.1:${deskPort}/#/tickets/${ticketId}`);
  print('');
  return ticketId;
}

function webUrl(uiUrl: string, namespace: string, workflowId: string): string {
  return `${uiUrl}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(workflowId)}`;
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
