/** Versions of the policy on real tickets: who keeps which, what a publish changes at once, and what it does not. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { followStore, type FollowedPolicies } from '../../src/policy/store/followStore';
import { openPolicyStore, type PolicyStore } from '../../src/policy/store/policyStore';
import { loadPolicy } from '../../src/policy/load/loadPolicy';
import { modeTags } from '../../src/core/modes/mode';
import type { PolicyProcessor } from '../../src/policy/port';
import { createPolicyProcessor, createVersionedProcessor } from '../../src/policy/processor';
import { withPolicy } from '../policy/support';
import { ana, Deskhand } from '../support/deskhand';
import { until } from '../support/until';
import type { DecisionView } from '../../src/contracts/messages';
import { ticketWorkflowId } from '../../src/core/ticket/ticket';
import { hintTicket } from '../../src/temporal/hintTicket';
import { Command, type Ended } from '../cli/processes';
import { runServer, type TestServer } from '../server/running';

const question = 'Where is my order?';
const followUp = 'And do you deliver to Ireland?';

let folder: string;
let store: PolicyStore;
let followed: FollowedPolicies;
let deskhand: Deskhand;
let first: string;
let second: string;
/** What happens while the policy is asked, before it has answered and after. */
let meanwhile: { readonly before?: () => Promise<void>; readonly after?: () => Promise<void> } = {};
/** The brand Bravo has a policy of its own, under which the same is said by another name. */
let isBravoServed = true;

const greeted = (greeting: string) => (text: string) =>
  text.replace(/^greeting: .*$/m, `greeting: ${greeting},`);

/** The demo policy with another greeting. */
async function keep(greeting: string): Promise<string> {
  return (await withPolicy({ 'templates/en.yaml': greeted(greeting) }, (copy) => store.keep(copy))).version;
}

