/**
 * `npm run record-histories`: records what open tickets and accounts of this version look like, for
 * test/replay.test.ts to run against later code. To be run at a release, into a folder of its version; older folders
 * stay. For a version to come, and some stories only: `npm run record-histories -- 0.2.0 refunded allowance`.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { notifierWorkflowId, ticketWorkflowId } from '../../src/contracts/messages';
import type { Notice } from '../../src/core/notices/notice';
import type { NoticeBox } from '../../src/core/notices/noticeBox';
import { createFolderMailer } from '../../src/mail/folderMailer';
import { createMailChannel } from '../../src/notify/mailChannel';
import { loadPolicy } from '../../src/policy/load/loadPolicy';
import type { PolicyProcessor } from '../../src/policy/port';
import { createPolicyProcessor } from '../../src/policy/processor';
import { createTemporalAllowances } from '../../src/temporal/allowances/moneyAllowances';
import { createNoticePost } from '../../src/temporal/notices';
import { Deskhand } from '../support/deskhand';
import { historyToJson } from '../support/historyJson';
import { mugs, writeRefundPolicy } from '../support/refundPolicy';
import globalSetup from '../support/globalSetup';
import globalTeardown from '../support/globalTeardown';
import { until } from '../support/until';

const by = { by: 'maria' };
const nothing = (): void => undefined;
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const perDay = { EUR: 10_000 };

async function agreesToRefund(deskhand: Deskhand, order: string, meanwhile = () => Promise.resolve()): Promise<number> {
  const ticketId = await deskhand.ask(`I want a refund for order ${order}, please.`);
  await deskhand.untilStage(ticketId, 'waiting-for-customer');
  await meanwhile();
  const commentId = await deskhand.people.customerWrites(ticketId, 'Yes please');
  await deskhand.hint(ticketId, { commentId });
  await until('an answer to the yes', async () => ((await deskhand.publicReplies(ticketId)).length === 2 ? true : null));
  return ticketId;
}

/** Tells the ticket, or the id of another workflow. */
type Story = (deskhand: Deskhand) => Promise<number | string>;

