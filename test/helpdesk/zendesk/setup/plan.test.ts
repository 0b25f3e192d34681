/** What connecting will do, from what is wanted and what is there. */
import { markOf, wantedPieces, type FoundPiece } from '../../../../src/helpdesk/zendesk/setup/pieces';
import { changesAnything, planOf, undoingPlan } from '../../../../src/helpdesk/zendesk/setup/plan';

const wanted = wantedPieces('https://deskhand.acme.example/webhooks/zendesk', { views: false });
const [webhook] = wanted;
if (webhook === undefined) throw new Error('a webhook is wanted');
const there = (id: string, change: Record<string, unknown> = {}): FoundPiece => ({
  ...{ kind: webhook.kind, id, mark: webhook.mark, name: 'as somebody named it' },
  record: { ...webhook.body, created_by: '7', ...change },
});
const told = (found: readonly FoundPiece[]) =>
  planOf(wanted, found).map((step) => [step.type, step.type === 'remove' ? step.found.id : step.wanted.mark]);

it('creates what is missing, leaves what is right, and does not mind what a desk shows beside it', () => {
  expect(told([])).toEqual([['create', 'events']]);
  expect(told([there('1')])).toEqual([['leave', 'events']]);
  expect(changesAnything(planOf(wanted, []))).toBe(true);
  expect(changesAnything(planOf(wanted, [there('1')]))).toBe(false);
});

it('does not mind the order of events', () => {
  const subscriptions = [...[webhook.body['subscriptions']].flat()].reverse();
  expect(told([there('1', { subscriptions })])).toEqual([['leave', 'events']]);
});

it('changes what differs and names it', () => {
  expect(planOf(wanted, [there('1', { status: 'inactive', endpoint: 'https://old.example' })])).toEqual([
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
  expect(planOf(wanted, [old, there('1')]).at(-1)).toEqual({
    ...{ type: 'remove', found: old, why: 'nothing needs it any more' },
  });
});

it('undoes all that is ours', () => {
  expect(undoingPlan([there('1'), there('2')]).map(({ type }) => type)).toEqual(['remove', 'remove']);
  expect(undoingPlan([])).toEqual([]);
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