async function publish(version: string): Promise<void> {
  await store.bringIntoForce({ version, by: 'maria', folder: null });
  await until(`${version} to be in force`, () =>
    Promise.resolve(followed.current().version === version ? true : null),
  );
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-versions-'));
  store = openPolicyStore(path.join(folder, 'policies'));
  first = await keep('First');
  second = await keep('Second');
  await store.bringIntoForce({ version: first, by: 'maria', folder: null });
  followed = followStore(store, await store.load(first), {
    prepare: () => Promise.resolve(),
    onChange: () => undefined,
    onTrouble: () => undefined,
    everyMs: 50,
  });
  const bravos = await withPolicy({ 'templates/en.yaml': greeted('Bravo') }, loadPolicy);
  deskhand = await Deskhand.start({
    policy: (shop) => ({
      ...interrupted(createVersionedProcessor({ find: (version) => followed.find(version) }, shop)),
      brands: {
        nameFor: (brand) => (brand === 'Bravo' ? 'bravo' : undefined),
        named: (name) =>
          name === 'bravo' && isBravoServed ? createPolicyProcessor(bravos, shop, { name }) : undefined,
      },
    }),
  });
});
afterAll(async () => {
  await deskhand.stop();
  await followed.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => publish(first));
afterEach(() => {
  meanwhile = {};
});

function interrupted(processor: PolicyProcessor): PolicyProcessor {
  return {
    ...processor,
    consult: async (input, signal) => {
      await meanwhile.before?.();
      const plan = await processor.consult(input, signal);
      await meanwhile.after?.();
      return plan;
    },
  };
}

async function answered(text = question): Promise<number> {
  const ticketId = await deskhand.ask(text);
  await deskhand.untilStage(ticketId, 'waiting-for-customer');
  return ticketId;
}

async function says(ticketId: number, text = followUp): Promise<void> {
  const before = (await deskhand.publicReplies(ticketId)).length;
  const commentId = await deskhand.people.customerWrites(ticketId, text);
  await deskhand.hint(ticketId, { commentId });
  await until('the reply', async () =>
    (await deskhand.publicReplies(ticketId)).length > before ? true : null,
  );
  await deskhand.untilStage(ticketId, 'waiting-for-customer');
}

/** How each reply begins. */
async function greetings(ticketId: number): Promise<readonly string[]> {
  return (await deskhand.publicReplies(ticketId)).map(({ text }) => text.split(',')[0] ?? '');
}

function cli(...args: readonly string[]): Promise<Ended> {
  const { address, namespace } = deskhand.temporal;
  return new Command(args, {
    DESKHAND_STATE_DIR: folder,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
  }).ended;
}

describe('a publish', () => {
  it('is what new tickets are answered by, at once; open conversations go on under theirs', async () => {
    const open = await answered();
    await publish(second);
    const fresh = await answered();
    await says(open);
    expect(await greetings(open)).toEqual(['First', 'First']);
    expect(await greetings(fresh)).toEqual(['Second']);
  });

  it('is kept to over a restart of the workers', async () => {
    const open = await answered();
    await publish(second);
    await deskhand.stopWorkers();
    await deskhand.startWorkers();
    await says(open);
    expect(await greetings(open)).toEqual(['First', 'First']);
  });

  it('holds for a ticket once its conversation is over: the next one begins under it', async () => {
    const ticketId = await answered();
    await publish(second);
    await deskhand.people.agentDoes(ticketId, { status: 'solved' });
    await deskhand.hint(ticketId);
    await deskhand.untilStage(ticketId, 'solved');
    await says(ticketId);
    expect(await greetings(ticketId)).toEqual(['First', 'Second']);
  });

  it('in the middle of a turn: what is decided goes out as it was decided, and the conversation keeps to it', async () => {
    meanwhile = { after: () => publish(second) };
    const ticketId = await answered();
    meanwhile = {};
    await says(ticketId);
    expect(await greetings(ticketId)).toEqual(['First', 'First']);
  });

  it('in the middle of a turn that has decided nothing yet: the new one decides, and holds from then on', async () => {
    meanwhile = { before: () => publish(second) };
    const ticketId = await answered();
    meanwhile = {};
    await publish(first);
    await says(ticketId);
    expect(await greetings(ticketId)).toEqual(['Second', 'Second']);
    expect((await decisionOf(ticketId)).policyVersion).toBe(second);
  });

  it('of an old version is a rollback', async () => {
    await publish(second);
    await publish(first);
    expect(await greetings(await answered())).toEqual(['First']);
  });
});

it('a version that is gone: the one in force answers, and a note tells people', async () => {
  const gone = await keep('Gone');
  await publish(gone);
  const ticketId = await answered();
  await publish(second);
  await rm(path.join(store.folder, 'versions', gone), { recursive: true });
  // A worker that has it at hand goes on with it; one that starts now has not.
  await followed.stop();
  followed = followStore(store, await store.load(second), {
    prepare: () => Promise.resolve(),
    onChange: () => undefined,
    onTrouble: () => undefined,
    everyMs: 50,
  });
  await says(ticketId);
  expect(await greetings(ticketId)).toEqual(['Gone', 'Second']);
  expect((await deskhand.notes(ticketId)).at(-1)?.text).toContain(
    `This conversation began under policy ${gone}, which is not in the store any more`,
  );
  // Told once: the conversation has another version from now on.
  await says(ticketId, question);
  expect((await deskhand.notes(ticketId)).at(-1)?.text).not.toContain('began under');
});

describe('a brand with a policy of its own', () => {
  const solve = async (ticketId: number): Promise<void> => {
    await deskhand.people.agentDoes(ticketId, { status: 'solved' });
    await deskhand.hint(ticketId);
    await deskhand.untilStage(ticketId, 'solved');
  };

  it('is answered by it; a ticket that is given to it, from its next conversation on, and never in the middle', async () => {
    const bravo = await deskhand.people.brand('Bravo');
    const open = await answered();
    await deskhand.people.update(open, { brand_id: bravo });
    await says(open);
    expect((await deskhand.view(open)).timeline.map(({ text }) => text)).toContain(
      "The ticket's brand goes by the policy bravo now: so will its next conversation",
    );
    await solve(open);
    const commentId = await deskhand.people.customerWrites(open, 'Do you deliver to Spain as well?');
    await deskhand.hint(open, { commentId });
    await deskhand.untilStage(open, 'handed-off');
    expect(await greetings(open)).toEqual(['First', 'First', 'Bravo']);
    expect(await decisionOf(open)).toMatchObject({ policy: 'bravo', decision: { policy: 'bravo' } });
  });

  it('whose policy is not served any more has its tickets answered by nobody but people', async () => {
    const ticketId = await deskhand.people.customerOpens(question);
    await deskhand.people.update(ticketId, { brand_id: await deskhand.people.brand('Bravo') });
    await deskhand.hint(ticketId);
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    isBravoServed = false;
    const commentId = await deskhand.people.customerWrites(ticketId, followUp);
    await deskhand.hint(ticketId, { commentId });
    const { handOff } = await deskhand.untilStage(ticketId, 'handed-off');
    isBravoServed = true;
    expect(handOff?.reason).toBe('failure');
    expect(await greetings(ticketId)).toEqual(['Bravo']);
    await until('the note', async () =>
      (await deskhand.notes(ticketId)).at(-1)?.text.includes('policy "bravo", which is not served') === true
        ? true
        : null,
    );
  });
});

describe('a draft that waits for approval', () => {
  async function held(): Promise<{ ticketId: number; draftId: string }> {
    const ticketId = await deskhand.people.customerOpens(question);
    await deskhand.people.update(ticketId, { tags: [modeTags.draft] });
    await deskhand.hint(ticketId);
    const { approval } = await deskhand.untilStage(ticketId, 'waiting-for-approval');
    return { ticketId, draftId: approval?.draftId ?? '' };
  }
  const approve = (ticketId: number, draftId: string) =>
    deskhand.handle(ticketId).executeUpdate('approve', { args: [{ by: 'maria', draftId }] });

  it('goes out as it was read, though another version and another brand have come meanwhile', async () => {
    const { ticketId, draftId } = await held();
    await publish(second);
    await deskhand.people.update(ticketId, { brand_id: await deskhand.people.brand('Bravo') });
    await deskhand.hint(ticketId);
    await until('the brand to be heard of', async () =>
      (await deskhand.view(ticketId)).timeline.some(({ text }) => text.includes('policy bravo'))
        ? true
        : null,
    );
    await approve(ticketId, draftId);
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    expect(await greetings(ticketId)).toEqual(['First']);
    expect((await decisionOf(ticketId)).policyVersion).toBe(first);
  });

  it('is decided anew where the conversation is moved, and nobody can send the old one', async () => {
    const { ticketId, draftId } = await held();
    await deskhand.handle(ticketId).executeUpdate('usePolicy', { args: [{ version: second, by: 'maria' }] });
    const anew = await until('the other draft', async () => {
      const { approval } = await deskhand.view(ticketId);
      return approval === null || approval.draftId === draftId ? null : approval;
    });
    const refused: unknown = await approve(ticketId, draftId).catch((error: unknown) => error);
    expect((refused as WorkflowUpdateFailedError).cause?.message).toMatch(/is void since/);
    await approve(ticketId, anew.draftId);
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    expect(await greetings(ticketId)).toEqual(['Second']);
  });
});

describe('usePolicy moves one ticket', () => {
  it('as an update that answers, so that the next message is answered under it', async () => {
    const ticketId = await answered();
    await deskhand.handle(ticketId).executeUpdate('usePolicy', { args: [{ version: second, by: 'maria' }] });
    await says(ticketId);
    expect(await greetings(ticketId)).toEqual(['First', 'Second']);
  });

  it('as a signal, which anybody can send from the Web UI', async () => {
    const ticketId = await answered();
    await deskhand.handle(ticketId).signal('usePolicy', { version: second, by: 'maria' });
    const { timeline } = await until('the timeline to tell', async () => {
      const view = await deskhand.view(ticketId);
      return view.timeline.at(-1)?.kind === 'agent' ? view : null;
    });
    expect(timeline.at(-1)?.text).toBe(`Policy ${second} by maria, instead of ${first}`);
  });

  it.each([
    [{ version: 'latest', by: 'maria' }, /version must be that of a policy/],
    [{ version: 'p-0123456789ab' }, /by must name who acts/],
    ['p-0123456789ab', /expected an object/],
  ])('%j is refused before anything happens', async (message, why) => {
    const ticketId = await answered();
    const refused: unknown = await deskhand
      .handle(ticketId)
      .executeUpdate('usePolicy', { args: [message] })
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(WorkflowUpdateFailedError);
    expect((refused as WorkflowUpdateFailedError).cause?.message).toMatch(why);
    expect((await decisionOf(ticketId)).policyVersion).toBe(first);
  });
});

function decisionOf(ticketId: number): Promise<DecisionView> {
  return deskhand.handle(ticketId).query<DecisionView>('decision');
}

describe('deskhand policy migrate', () => {
  it('says for each ticket of the account what would change, moves nothing while it only looks, then moves them', async () => {
    const { client } = deskhand.temporal;
    const others = { desk: 'zendesk', account: 'other', ticketId: '1' };
    await hintTicket(client, others, { id: 'h', source: 'api', kind: 'changed', commentId: null });
    const open = await answered();
    const done = await answered();
    await deskhand.people.agentDoes(done, { status: 'solved' });
    await deskhand.hint(done);
    await deskhand.untilStage(done, 'solved');

    const looked = await cli('policy', 'migrate', '--to', second, '--dry-run');
    expect(looked).toMatchObject({ code: 0, err: '' });
    // However others call their policy, it is another.
    expect(looked.out).toMatch(
      /^zendesk\/demo:\n[^]* between conversations,.* 1 of other accounts, 0 failed$/m,
    );
    await client.workflow.getHandle(ticketWorkflowId(others)).terminate();
    expect(looked.out).toMatch(
      new RegExp(`zendesk ${open}  ${first} -> ${second}\n  reply: \\S+ \\(en\\), in other words`),
    );
    expect(looked.out).not.toContain(`zendesk ${done} `);
    expect((await decisionOf(open)).policyVersion).toBe(first);

    const moved = await cli('policy', 'migrate', '--to', second, '--by', 'maria');
    expect(moved).toMatchObject({ code: 0, err: '' });
    expect(moved.out).toMatch(/\d+ moved, \d+ of them would have answered their last message otherwise/);
    await says(open);
    expect(await greetings(open)).toEqual(['First', 'Second']);
    const again = await cli('policy', 'migrate', '--to', second);
    expect(again.out).toMatch(/^0 moved/m);
  });

  it('brings other business hours to a ticket that waits by them, and its deadline moves', async () => {
    const keepHours = async (hours: string) => {
      const edit = (text: string) => `${text.replace('after: 30m', 'after: 2 business hours')}${hours}\n`;
      return (await withPolicy({ 'policy.yaml': edit }, (copy) => store.keep(copy))).version;
    };
    const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    const allDay = await keepHours('hours: { week: { every-day: 00:00-24:00 } }');
    const holidays = await keepHours(`hours: { week: {}, dates: { ${day}: 09:00-17:00 } }`);
    await publish(allDay);
    const ticketId = await deskhand.ask('Please let me talk to a human');
    const { nextDeadline: before } = await deskhand.untilStage(ticketId, 'handed-off');
    expect((before?.at ?? 0) - (before?.counted?.since ?? 0)).toBe(2 * 3_600_000);
    await publish(holidays);
    expect(await cli('policy', 'migrate', '--to', holidays)).toMatchObject({ code: 0, err: '' });
    const moved = await until('the deadline to move', async () => {
      const view = await deskhand.view(ticketId);
      return view.nextDeadline === null || view.nextDeadline.at === before?.at ? null : view;
    });
    expect(moved.nextDeadline?.at).toBe(Date.parse(`${day}T11:00Z`));
    expect(moved.timeline.at(-1)?.text).toMatch(
      /^The business hours have changed: escalate .* after 2 business hours, /,
    );
    expect(moved.stage).toBe('handed-off');
  });

  it('refuses a version that is not there, and a folder', async () => {
    expect(await cli('policy', 'migrate', '--to', 'p-0123456789ab')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/is not in the store any more.*deskhand policy list/s) as string,
    });
    expect(await cli('policy', 'migrate', '--to', 'policies/demo-shop')).toMatchObject({
      code: 1,
      err: expect.stringContaining('is no version') as string,
    });
  });
});