const stories: Record<string, Story> = {
  'answered-twice': async (deskhand) => {
    const ticketId = await deskhand.ask('Where is my order?');
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    await deskhand.people.customerWrites(ticketId, 'Do you deliver to Ireland?');
    await deskhand.hint(ticketId);
    await until('two replies', async () => ((await deskhand.publicReplies(ticketId)).length === 2 ? true : null));
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    return ticketId;
  },
  'handed-off-and-escalated': async (deskhand) => {
    const ticketId = await deskhand.ask('I want to talk to a human');
    await deskhand.untilStage(ticketId, 'handed-off');
    await deskhand.handle(ticketId).executeUpdate('escalate', { args: [by] });
    await until('the escalation on the desk', async () => ((await deskhand.people.ticket(ticketId)).priority === 'high' ? true : null));
    return ticketId;
  },
  'taken-over-and-handed-back': async (deskhand) => {
    const ticketId = await deskhand.ask('Where is my order?');
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    await deskhand.handle(ticketId).executeUpdate('takeOver', { args: [by] });
    await deskhand.handle(ticketId).signal('handBack', by);
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    return ticketId;
  },
  'stopped-while-replying': async (deskhand) => {
    deskhand.desk.faults.add({ route: 'PUT /api/v2/tickets/*', times: 2, fault: { type: 'status', status: 503, body: 'down' } });
    const ticketId = await deskhand.ask('Where is my order?');
    await until('the reply to be under way', async () => ((await deskhand.view(ticketId)).turnPhase === 'acting' ? true : null));
    await deskhand.handle(ticketId).executeUpdate('takeOver', { args: [by] });
    await until('the draft to be noted', async () => ((await deskhand.notes(ticketId)).length === 1 ? true : null));
    return ticketId;
  },
  'given-to-people-after-a-failure': async (deskhand) => {
    deskhand.desk.faults.add({ route: 'PUT /api/v2/tickets/*', times: 1, fault: { type: 'status', status: 422, body: { error: 'RecordInvalid' } } });
    const ticketId = await deskhand.ask('Where is my order?');
    await deskhand.untilStage(ticketId, 'handed-off');
    return ticketId;
  },
  'closed-by-an-agent': async (deskhand) => {
    const ticketId = await deskhand.ask('Where is my order?');
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    await deskhand.handle(ticketId).executeUpdate('close', { args: [by] });
    await deskhand.handle(ticketId).result();
    return ticketId;
  },
  refunded: async (deskhand) => {
    const ticketId = await agreesToRefund(deskhand, '62001');
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    return ticketId;
  },
  'refused-by-an-account': async (deskhand) => {
    const ticketId = await agreesToRefund(deskhand, '62002', async () => {
      const terms = { limits: { perCustomer: null, perDay }, at: Date.now(), approved: true };
      const amount = { minor: 5_000, currency: 'EUR' };
      const accounts = createTemporalAllowances(deskhand.temporal.client, deskhand.helpdesk);
      await accounts.take({ key: 'given-meanwhile', amount, customer: 'ben@example.com', terms, by: '' });
    });
    await deskhand.untilStage(ticketId, 'handed-off');
    return ticketId;
  },
  'followed-up': async (deskhand) => {
    const ticketId = await deskhand.ask('Where is my order?', { name: 'Nils Berg', email: 'nils@mail.example' });
    await until('the follow-up', async () => ((await deskhand.publicReplies(ticketId)).length === 2 ? true : null));
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    return ticketId;
  },
  'escalated-with-notices-beside': async (deskhand) => {
    const ticketId = await deskhand.ask('I want to talk to a human');
    await deskhand.untilStage(ticketId, 'handed-off');
    for (const priority of ['high', 'urgent']) {
      await deskhand.handle(ticketId).executeUpdate('escalate', { args: [by] });
      await until(`priority ${priority}`, async () => ((await deskhand.people.ticket(ticketId)).priority === priority ? true : null));
    }
    await deskhand.handle(ticketId).executeUpdate('takeOver', { args: [by] });
    await deskhand.untilStage(ticketId, 'with-person');
    return ticketId;
  },
  'second-run': async (deskhand) => {
    const ticketId = await deskhand.ask('Where is my order?');
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    const handle = deskhand.handle(ticketId);
    const { runId } = await handle.describe();
    // Over four megabytes of history, and the server asks for a new run.
    for (let times = 0; times < 10; times += 1) await handle.signal('hint', 'nonsense '.repeat(100_000));
    await until('a new run', async () => ((await handle.describe()).runId === runId ? null : true));
    await deskhand.people.customerWrites(ticketId, 'Do you deliver to Ireland?');
    await deskhand.hint(ticketId);
    await until('two replies', async () => ((await deskhand.publicReplies(ticketId)).length === 2 ? true : null));
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    return ticketId;
  },
  'counted-in-business-time': async (deskhand) => {
    const ticketId = await deskhand.ask('I want to talk to a human');
    await deskhand.untilStage(ticketId, 'handed-off');
    // A look brings the hours anew.
    await deskhand.hint(ticketId);
    await deskhand.handle(ticketId).executeUpdate('escalate', { args: [by] });
    await until('the escalation on the desk', async () => ((await deskhand.people.ticket(ticketId)).priority === 'high' ? true : null));
    await deskhand.handle(ticketId).executeUpdate('takeOver', { args: [by] });
    await deskhand.people.customerWrites(ticketId, 'Where is my order?');
    await deskhand.handle(ticketId).signal('handBack', by);
    await deskhand.untilStage(ticketId, 'waiting-for-customer', 'handed-off');
    return ticketId;
  },
  notices: async (deskhand) => {
    const { client } = deskhand.temporal;
    const account = { desk: 'zendesk', account: 'stories' };
    const post = createNoticePost(client, account, ['email'], silent);
    const notice = (ticketId: string): Notice => ({
      key: `${ticketId}/1/escalate-1`,
      kind: 'escalation',
      ticket: { ...account, ticketId },
      reason: 'anger',
      since: Date.now(),
      what: `Ticket ${ticketId}: nobody has picked it up for 30 minutes; escalated to rung 1.`,
      next: 'Take it.',
    });
    await post.notice(notice('1'));
    await post.notice(notice('1'));
    post.outage({ part: 'desk', state: 'refused', why: 'Zendesk answered 401', since: Date.now() });
    const id = notifierWorkflowId(account.desk, account.account);
    const handle = client.workflow.getHandle(id);
    await handle.signal('notice', 7);
    const sentAt = async () => (await handle.query<NoticeBox>('notices')).channels[0]?.sentAt ?? null;
    await until('the message to be sent', sentAt);
    post.outage({ part: 'desk', state: 'works', why: '', since: Date.now() });
    await until('the end of the outage', async () => ((await handle.query<NoticeBox>('notices')).outages.length === 0 ? true : null));
    return id;
  },
  allowance: async (deskhand) => {
    const { client } = deskhand.temporal;
    const accounts = createTemporalAllowances(client, { desk: 'zendesk', account: 'stories' });
    const at = Date.now();
    const gift = (key: string) => ({
      key,
      amount: { minor: 60, currency: 'EUR' },
      customer: 'ana@example.com',
      terms: { limits: { perCustomer: null, perDay: { EUR: 100 } }, at, approved: false },
      by: 'one',
    });
    await accounts.take(gift('given'));
    await accounts.take(gift('given'));
    await accounts.take(gift('too-much'));
    await accounts.giveBack(gift('given'));
    await accounts.take(gift('after-all'));
    const id = `allowance:zendesk:stories:day:${new Date(at).toISOString().slice(0, 10)}`;
    await client.workflow.getHandle(id).signal('giveBack', 7);
    await client.workflow.getHandle(id).query('given');
    return id;
  },
};

