/**
 * The HTTP integration (developers.gorgias.com/reference/the-integration-object, docs.gorgias.com "HTTP integrations"): at
 * each of its triggers Gorgias fills the placeholders of a form and sends it. Nothing is signed; a header that one sets
 * oneself is all there is. Documented: requests that time out are tried again, a hundred failures in a row switch the
 * integration off. Inferred: how often, and that a new ticket tells of its first message as well.
 */
import { z } from 'zod';
import type { MadeCall } from '../common/alsoCalling';
import type { RecordStore } from '../common/recordStore';
import type { WebhookTarget } from '../common/runEmbedded';
import { StoredCalls, type CallTarget } from '../common/storedCalls';
import type { GorgiasContext, Written } from './context';
import type { IntegrationCall, Tables } from './records';
import { messageView, ticketView } from './views';

export interface IntegrationOptions extends Omit<CallTarget, 'url' | 'headers'> {
  readonly triggers: readonly IntegrationCall['trigger'][];
  /** What is sent, with `{{ticket.id}}` and the like in it. */
  readonly form: Readonly<Record<string, string>>;
}

/** As docs/gorgias.md says to set it up. */
const integrationDefaults: IntegrationOptions = {
  ...{ timeoutMs: 5_000, retryMs: [1_000, 5_000, 30_000], copies: 1 },
  triggers: ['ticket-created', 'ticket-message-created'],
  form: {
    ticket_id: '{{ticket.id}}',
    message_id: '{{message.id}}',
    channel: '{{message.channel}}',
    via: '{{message.via}}',
    sender_id: '{{message.sender.id}}',
  },
};

export function integrationCalls(
  store: RecordStore,
  { tables, clock }: Pick<GorgiasContext, 'tables' | 'clock'>,
  called: Required<WebhookTarget> | null,
  options: Partial<IntegrationOptions> | undefined,
  onLost: (reason: string) => void,
): StoredCalls<IntegrationCall, Written> {
  const { triggers, form, ...target } = { ...integrationDefaults, ...options };
  return new StoredCalls({
    ...{ store, table: tables.calls, onLost },
    target:
      called === null
        ? null
        : { ...target, url: called.url, headers: { 'x-deskhand-secret': called.secret } },
    bodyOf: (call) => filled(call, form, tables, clock()),
    callsOf: (tx, written) =>
      happened(written)
        .filter((trigger) => triggers.includes(trigger))
        .map((trigger) => ({
          ...{ id: tx.next('call', 1), trigger, ticket_id: written.ticket.id, attempts: 0 },
          message_id: trigger === 'ticket-message-created' ? (written.message?.id ?? null) : null,
        })),
  });
}

/** What the integrations that were made by the API send. */
export function callsOfIntegrations(
  { tables, clock }: Pick<GorgiasContext, 'tables' | 'clock'>,
  written: Written,
): readonly MadeCall[] {
  const integrations = [...tables.settings.records.values()].flatMap(({ kind, body }) => {
    const made = kind === 'integrations' && !body['deactivated_datetime'] ? calledBody.safeParse(body) : null;
    return made?.success === true ? [made.data.http] : [];
  });
  return happened(written).flatMap((trigger) => {
    const messageId = trigger === 'ticket-message-created' ? (written.message?.id ?? null) : null;
    const call = { id: 0, trigger, ticket_id: written.ticket.id, message_id: messageId, attempts: 0 };
    return integrations
      .filter(({ triggers }) => triggers[trigger] === true)
      .map(({ url, headers, form }) => ({ url, headers, body: filled(call, form, tables, clock()) }));
  });
}

/** Of an integration, what a call is made of. */
const calledBody = z.object({
  http: z.object({
    url: z.string(),
    headers: z.record(z.string(), z.string()).default({}),
    form: z.record(z.string(), z.string()),
    triggers: z.record(z.string(), z.boolean()),
  }),
});

function happened({ message, isNew }: Written): readonly IntegrationCall['trigger'][] {
  if (!isNew && message === null) return ['ticket-updated'];
  return [
    ...(isNew ? ['ticket-created' as const] : []),
    ...(message === null ? [] : ['ticket-message-created' as const]),
  ];
}

/** What is not there is left empty. */
function filled(
  { ticket_id: ticketId, message_id: messageId }: IntegrationCall,
  form: IntegrationOptions['form'],
  tables: Tables,
  now: number,
): Record<string, string> {
  const ticket = tables.tickets.records.get(ticketId);
  const message = messageId === null ? undefined : tables.messages.records.get(messageId);
  const context = {
    ticket: ticket === undefined ? { id: ticketId } : ticketView(tables, ticket, now),
    message: message === undefined ? null : messageView(tables, message),
  };
  return Object.fromEntries(
    Object.entries(form).map(([name, template]) => [
      name,
      template.replaceAll(/\{\{\s*([a-z_.]+)\s*\}\}/g, (_all, path: string) => valueAt(context, path)),
    ]),
  );
}

function valueAt(context: unknown, path: string): string {
  let value = context;
  for (const name of path.split('.')) {
    value =
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([key]) => key === name)?.[1]
        : null;
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
