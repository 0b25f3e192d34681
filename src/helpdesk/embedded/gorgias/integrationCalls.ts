/**
 * The HTTP integration (developers.gorgias.com/reference/the-integration-object, docs.gorgias.com "HTTP integrations"): at
 * each of its triggers Gorgias fills the placeholders of a form and sends it. Nothing is signed; a header that one sets
 * oneself is all there is. Documented: requests that time out are tried again, a hundred failures in a row switch the
 * integration off. Inferred: how often, and that a new ticket tells of its first message as well.
 */
import type { RecordStore, Transaction } from '../common/recordStore';
import { StoredCalls, type CallTarget } from '../common/storedCalls';
import type { Written } from './context';
import type { IntegrationCall, Tables } from './records';
import { messageView, ticketView } from './views';

export interface IntegrationOptions extends Omit<CallTarget, 'headers'> {
  readonly secret: string;
  readonly triggers: readonly IntegrationCall['trigger'][];
  /** What is sent, with `{{ticket.id}}` and the like in it. */
  readonly form: Readonly<Record<string, string>>;
}

/** As docs/gorgias.md says to set it up. */
export const integrationDefaults = {
  ...{ timeoutMs: 5_000, retryMs: [1_000, 5_000, 30_000], copies: 1 },
  triggers: ['ticket-created', 'ticket-message-created'],
  form: {
    ticket_id: '{{ticket.id}}',
    message_id: '{{message.id}}',
    channel: '{{message.channel}}',
    via: '{{message.via}}',
    sender_id: '{{message.sender.id}}',
  },
} as const satisfies Omit<IntegrationOptions, 'url' | 'secret'>;

export class IntegrationCalls extends StoredCalls<IntegrationCall> {
  private readonly integration: IntegrationOptions | null;

  /** @param onLost - told why a call was given up; never what it was about. */
  constructor(
    store: RecordStore,
    tables: Tables,
    clock: () => number,
    integration: IntegrationOptions | null,
    onLost: (reason: string) => void,
  ) {
    const target =
      integration === null ? null : { ...integration, headers: { 'x-deskhand-secret': integration.secret } };
    super(
      store,
      tables.calls,
      target,
      (call) => filled(call, integration?.form ?? {}, tables, clock()),
      onLost,
    );
    this.integration = integration;
  }

  keepOf(tx: Transaction, { ticket, message, isNew }: Written): readonly IntegrationCall[] {
    const happened = [
      ...(isNew ? (['ticket-created'] as const) : []),
      ...(message === null ? [] : (['ticket-message-created'] as const)),
      ...(!isNew && message === null ? (['ticket-updated'] as const) : []),
    ];
    const wanted = happened.filter((trigger) => this.integration?.triggers.includes(trigger) === true);
    if (!this.isOpen) return [];
    return wanted.map((trigger) =>
      this.keep(tx, {
        ...{ id: tx.next('call', 1), trigger, ticket_id: ticket.id, attempts: 0 },
        message_id: trigger === 'ticket-message-created' ? (message?.id ?? null) : null,
      }),
    );
  }
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
