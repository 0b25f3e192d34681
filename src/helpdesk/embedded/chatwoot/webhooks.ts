/**
 * The two kinds of webhooks that Chatwoot calls (app/listeners/{webhook,agent_bot}_listener.rb, lib/webhooks/trigger.rb).
 * Those of the account are tried once. An agent bot's are tried three times where it answers 429 or 500; after that, and
 * at once after any other trouble, a conversation that waits for the bot is opened for people.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { postJson, refusalOf } from '../common/postJson';
import type { RecordStore, Transaction } from '../common/recordStore';
import type { OutgoingCalls, WebhookTarget } from '../common/runEmbedded';
import { UnderWay } from '../common/underWay';
import type { ChatwootContext, Changes, Written } from './context';
import type { BotCall, Conversation, Message } from './records';
import { webhookConversation, webhookMessage } from './views';

export interface DeliveryOptions {
  /** How long the target may take to answer (WEBHOOK_TIMEOUT). */
  readonly timeoutMs: number;
  readonly botRetryMs: number;
}

export const chatwootDelivery: DeliveryOptions = { timeoutMs: 5_000, botRetryMs: 3_000 };
const botAttempts = 3;

/** Hexadecimal HMAC-SHA256 over the seconds, a dot, and the bytes as they go. */
function signature(secret: string, timestamp: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

interface Event {
  readonly event: string;
  /** Null: it tells of the conversation. */
  readonly message: Message | null;
  /** The bot is told of it, too; by this name. */
  readonly botEvent?: BotCall['event'];
}

interface WebhookTargets {
  readonly account: Required<WebhookTarget> | null;
  readonly bot: Required<WebhookTarget> | null;
}

export class Webhooks implements OutgoingCalls<Transaction, Written, BotCall> {
  private readonly store: RecordStore;
  private readonly shown: Pick<ChatwootContext, 'tables' | 'clock'>;
  private readonly targets: WebhookTargets;
  private readonly options: DeliveryOptions;
  private readonly onLost: (reason: string) => void;
  private readonly openForPeople: (conversationId: number) => Promise<void>;
  private readonly stopping = new AbortController();
  private readonly underWay = new UnderWay();

  /**
   * @param on.lost - told why a call was given up; never what it was about.
   * @param on.botFailed - what becomes of a pending conversation whose bot does not answer.
   */
  constructor(
    store: RecordStore,
    shown: Pick<ChatwootContext, 'tables' | 'clock'>,
    targets: WebhookTargets,
    options: DeliveryOptions,
    on: { lost: (reason: string) => void; botFailed: (conversationId: number) => Promise<void> },
  ) {
    this.store = store;
    this.shown = shown;
    this.targets = targets;
    this.options = options;
    this.onLost = on.lost;
    this.openForPeople = on.botFailed;
  }

  /** The bot's calls are stored with what they tell of; those of the account are lost when this process is. */
  keep(tx: Transaction, written: Written): readonly BotCall[] {
    if (this.targets.bot === null) return [];
    return eventsOf(written).flatMap(({ message, botEvent }) => {
      if (botEvent === undefined) return [];
      const call: BotCall = {
        ...{ id: tx.next('botCall', 1), delivery: randomUUID(), event: botEvent, attempts: 0 },
        ...{ conversation_id: written.conversation.id, message_id: message?.id ?? null },
      };
      tx.put(this.shown.tables.botCalls, call);
      return [call];
    });
  }

  /** Once the step is stored. */
  send(botCalls: readonly BotCall[], written: Written): void {
    for (const { event, message } of eventsOf(written)) {
      const changed = message === null ? { changed_attributes: changedAttributes(written.changes) } : {};
      const body = this.bodyOf(event, written.conversation, message, changed);
      for (const target of this.toldOf(event)) this.underWay.follow(this.callAccount(target, body));
    }
    for (const call of botCalls) this.underWay.follow(this.callBot(call));
  }

  /** What an earlier start left. */
  resume(): void {
    for (const call of this.shown.tables.botCalls.records.values()) this.underWay.follow(this.callBot(call));
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.underWay.ended();
  }

  /** The account's webhook that the desk was started with, and those that were made by the API. */
  private toldOf(event: string): readonly Required<WebhookTarget>[] {
    const made = [...this.shown.tables.webhooks.records.values()];
    return [
      ...(this.targets.account === null ? [] : [this.targets.account]),
      ...made.filter(({ subscriptions }) => subscriptions.includes(event)),
    ];
  }

  private bodyOf(
    event: string,
    conversation: Conversation,
    message: Message | null,
    more: Record<string, unknown> = {},
  ): string {
    const data =
      message === null
        ? webhookConversation(this.shown, conversation)
        : webhookMessage(this.shown, conversation, message);
    return JSON.stringify({ ...data, ...more, event });
  }

  private async callAccount(target: Required<WebhookTarget>, body: string): Promise<void> {
    const failure = await this.post(target, randomUUID(), body);
    if (failure !== null) this.onLost(`the account's webhook answered ${failure}`);
  }

  private async callBot(call: BotCall): Promise<void> {
    const { signal } = this.stopping;
    const conversation = this.shown.tables.conversations.records.get(call.conversation_id);
    const message = this.shown.tables.messages.records.get(call.message_id ?? 0) ?? null;
    if (conversation === undefined) return;
    const body = this.bodyOf(call.event, conversation, message);
    for (let { attempts } = call; ; attempts += 1) {
      const failure = await this.post(this.targets.bot, call.delivery, body);
      if (signal.aborted) return;
      const isPassing = failure === 429 || failure === 500;
      if (failure === null || !isPassing || attempts + 1 >= botAttempts) {
        await this.store.write((tx) => tx.remove(this.shown.tables.botCalls, call.id));
        if (failure === null) return;
        this.onLost(`the agent bot answered ${failure}`);
        // Only of a message: who is told of a status has nobody waiting.
        if (message !== null) await this.openForPeople(call.conversation_id);
        return;
      }
      await this.store.write((tx) => tx.put(this.shown.tables.botCalls, { ...call, attempts: attempts + 1 }));
      await sleep(this.options.botRetryMs, undefined, { signal, ref: false });
    }
  }

  /** Null once it was taken, else the status, or that there was none. */
  private async post(
    target: Required<WebhookTarget> | null,
    delivery: string,
    body: string,
  ): Promise<number | string | null> {
    if (target === null) return null;
    const { url, secret } = target;
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const status = await postJson({
      ...{ url, body, timeoutMs: this.options.timeoutMs, signal: this.stopping.signal },
      headers: {
        accept: 'application/json',
        'x-chatwoot-delivery': delivery,
        'x-chatwoot-timestamp': timestamp,
        'x-chatwoot-signature': signature(secret, timestamp, body),
      },
    });
    return refusalOf(status) === null ? null : (status ?? 'nothing');
  }
}

/** Everything that this step gives occasion to tell of, oldest first. */
function eventsOf({ conversation, isNew, messages, updated = [], changes }: Written): readonly Event[] {
  const about = (event: string): Event => ({ event, message: null });
  const hasStatus = changes.status !== undefined;
  return [
    ...(isNew ? [about('conversation_created')] : []),
    ...messages
      .filter(({ message_type: type }) => type !== 'activity')
      .map((message): Event => ({ event: 'message_created', botEvent: 'message_created', message })),
    ...updated.map((message): Event => ({ event: 'message_updated', botEvent: 'message_updated', message })),
    ...(hasStatus ? [{ ...about('conversation_status_changed'), ...botEventOf(conversation.status) }] : []),
    ...(Object.keys(changes).length === 0 ? [] : [about('conversation_updated')]),
  ];
}

function botEventOf(status: Conversation['status']): Pick<Event, 'botEvent'> {
  if (status === 'open') return { botEvent: 'conversation_opened' };
  return status === 'resolved' ? { botEvent: 'conversation_resolved' } : {};
}

function changedAttributes(changes: Changes): readonly Record<string, unknown>[] {
  return Object.entries(changes).map(([name, [previous, current]]) => ({
    [name === 'labels' ? 'label_list' : name]: { previous_value: previous, current_value: current },
  }));
}
