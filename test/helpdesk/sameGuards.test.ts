/** The desk of scenarios and the real adapter say the same of a draft that was overtaken: what is tried out holds. */
import type { UpdateGuard } from '../../src/core/ticket/update';
import { plainUpdate } from '../../src/core/ticket/update';
import { DeskRefusal, MemoryDesk } from '../../src/scenarios/world/memoryDesk';
import { AdapterAtZendesk } from './zendesk/adapterAtZendesk';
import { anyCall } from './zendesk/wire';

type Happening =
  | 'nothing'
  | 'the customer writes'
  | 'somebody in copy writes'
  | 'an agent notes'
  | 'an agent answers'
  | `an agent sets deskhand_${'take_over' | 'draft' | 'off'}`;
type GuardKind = Exclude<UpdateGuard['kind'], 'any'>;

/** What becomes of a draft on one message, when this happens before it is written. */
type Desk = (guard: GuardKind, happening: Happening) => Promise<string>;

let at: AdapterAtZendesk;
beforeAll(async () => {
  at = await AdapterAtZendesk.start();
});
afterAll(() => at.double.stop());

function guardOn(kind: GuardKind, commentId: string): UpdateGuard {
  const newest = { newestCustomerCommentId: commentId, knownTags: [] };
  return kind === 'no-newer-message'
    ? { kind, ...newest, knownAgentReplyId: null }
    : { kind, ...newest, knownAgentCommentId: null, knownAssigneeId: null };
}

const draft = plainUpdate('1/1/reply', { comment: { public: true, text: 'On its way.', html: null } });

const inMemory: Desk = (kind, happening) => {
  const desk = new MemoryDesk(Date.now);
  const guard = guardOn(kind, desk.customerWrites('Where is my order?').id);
  const happen: Readonly<Record<Happening, () => unknown>> = {
    nothing: () => undefined,
    'the customer writes': () => desk.customerWrites('Hello?'),
    'somebody in copy writes': () =>
      desk.customerWrites('Same here', { author: 'third-party', authorId: 'r-2' }),
    'an agent notes': () => desk.agentWrites('Calling them', false),
    'an agent answers': () => desk.agentWrites('Hi Ana'),
    'an agent sets deskhand_take_over': () => (desk.tags = ['deskhand_take_over']),
    'an agent sets deskhand_draft': () => (desk.tags = ['deskhand_draft']),
    'an agent sets deskhand_off': () => (desk.tags = ['deskhand_off']),
  };
  happen[happening]();
  try {
    return Promise.resolve(desk.apply([draft], guard)[0]?.outcome ?? 'nothing');
  } catch (error) {
    return Promise.resolve(error instanceof DeskRefusal ? error.failure.kind : String(error));
  }
};

const zendesk: Desk = async (kind, happening) => {
  const { ticketId, commentId } = await at.people.customerOpens('Where is my order?');
  const guard = guardOn(kind, commentId);
  const agent = (isPublic: boolean) =>
    at.people.agentActs(ticketId, 'Nora Lind', { comment: { body: 'Hi', public: isPublic } });
  const tagged = (tag: string) => at.people.agentActs(ticketId, 'Nora Lind', { tags: [tag] });
  const copied = { name: 'Ben Okafor', email: 'ben@mail.example' };
  const happen: Readonly<Record<Happening, () => Promise<unknown>>> = {
    nothing: () => Promise.resolve(),
    'the customer writes': () => at.people.customerWrites(ticketId, 'Hello?'),
    'somebody in copy writes': () => at.people.customerWrites(ticketId, 'Same here', copied),
    'an agent notes': () => agent(false),
    'an agent answers': () => agent(true),
    'an agent sets deskhand_take_over': () => tagged('deskhand_take_over'),
    'an agent sets deskhand_draft': () => tagged('deskhand_draft'),
    'an agent sets deskhand_off': () => tagged('deskhand_off'),
  };
  await happen[happening]();
  const written = at.open().applyUpdates(ticketId, [draft], guard, anyCall());
  return written.then(
    ([applied]) => applied?.outcome ?? 'nothing',
    (error: unknown) => (error instanceof Error && 'kind' in error ? String(error.kind) : String(error)),
  );
};

describe.each([
  ['in memory', inMemory],
  ['on Zendesk', zendesk],
])('%s', (_where, becomes) => {
  it.each<[GuardKind, Happening, string]>([
    ['unchanged-conversation', 'nothing', 'applied'],
    ['unchanged-conversation', 'the customer writes', 'stale-draft'],
    ['unchanged-conversation', 'somebody in copy writes', 'stale-draft'],
    ['unchanged-conversation', 'an agent notes', 'person-active'],
    ['unchanged-conversation', 'an agent answers', 'person-active'],
    ['no-newer-message', 'nothing', 'applied'],
    ['no-newer-message', 'the customer writes', 'stale-draft'],
    ['no-newer-message', 'somebody in copy writes', 'stale-draft'],
    ['no-newer-message', 'an agent notes', 'applied'],
    ['no-newer-message', 'an agent answers', 'person-active'],
    ['unchanged-conversation', 'an agent sets deskhand_take_over', 'person-active'],
    ['unchanged-conversation', 'an agent sets deskhand_draft', 'stale-draft'],
    ['unchanged-conversation', 'an agent sets deskhand_off', 'stale-draft'],
    ['no-newer-message', 'an agent sets deskhand_take_over', 'person-active'],
    ['no-newer-message', 'an agent sets deskhand_draft', 'applied'],
    ['no-newer-message', 'an agent sets deskhand_off', 'stale-draft'],
  ])('a draft under %s, when %s: %s', async (kind, happening, outcome) => {
    expect(await becomes(kind, happening)).toBe(outcome);
  });
});
