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
const kinds = [
  ['in one request', false],
  ['one by one', true],
] as const;
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

/** At which moments it was, where an expectation fails. */
function saying({ requests, lost, before }: DeskInMemory, check: () => void): void {
  try {
    check();
  } catch (error) {
    const moments = `lost: ${[...lost].join(' ')}; acted before: ${[...before.keys()].join(' ')}`;
    throw new Error(`${requests.join(', ')}; ${moments}`, { cause: error });
  }
}

/** Each moment at which somebody may act, alone and with an answer that is lost at each request. */
async function atEveryMoment(
  isOneByOne: boolean,
  act: (desk: DeskInMemory) => void,
  expectAfter: (desk: DeskInMemory, outcome: string, moment: number) => void,
): Promise<void> {
  for (const moment of moments) {
    for (const broken of [null, ...moments.flatMap((at) => ways.map((way) => [at, way] as const))]) {
      const desk = new DeskInMemory(isOneByOne);
      desk.before.set(moment, () => act(desk));
      if (broken !== null) desk.lost.set(...broken);
      const outcome = await desk.write(turn, desk.guard);
      saying(desk, () => {
        expectOnce(desk);
        expect(desk.setOver).toEqual([]);
        expectAfter(desk, outcome, moment);
      });
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

describe.each(kinds)('where fields are set %s', (_how, isOneByOne) => {
  test('whichever two answers are lost, everything is there in the end, once', async () => {
    const assigned = [{ ...answer, assignee: people.nora }, note(`${key}/note`)];
    const wanted = {
      ...{ status: 'pending', groupId: '12', assigneeId: people.nora, priority: null },
      tags: ['vip', 'deskhand_answered'],
    };
    for (const first of [...Array(9).keys()]) {
      for (const second of [...Array(5).keys()].map((more) => first + 1 + more)) {
        for (const [one, other] of ways.flatMap((way) => ways.map((next) => [way, next] as const))) {
          const desk = new DeskInMemory(isOneByOne);
          desk.lost.set(first, one).set(second, other);
          const outcome = await desk.write(assigned);
          saying(desk, () => {
            expect(outcome).toBe('applied');
            expect(desk.fields).toEqual(wanted);
            const times = [`${key}/reply`, `${key}/note`].map((one) => desk.written(one).length);
            expect(times).toEqual([1, 1]);
          });
        }
      }
    }
  });
});

describe.each(kinds)(
  'somebody acts at each moment, whichever answer is lost besides; fields are set %s',
  (_how, isOneByOne) => {
    test.each(['solved', 'hold'] as const)('an agent sets it to %s: what was read is kept', (status) =>
      atEveryMoment(
        isOneByOne,
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
        isOneByOne,
        (desk) => desk.agentSets({ assigneeId: people.nora, tags: [...desk.fields.tags, 'seen'] }),
        (desk, outcome, moment) => {
          if (moment === 0) expect(outcome).toBe('person-active');
          expect(desk.fields.assigneeId).toBe(people.nora);
          if (!isUnseen(desk, moment)) expect(desk.fields.tags).toContain('seen');
        },
      ));

    test('an agent gives it to another group: there it stays', () =>
      atEveryMoment(
        isOneByOne,
        (desk) => desk.agentSets({ groupId: '13' }),
        (desk, _outcome, moment) => {
          if (!isUnseen(desk, moment)) expect(desk.fields.groupId).toBe('13');
        },
      ));

    test('an agent writes: nothing is said after them that they are not told of', () =>
      atEveryMoment(
        isOneByOne,
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
        isOneByOne,
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
  },
);

test.each(kinds)(
  'a desk that gives a ticket to whoever answers has given it to us; set %s',
  async (_how, isOneByOne) => {
    const desk = new DeskInMemory(isOneByOne);
    desk.before.set(requestsOfATurn.lastIndexOf('ticket'), () => desk.agentSets({ assigneeId: people.bot }));
    expect(await desk.write(turn)).toBe('applied');
    expect(desk.fields).toMatchObject({ status: 'pending', groupId: '12' });
  },
);

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