describe('why', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await runServer(deskhand.temporal);
  });
  afterAll(() => server.server.stop());

  it('version, rules and facts of the last decision, over the API and on the terminal, without customer text', async () => {
    const ticketId = await answered('Hello, where is my purple order? Greetings, Ana Silva');
    const { data, status } = await server.api.get<DecisionView>(`/api/tickets/zendesk/${ticketId}/decision`);
    expect(status).toBe(200);
    expect(data).toEqual(await decisionOf(ticketId));
    expect(data.decision).toMatchObject({ policyVersion: first, intent: 'order_status' });
    const matched = data.decision?.trace.filter((rule) => rule.matched);
    expect(matched).toHaveLength(1);
    expect(data.decision?.trace.length).toBeGreaterThan(5);
    expect(data.decision?.facts[0]?.['order.found']).toBe(true);
    expect(JSON.stringify(data)).not.toMatch(new RegExp(`purple|silva|${ana.email}`, 'i'));

    await writeFile(path.join(folder, 'api-token'), 'a-token-only-for-tests\n', { mode: 0o600 });
    const { port } = new URL(server.server.url);
    const shown = await new Command(['ticket', 'why', 'zendesk', String(ticketId)], {
      DESKHAND_STATE_DIR: folder,
      DESKHAND_PORT: port,
    }).ended;
    expect(shown).toMatchObject({ code: 0, err: '' });
    expect(shown.out).toContain(`Policy     ${first}`);
    expect(shown.out).toMatch(/^ {2}yes {2}\S+: /m);
    expect(shown.out).toMatch(/^ {2}no {3}\S+: /m);
    expect(shown.out).toMatch(/^ {2}order\.status +\S+/m);
    expect(shown.out).toContain(`The conversation goes on under policy ${first}.`);
  });

  it('a ticket that nobody knows is a 404', async () => {
    expect((await server.api.get('/api/tickets/zendesk/999999/decision')).status).toBe(404);
  });
});
