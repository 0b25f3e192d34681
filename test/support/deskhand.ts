/**
 * A whole Deskhand for a test: a Temporal server of its own, the embedded desk over HTTP, the demo shop, its policy,
 * the embedded classifier, and workers. Nothing in it is a stand-in.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import axios, { type AxiosInstance } from 'axios';
import { z } from 'zod';
import { ticketWorkflowId, type TicketView } from '../../src/contracts/messages';
import type { PolicySettings } from '../../src/core/policy/plan';
import type { TicketRef } from '../../src/core/ticket/ticket';
import type { RunningEmbedded } from '../../src/helpdesk/embedded/common/runEmbedded';
import { startEmbeddedZendesk, type EmbeddedZendeskOptions } from '../../src/helpdesk/embedded/zendesk/desk';
import type { Helpdesk } from '../../src/helpdesk/port';
import { watchAccount } from '../../src/helpdesk/watchAccount';
import { createZendeskDesk } from '../../src/helpdesk/zendesk/createZendeskDesk';
import type { Logger } from '../../src/log/logger';
import { noticeKinds, type Notice } from '../../src/core/notices/notice';
import { createNotifier } from '../../src/notify/createNotifier';
import type { NoticeChannel } from '../../src/notify/port';
import { askingTicket } from '../../src/temporal/askingTicket';
import { createNoticePost } from '../../src/temporal/notices';
import type { Allowances, Shop } from '../../src/orders/port';
import { openDemoShop } from '../../src/orders/demoShop';
import { loadPolicy } from '../../src/policy/load/loadPolicy';
import type { PolicyProcessor } from '../../src/policy/port';
import { createPolicyProcessor } from '../../src/policy/processor';
import { withSettings } from '../../src/policy/withSettings';
import { watchOutage } from '../../src/remote/outages';
import { createTemporalAllowances } from '../../src/temporal/allowances/moneyAllowances';
import { hintTicket } from '../../src/temporal/hintTicket';
import { createWorkers, type RunningWorkers } from '../../src/temporal/worker';
import { demoClassifier } from './classifier';
import { holdAll } from './holdNext';
import { fillStateFolder } from './stateFolder';
import { startTestTemporal, workflowBundle, type TestTemporal } from './temporalServer';
import { quietTemporal } from './quietTemporal';
import { until } from './until';

const policyFolder = path.resolve(__dirname, '../../policies/demo-shop');

/** Customers of the demo shop; Ana has one order, in transit. */
export const ana = { name: 'Ana Silva', email: 'ana@example.com' };

quietTemporal();

export interface DeskhandOptions {
  /** In place of the policy's own numbers: tests do not wait three seconds for a burst. */
  readonly settings?: Partial<PolicySettings>;
  readonly desk?: Partial<EmbeddedZendeskOptions>;
  readonly temporal?: TestTemporal;
  readonly serverFlags?: readonly string[];
  /** In place of the demo policy alone. */
  readonly policy?: (shop: Shop, allowances: Allowances) => PolicyProcessor;
  /** None: people hear nothing but through `notices`. */
  readonly channels?: readonly NoticeChannel[];
  /** False: the test starts workers of its own, as processes. */
  readonly workers?: boolean;
}

const nothing = (): void => undefined;
const silent: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

const roomyLimits = {
  requestsPerMinute: 100_000,
  updatesPerMinute: 100_000,
  updatesPerTicketIn10Minutes: 10_000,
  incrementalPerMinute: 10_000,
  incrementalLagSeconds: 0,
};

export class Deskhand {
  readonly temporal: TestTemporal;
  readonly desk: RunningEmbedded;
  readonly helpdesk: Helpdesk;
  readonly people: PeopleAtZendesk;
  readonly notices: Notice[] = [];
  /** Where people hear of what needs them; set before it starts. */
  readonly channels: readonly NoticeChannel[];
  readonly policy: PolicyProcessor;
  readonly shop: Shop;
  private workers: RunningWorkers | null = null;
  /** The state folder: the desk's credentials and the shop's orders are in it. */
  readonly folder: string;

  private constructor(parts: {
    temporal: TestTemporal;
    desk: RunningEmbedded;
    policy: PolicyProcessor;
    shop: Shop;
    folder: string;
    channels: readonly NoticeChannel[];
  }) {
    this.channels = parts.channels;
    this.temporal = parts.temporal;
    this.desk = parts.desk;
    this.policy = parts.policy;
    this.shop = parts.shop;
    this.folder = parts.folder;
    this.people = new PeopleAtZendesk(parts.desk);
    const { email, token, apiUrl } = parts.desk.credentials;
    this.helpdesk = createZendeskDesk({
      apiUrl,
      auth: { type: 'api-token', email, token },
      account: 'demo',
      companyAddresses: ['care@shop.example'],
      ticketUrl: null,
      brandsAreNeeded: true,
    });
  }

