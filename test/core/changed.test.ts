/** States and turns with some of their fields changed, as a spread would: nothing is lost, and nothing else changes. */
import { changed, changedTurn } from '../../src/core/changed';
import { newTicketState } from '../../src/core/newTicketState';
import type { TicketState, Turn } from '../../src/core/state';
import { decodeState } from '../../src/core/decodeState';
import { beginTurn } from '../../src/core/turn/turnStart';

const now = Date.UTC(2026, 10, 25, 10, 0, 0);
const ref = { desk: 'zendesk', account: 'acme', ticketId: '1' };
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** With a field that most tickets never have. */
const state: TicketState = {
  ...beginTurn(newTicketState(ref), 'message', now),
  codesSent: [{ key: '1/9001/code/48213', order: '48213', at: now }],
  mode: 'draft',
};

function turnOf({ turn }: TicketState): Turn {
  if (turn === null) throw new Error('no turn was begun');
  return turn;
}

test('every field stays that is not named, those that few tickets have too', () => {
  const closing = changed(state, { stage: 'closed', deadline: null });
  expect(closing).toEqual({ ...state, stage: 'closed', deadline: null });
  expect(closing.codesSent).toBe(state.codesSent);
  expect(Object.keys(closing)).toEqual(expect.arrayContaining(Object.keys(state)));
});

test('the state before stays as it was', () => {
  const before = asJson(state);
  changed(state, { steps: [], mode: 'shadow' });
  changedTurn(turnOf(state), { phase: 'acting' });
  expect(asJson(state)).toEqual(before);
});

test('a turn too keeps what is not named', () => {
  const turn = turnOf(state);
  const acting = changedTurn(turn, { phase: 'acting', approved: true });
  expect(acting).toEqual({ ...turn, phase: 'acting', approved: true });
  expect(changedTurn(acting, {})).toEqual(acting);
});

test('what a ticket does not have is not carried to its next run', () => {
  const plain = changed(newTicketState(ref), { turns: 3 });
  expect(plain.proposal).toBeUndefined();
  expect(asJson(plain)).not.toHaveProperty('proposal');
  expect(decodeState(asJson(plain))).toEqual(plain);
});

test('whatever was changed before, and in whatever order, fields stand in one order: V8 then knows one shape', () => {
  const one = changed(changed(newTicketState(ref), { turns: 1 }), { mode: 'draft' });
  const other = changed(changed(state, { codesSent: undefined }), { proposal: null, stage: 'solved' });
  expect(Object.keys(one)).toEqual(Object.keys(other));
  expect(Object.keys(changedTurn(turnOf(state), { reached: undefined }))).toEqual(
    Object.keys(changedTurn(turnOf(state), { phase: 'acting', abandoned: true })),
  );
});
