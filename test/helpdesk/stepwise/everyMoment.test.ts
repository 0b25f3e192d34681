/** A desk that depends on nothing it was asked before: whatever breaks and whoever acts, at each moment of an update. */
import { plainUpdate, type TicketUpdate } from '../../../src/core/ticket/update';
import { note, reply } from '../contract/deskUnderTest';
import { DeskInMemory, people, type Lost } from './deskInMemory';

const key = '17/1';
const answer: TicketUpdate = {
  ...reply(`${key}/reply`),
  ...{ status: 'pending', addTags: ['deskhand_answered'], group: 'Billing' },
};
const turn = [answer, note(`${key}/note`)];
const requestsOfATurn = ['ticket', 'comments', 'reply', 'ticket', 'fields', 'comments', 'note'];
const ways: readonly Lost[] = ['before it was carried out', 'after it was carried out'];
const moments = [...requestsOfATurn.keys()];

/** What may be on the ticket once and not twice. */
function expectOnce(desk: DeskInMemory): void {
  for (const suffix of ['reply', 'note', 'reply/met']) {
    expect(desk.written(`${key}/${suffix}`).length).toBeLessThanOrEqual(1);
  }
}

/** Between the last reading of the ticket and the request itself: against that nothing helps. */
const isUnseen = (desk: DeskInMemory, moment: number): boolean =>
  ['fields', 'status times'].includes(desk.requests[moment] ?? '');

const placesOf = (desk: DeskInMemory) =>
  `${desk.requests.join(', ')}; lost: ${[...desk.lost].join(' ')}; acted before: ${[...desk.before.keys()].join(' ')}`;

/** Each moment at which somebody may act, alone and with an answer that is lost at each request. */
async function atEveryMoment(
  act: (desk: DeskInMemory) => void,
  expectAfter: (desk: DeskInMemory, outcome: string, moment: number) => void,
): Promise<void> {
  for (const moment of moments) {
    for (const broken of [null, ...moments.flatMap((at) => ways.map((way) => [at, way] as const))]) {
      const desk = new DeskInMemory();
      desk.before.set(moment, () => act(desk));
      if (broken !== null) desk.lost.set(...broken);
      const outcome = await desk.write(turn, desk.guard);
      try {
        expectOnce(desk);
        expect(desk.setOver).toEqual([]);
        expectAfter(desk, outcome, moment);
      } catch (error) {
        throw new Error(placesOf(desk), { cause: error });
      }
    }
  }
}

test('a turn that nothing stands in the way of is written in seven requests', async () => {
  const desk = new DeskInMemory();
  expect(await desk.write(turn)).toBe('applied');
  expect(desk.requests).toEqual(requestsOfATurn);
  expect(desk.fields).toMatchObject({
    status: 'pending',
    groupId: '12',
    tags: ['vip', 'deskhand_answered'],
  });
});

test('whichever two answers are lost, everything is there in the end, once', async () => {
  for (const first of moments) {
    for (const second of [...moments.keys()].map((more) => first + 1 + more)) {
      for (const [one, other] of ways.flatMap((way) => ways.map((next) => [way, next] as const))) {
        const desk = new DeskInMemory();
        desk.lost.set(first, one).set(second, other);
        expect([await desk.write(turn), placesOf(desk)]).toEqual(['applied', expect.anything()]);
        expectOnce(desk);
        expect(desk.written(`${key}/reply`)).toHaveLength(1);
        expect(desk.written(`${key}/note`)).toHaveLength(1);
        expect([desk.fields, placesOf(desk)]).toEqual([
          expect.objectContaining({ status: 'pending', groupId: '12', tags: ['vip', 'deskhand_answered'] }),
          expect.anything(),
        ]);
      }
    }
  }
});

describe('somebody acts at each moment, whichever answer is lost besides', () => {
  test.each(['solved', 'hold'] as const)('an agent sets it to %s: what was read is kept', (status) =>
    atEveryMoment(
      (desk) => desk.agentSets({ status }),
      (desk, outcome, moment) => {
        const stopped = outcome === 'person-active';
        if (moment === 0) expect(stopped).toBe(true);
        expect(desk.written(`${key}/reply`)).toHaveLength(stopped ? 0 : 1);
        if (desk.requests[moment] !== 'fields') expect(desk.fields.status).toBe(status);
      },
    ),
  );

  test('an agent takes it, and tags it: it stays theirs, and so does the tag', () =>
    atEveryMoment(
      (desk) => desk.agentSets({ assigneeId: people.nora, tags: [...desk.fields.tags, 'seen'] }),
      (desk, outcome, moment) => {
        if (moment === 0) expect(outcome).toBe('person-active');
        expect(desk.fields.assigneeId).toBe(people.nora);
        if (!isUnseen(desk, moment)) expect(desk.fields.tags).toContain('seen');
      },
    ));

  test('an agent gives it to another group: there it stays', () =>
    atEveryMoment(
      (desk) => desk.agentSets({ groupId: '13' }),
      (desk, _outcome, moment) => {
        if (!isUnseen(desk, moment)) expect(desk.fields.groupId).toBe('13');
      },
    ));

  test('an agent writes: nothing is said after them that they are not told of', () =>
    atEveryMoment(
      (desk) => desk.agentWrites(),
      (desk, outcome) => {
        const [said] = desk.written(`${key}/reply`);
        const theirs = desk.comments.find(({ author }) => author === 'agent');
        if (outcome === 'person-active') expect(said).toBeUndefined();
        const isCrossed = said !== undefined && Number(theirs?.id) < Number(said.id);
        expect(desk.written(`${key}/reply/met`)).toHaveLength(isCrossed ? 1 : 0);
      },
    ));

  test('the customer writes after the reply: the ticket is not put aside over their words', () =>
    atEveryMoment(
      (desk) => desk.customerWrites(),
      (desk, outcome, moment) => {
        const [said] = desk.written(`${key}/reply`);
        const last = desk.comments.findLast(({ author }) => author === 'requester');
        if (outcome === 'stale-draft') expect(said).toBeUndefined();
        if (said === undefined || Number(last?.id) < Number(said.id)) return;
        // After the second look they find it open by themselves.
        expect([moment, desk.fields.status]).toEqual([moment, 'open']);
      },
    ));
});

test('a status without a reply is not set over one that an agent has set since the reading', async () => {
  const close = plainUpdate(`${key}/close`, { status: 'solved' });
  for (const moment of [0, 1, 2]) {
    const desk = new DeskInMemory();
    desk.before.set(moment, () => desk.agentSets({ status: 'hold' }));
    expect(await desk.write([close], desk.guard)).toBe('person-active');
    expect(desk.fields.status).toBe('hold');
    expect(desk.requests).not.toContain('fields');
  }
});

test('what must reach people is written whatever they have set', async () => {
  const desk = new DeskInMemory();
  desk.before.set(1, () => desk.agentSets({ status: 'hold' }));
  const handOff = { ...note(`${key}/hand-off`), status: 'open' as const, group: 'Returns' };
  expect(await desk.write([handOff], { kind: 'any' })).toBe('applied');
  expect(desk.written(`${key}/hand-off`)).toHaveLength(1);
  expect(desk.fields.groupId).toBe('13');
});