  static async start(options: DeskhandOptions = {}): Promise<Deskhand> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-test-'));
    const [temporal, desk, loaded] = await Promise.all([
      options.temporal ?? startTestTemporal({ flags: options.serverFlags ?? [] }),
      startEmbeddedZendesk({
        host: '127.0.0.1',
        port: 0,
        stateDir: folder,
        limits: roomyLimits,
        ...options.desk,
      }),
      loadPolicy(policyFolder),
    ]);
    const shop = openDemoShop({ file: path.join(folder, 'orders.json'), clock: Date.now });
    const allowances = createTemporalAllowances(temporal.client, { desk: 'zendesk', account: 'demo' });
    const processor =
      options.policy?.(shop, allowances) ?? createPolicyProcessor(loaded, shop, { allowances });
    const policy = withSettings(processor, { settleMs: 0, ...options.settings });
    const deskhand = new Deskhand({
      ...{ temporal, desk, policy, shop, folder },
      channels: options.channels ?? [],
    });
    await (options.workers === false ? fillStateFolder(folder) : deskhand.startWorkers());
    return deskhand;
  }

  async startWorkers(): Promise<void> {
    const names = this.channels.map(({ name }) => name);
    const post = createNoticePost(this.temporal.client, this.helpdesk, names, silent);
    const notifier = createNotifier({
      channels: this.channels,
      about: noticeKinds,
      post: post.notice,
      linksOf: ({ ticketId }) => [{ text: 'Ticket', url: this.helpdesk.ticketUrl(ticketId) }],
      logger: silent,
    });
    this.workers = await createWorkers({
      connection: this.temporal.nativeConnection,
      namespace: this.temporal.namespace,
      workflowBundle: await workflowBundle(),
      accounts: [
        {
          classifier: await demoClassifier(),
          notifier: {
            ...notifier,
            tell: async (notice) => {
              await notifier.tell(notice);
              this.notices.push(notice);
            },
          },
          desk: watchAccount(this.helpdesk, silent, watchOutage('desk', post.outage, askingTicket)),
          policy: this.policy,
          shop: this.shop,
          allowances: createTemporalAllowances(this.temporal.client, this.helpdesk),
          hintTicket: async (ref, id) => {
            await hintTicket(this.temporal.client, ref, {
              ...{ id, source: 'poll', kind: 'changed', commentId: null },
            });
          },
        },
      ],
    });
  }

  async stopWorkers(): Promise<void> {
    await this.workers?.stop();
    this.workers = null;
  }

  async stop(): Promise<void> {
    await this.stopWorkers();
    await this.temporal.stop();
    await this.desk.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  ref(ticketId: number): TicketRef {
    return { desk: 'zendesk', account: 'demo', ticketId: String(ticketId) };
  }

  handle(ticketId: number) {
    return this.temporal.client.workflow.getHandle(ticketWorkflowId(this.ref(ticketId)));
  }

  /** As a webhook would: something happened on this ticket. */
  async hint(ticketId: number, change: { id?: string; commentId?: string | null } = {}): Promise<void> {
    const { id = `hint-${Math.random()}`, commentId = null } = change;
    await hintTicket(this.temporal.client, this.ref(ticketId), {
      id,
      source: 'webhook',
      kind: 'changed',
      commentId,
    });
  }

  view(ticketId: number): Promise<TicketView> {
    return this.handle(ticketId).query<TicketView>('state');
  }

  /** A customer writes a new ticket and the desk's webhook tells. */
  async ask(text: string, customer = ana): Promise<number> {
    const ticketId = await this.people.customerOpens(text, customer);
    await this.hint(ticketId);
    return ticketId;
  }

  /** Until the engine has come to rest in one of these stages. */
  async untilStage(ticketId: number, ...stages: TicketView['stage'][]): Promise<TicketView> {
    return until(`ticket ${ticketId} to be ${stages.join(' or ')}`, async () => {
      const view = await this.view(ticketId);
      return stages.includes(view.stage) && view.turnPhase === null ? view : null;
    });
  }

  /** Until the request to this route to which `act` leads is held. It goes on when what is given back is called. */
  async holdAt(route: string, act: () => Promise<unknown>): Promise<() => void> {
    const { asked, goOn } = holdAll(this.desk.faults, route);
    await act();
    await asked();
    return goOn;
  }

  async publicReplies(ticketId: number): Promise<ThreadComment[]> {
    return (await this.people.thread(ticketId)).filter((comment) => comment.isBot && comment.public);
  }

  async notes(ticketId: number): Promise<ThreadComment[]> {
    return (await this.people.thread(ticketId)).filter((comment) => comment.isBot && !comment.public);
  }
}

export interface ThreadComment {
  readonly id: string;
  readonly text: string;
  readonly public: boolean;
  readonly isBot: boolean;
}

export interface DeskTicketFields {
  readonly status: string;
  readonly tags: string[];
  readonly priority: string | null;
  readonly group_id: number | null;
  readonly assignee_id: number | null;
}