/** A team that sleeps for a minute a day: the hours count, and nobody waits for them. */
const hours = `
hours: { week: { every-day: 00:00-23:59 } }
`;

/** The demo policy with a refund that a yes sets off, in business time, and orders for it. */
async function startDeskhand(folder: string): Promise<Deskhand> {
  await writeRefundPolicy(folder, `{ refunds: { per-day: ${JSON.stringify(perDay)} } }`);
  const file = path.join(folder, 'policy.yaml');
  const counted = (await readFile(file, 'utf8'))
    .replace('after: 30m', 'after: 30 business minutes')
    .replace('resolution: 7d', 'resolution: 5 business days\n    pick-up: { within: 20 business minutes, warn: 50% }')
    .replace(/customer-silence: \S+/, 'customer-silence: 5 business days');
  await writeFile(file, `${counted}${hours}`);
  const policy = await loadPolicy(folder);
  const deskhand = await Deskhand.start({
    channels: [createMailChannel('email', createFolderMailer(path.join(folder, 'mails')), 'lead@shop.example')],
    settings: { settleMs: 500 },
    policy: (shop, allowances) => followingUpSoon(createPolicyProcessor(policy, shop, { allowances })),
  });
  const orders = [mugs(62_001), mugs(62_002)];
  const ordersFile = path.join(deskhand.folder, 'orders.json');
  // The first look at it makes it.
  await deskhand.shop.findByNumber('62001', new AbortController().signal);
  const demo = JSON.parse(await readFile(ordersFile, 'utf8')) as { orders: object[] };
  await writeFile(ordersFile, JSON.stringify({ ...demo, orders: [...demo.orders, ...orders] }));
  return deskhand;
}

/** Nobody waits two days for a history. */
function followingUpSoon(processor: PolicyProcessor): PolicyProcessor {
  return {
    ...processor,
    consult: async (input, signal) => {
      const plan = await processor.consult(input, signal);
      const actions = plan.actions.map((action) => (action.type === 'follow-up' ? { ...action, afterMs: 1_000 } : action));
      return { ...plan, actions };
    },
  };
}

async function main(): Promise<void> {
  const { version } = JSON.parse(await readFile(path.join(__dirname, '../../package.json'), 'utf8')) as { version: string };
  const [into = version, ...names] = process.argv.slice(2);
  const folder = path.join(__dirname, into);
  await mkdir(folder, { recursive: true });
  await globalSetup();
  const policyFolder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-stories-'));
  try {
    const deskhand = await startDeskhand(policyFolder);
    try {
      const chosen = Object.entries(stories).filter(([name]) => names.length === 0 || names.includes(name));
      for (const [name, tell] of chosen) await record(deskhand, tell, path.join(folder, `${name}.json`));
    } finally {
      await deskhand.stop();
    }
  } finally {
    await rm(policyFolder, { recursive: true, force: true });
    await globalTeardown();
  }
}

async function record(deskhand: Deskhand, tell: Story, file: string): Promise<void> {
  const told = await tell(deskhand);
  const id = typeof told === 'string' ? told : ticketWorkflowId(deskhand.ref(told));
  const history = await deskhand.temporal.client.workflow.getHandle(id).fetchHistory();
  await writeFile(file, historyToJson(history));
  process.stdout.write(`${path.basename(file)}: ${history.events?.length ?? 0} events\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
