/** What connecting will do, from what is wanted and what is there. */
import { markOf, type AnyPiece, type FoundPiece, type WantedPiece } from '../../../src/helpdesk/setup/pieces';
import { changesAnything, planOf, undoingPlan } from '../../../src/helpdesk/setup/plan';
import { wantedPieces } from '../../../src/helpdesk/zendesk/setup/pieces';

const endpoint = 'https://deskhand.acme.example/webhooks/zendesk';
const wishes = { endpoint, views: false, fields: [], trigger: false, botUserId: '7' };
const order = [{ name: 'webhook' }, { name: 'trigger' }, { name: 'view' }];
const wanted = wantedPieces(wishes);
const [webhook] = wanted;
if (webhook === undefined) throw new Error('a webhook is wanted');
const there = (id: string, change: Record<string, unknown> = {}): FoundPiece => ({
  ...{ kind: webhook.kind, id, mark: webhook.mark, name: 'as somebody named it' },
  record: { ...webhook.body, created_by: '7', ...change },
});
const told = (found: readonly FoundPiece[]) =>
  planOf(wanted, found, order).map((step) => [step.type, 'found' in step ? step.found.id : step.wanted.mark]);

it('creates what is missing, leaves what is right, and does not mind what a desk shows beside it', () => {
  expect(told([])).toEqual([['create', 'events']]);
  expect(told([there('1')])).toEqual([['leave', 'events']]);
  expect(changesAnything(planOf(wanted, [], order))).toBe(true);
  expect(changesAnything(planOf(wanted, [there('1')], order))).toBe(false);
});

it('does not mind the order of events', () => {
  const subscriptions = [...[webhook.body['subscriptions']].flat()].reverse();
  expect(told([there('1', { subscriptions })])).toEqual([['leave', 'events']]);
});

it('changes what differs and names it', () => {
  expect(
    planOf(wanted, [there('1', { status: 'inactive', endpoint: 'https://old.example' })], order),
  ).toEqual([
    {
      ...{ type: 'change', wanted: webhook, id: '1' },
      differences: [
        {
          field: 'endpoint',
          from: 'https://old.example',
          to: 'https://deskhand.acme.example/webhooks/zendesk',
        },
        { field: 'status', from: 'inactive', to: 'active' },
      ],
    },
  ]);
});

it.each([
  ['missing', undefined],
  ['of another kind', 'text'],
  ['doubled in part', ['zen:event-type:ticket.created']],
])('a list that is %s is a difference', (_how, subscriptions) => {
  expect(told([there('1', { subscriptions })])).toEqual([['change', 'events']]);
});

it('keeps the better of two, and removes the other after all else is done', () => {
  const found = [there('1', { status: 'inactive' }), there('2')];
  expect(told(found)).toEqual([
    ['leave', 'events'],
    ['remove', '1'],
  ]);
});

it('removes what an earlier Deskhand made and nothing needs', () => {
  const old = { ...there('9'), mark: 'views-of-old' };
  expect(planOf(wanted, [old, there('1')], order).at(-1)).toEqual({
    ...{ type: 'remove', found: old, why: 'nothing needs it any more' },
  });
});

describe('by a trigger', () => {
  const pieces = wantedPieces({ ...wishes, views: true, trigger: true });
  const called = (id: string): FoundPiece => ({
    ...{ kind: 'webhook', id, mark: 'calls', name: 'Deskhand' },
    record: { ...pieces[0]?.body },
  });
  const calling = (id: string): FoundPiece => ({
    ...{ kind: 'trigger', id: 'T', mark: 'trigger', name: 'Tell Deskhand' },
    record: { ...pieces[1]?.calling?.(id).body },
  });
  const types = (found: readonly FoundPiece[]) =>
    planOf(pieces, found, order).map(
      (step) => `${step.type} ${'wanted' in step ? step.wanted.mark : step.found.id}`,
    );

  it('the webhook comes first, then what calls it, and the views', () => {
    expect(types([])).toEqual([
      ...['create calls', 'create trigger'],
      ...['create view-handed-over', 'create view-drafts', 'create view-late'],
    ]);
  });

  it('is left as it is where it calls the webhook that is there, and changed where it calls another', () => {
    expect(types([called('W'), calling('W')]).slice(0, 2)).toEqual(['leave calls', 'leave trigger']);
    expect(types([called('W'), calling('gone')]).slice(0, 2)).toEqual(['leave calls', 'change trigger']);
    expect(types([calling('gone')]).slice(0, 2)).toEqual(['create calls', 'change trigger']);
  });

  it('is changed where it would call for the changes of another user', () => {
    const other = wantedPieces({ ...wishes, trigger: true, botUserId: '8' })[1];
    const record = { ...other?.calling?.('W').body };
    expect(types([called('W'), { ...calling('W'), record }])[1]).toBe('change trigger');
  });

  it('goes before the webhook that it calls', () => {
    expect(told([called('W'), calling('W')])).toEqual([
      ...[['create', 'events']],
      ...['T', 'W'].map((id) => ['remove', id]),
    ]);
    expect(
      undoingPlan([called('W'), calling('W')], order).map((step) => 'found' in step && step.found.id),
    ).toEqual(['T', 'W']);
  });

  it('is no view that somebody gave its mark', () => {
    expect(types([called('W'), { ...calling('W'), kind: 'view' }])).toContain('create trigger');
  });
});

it('undoes all that is ours', () => {
  expect(undoingPlan([there('1'), there('2')], order).map(({ type }) => type)).toEqual(['remove', 'remove']);
  expect(undoingPlan([], order)).toEqual([]);
});

it.each([
  [`Tells Deskhand. [deskhand:events]`, 'events'],
  ['written around it [deskhand:events] by an admin', 'events'],
  ['[deskhand:]', null],
  ['deskhand:events', null],
  [null, null],
  [undefined, null],
])('the mark in %j is %j', (description, mark) => {
  expect(markOf(description)).toBe(mark);
});

it('what it makes carries its mark', () => {
  for (const { mark, body } of wanted)
    expect(JSON.stringify(body['description'])).toContain(`[deskhand:${mark}]`);
});

describe('where the desk has room for one alone', () => {
  const label: WantedPiece = {
    ...{ kind: 'label', mark: 'view-late', name: 'late', body: { title: 'late' }, repair: { shown: true } },
    shows: { title: 'late', shown: true },
    fixed: ['title'],
    servesAsWell: ({ record }) => record['title'] === 'late',
  };
  const found = (mark: string | null, record: Record<string, unknown>): AnyPiece => ({
    ...{ kind: 'label', id: '3', mark, name: 'late', record },
  });
  const plan = (...pieces: readonly AnyPiece[]) => planOf([label], pieces, [{ name: 'label' }]);

  it("somebody else's that serves as well is left to them, and is not taken away", () => {
    const theirs = found(null, { title: 'late', shown: true });
    expect(plan(theirs)).toEqual([{ type: 'leave', wanted: label, id: '3', isTheirs: true }]);
    expect(undoingPlan([theirs], [{ name: 'label' }])).toEqual([]);
  });

  it('one that does not serve is taken over', () => {
    expect(plan(found(null, { title: 'late', shown: false }))).toMatchObject([
      { type: 'change', id: '3', isTakenOver: true, differences: [{ field: 'shown' }] },
    ]);
  });

  it('ours that cannot be changed in what is wrong is made anew, and goes after that', () => {
    expect(plan(found('view-late', { title: 'tardy', shown: true }))).toMatchObject([
      { type: 'create' },
      { type: 'remove', why: 'another one takes its place' },
    ]);
  });
});