const commentsAnswer = z.object({
  comments: z.array(
    z.object({ id: z.number(), author_id: z.number(), plain_body: z.string(), public: z.boolean() }),
  ),
});
const ticketAnswer = z.object({
  ticket: z.object({
    status: z.string(),
    tags: z.array(z.string()),
    priority: z.string().nullable(),
    group_id: z.number().nullable(),
    assignee_id: z.number().nullable(),
  }),
});
const writtenAnswer = z.object({ ticketId: z.string(), commentId: z.string().nullable() });
const teamAnswer = z.object({ agents: z.array(z.object({ id: z.number() })) });
const brandAnswer = z.object({ brand: z.object({ id: z.number(), name: z.string() }) });
const brandsAnswer = z.object({ brands: z.array(brandAnswer.shape.brand) });
const meAnswer = z.object({ user: z.object({ id: z.number() }) });

/** People use the desk's page, these are the requests it makes; what they see is read from the desk's API. */
export class PeopleAtZendesk {
  private readonly page: AxiosInstance;
  private readonly api: AxiosInstance;
  private bot: number | null = null;

  constructor(desk: RunningEmbedded) {
    const { email, token } = desk.credentials;
    this.page = axios.create({ baseURL: `${desk.url}/_desk` });
    this.api = axios.create({ baseURL: desk.apiUrl, auth: { username: `${email}/token`, password: token } });
  }

  async customerOpens(body: string, customer = ana, more: Record<string, unknown> = {}): Promise<number> {
    const { data } = await this.page.post<unknown>('/customer/tickets', {
      ...customer,
      subject: 'My order',
      body,
      ...more,
    });
    return Number(writtenAnswer.parse(data).ticketId);
  }

  async customerWrites(ticketId: number, body: string, more: Record<string, unknown> = {}): Promise<string> {
    const { data } = await this.page.post<unknown>(`/customer/tickets/${ticketId}/comments`, {
      body,
      ...more,
    });
    const { commentId } = writtenAnswer.parse(data);
    if (commentId === null) throw new Error('the desk stored no comment');
    return commentId;
  }

  /** As a mail does that answers a ticket which is closed by then. @returns the ticket that follows it. */
  async customerAnswersClosed(ticketId: number, body: string): Promise<number> {
    const { data } = await this.page.post<unknown>(`/customer/tickets/${ticketId}/comments`, { body });
    return Number(writtenAnswer.parse(data).ticketId);
  }

  async customerRates(ticketId: number, score: 'good' | 'bad', comment = ''): Promise<void> {
    await this.page.post(`/customer/tickets/${ticketId}/rating`, { score, comment });
  }

  async agentWrites(ticketId: number, body: string, isPublic = true): Promise<void> {
    await this.agentDoes(ticketId, { comment: { body, public: isPublic } });
  }

  async agentDoes(ticketId: number, change: Record<string, unknown>): Promise<void> {
    await this.page.post(`/agent/tickets/${ticketId}`, { agentId: await this.agentId(), ...change });
  }

  /** Over the API, as an integration does. */
  async update(ticketId: number, ticket: Record<string, unknown>): Promise<void> {
    await this.api.put(`/tickets/${ticketId}`, { ticket });
  }

  /** The id of the brand, which is added to the account where it lacks. */
  async brand(name: string): Promise<number> {
    const { data } = await this.api.get<unknown>('/brands?page[size]=100');
    const known = brandsAnswer.parse(data).brands.find((brand) => brand.name === name);
    if (known !== undefined) return known.id;
    const added = { name, subdomain: `shop-${name.toLowerCase()}` };
    return brandAnswer.parse((await this.api.post<unknown>('/brands', { brand: added })).data).brand.id;
  }

  /** A human agent: the desk's team without the bot. */
  async agentId(): Promise<number> {
    const me = await this.botId();
    const { data } = await this.page.get<unknown>('/team');
    const agent = teamAnswer.parse(data).agents.find(({ id }) => id !== me);
    if (agent === undefined) throw new Error('the desk has no human agents');
    return agent.id;
  }

  async thread(ticketId: number): Promise<ThreadComment[]> {
    const me = await this.botId();
    const { data } = await this.api.get<unknown>(`/tickets/${ticketId}/comments?page[size]=100`);
    return commentsAnswer.parse(data).comments.map((comment) => ({
      id: String(comment.id),
      text: comment.plain_body,
      public: comment.public,
      isBot: comment.author_id === me,
    }));
  }

  private async botId(): Promise<number> {
    this.bot ??= meAnswer.parse((await this.api.get('/users/me')).data).user.id;
    return this.bot;
  }

  async ticket(ticketId: number): Promise<DeskTicketFields> {
    return ticketAnswer.parse((await this.api.get(`/tickets/${ticketId}`)).data).ticket;
  }
}
