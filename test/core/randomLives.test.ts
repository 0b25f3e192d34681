/**
 * Random lives of a ticket, each the same for its seed: customers, agents, the bot, timers and faults in any order.
 * `DESKHAND_LIVES=20000` lives that many, `DESKHAND_LIVES_FROM=7` begins with that seed.
 */
import { takeOverTag } from '../../src/core/ticket/tags';
import { dayMs, hourMs } from '../../src/core/spans';
import { lifeOf, peoplesTags, sentence, type Happening } from './lives/happenings';
import { Life, type UnderWay } from './lives/life';
import { shorten } from './lives/shorten';

const lives = Number(process.env['DESKHAND_LIVES'] ?? 300);
const from = Number(process.env['DESKHAND_LIVES_FROM'] ?? 1);
const length = 250;

/** @returns what was broken, or null. */
function live(
  story: readonly Happening[],
  seen: (life: Life, what: Happening | string) => void = () => undefined,
): string | null {
  const life = new Life();
  try {
    for (const what of story) {
      life.live(what);
      seen(life, what);
    }
    end(life, seen);
    return null;
  } catch (error) {
    seen(life, 'AND THEN');
    return error instanceof Error ? error.message : String(error);
  }
}

/** Everything is mended. Nobody comes for days; then somebody gives the ticket back to the bot. */
function end(life: Life, seen: (life: Life, what: Happening | string) => void): void {
  const { desk, promises } = life;
  life.live({ type: 'desk-clock', aheadMs: 0 });
  life.live({ type: 'shop', refuses: false, orderChanges: false });
  life.live({ type: 'company-mode', to: 'auto' });
  for (const tag of peoplesTags) {
    life.live({ type: 'tag', tag, isOn: false, told: 'never' });
  }
  life.live({ type: 'rest', ms: 0 });
  life.act(life.newAction('set-mode', { mode: 'auto' }));
  life.live({ type: 'assign', to: null, told: 'at once' });
  life.live({ type: 'poll' });
  life.live({ type: 'rest', ms: 4 * dayMs });
  seen(life, 'THE END: nobody comes');
  promises.checkNobodyForgotten();
  promises.checkDeedsTold();
  if (desk.status === 'closed') return;
  life.live({ type: 'mood', to: 'answers' });
  life.live({ type: 'poll' });
  life.live({ type: 'rest', ms: 2 * hourMs });
  life.act(life.newAction('hand-back'));
  life.live({ type: 'rest', ms: hourMs });
  seen(life, 'THE END: handed back');
  const isPeoples = ['third-party', 'order-action-refused'].includes(life.state.handOff?.reason ?? '');
  if (promises.open().length > 0 && !isPeoples) {
    promises.broken(`handed back, and not answered: ${promises.open().join(', ')} (${life.state.stage})`);
  }
}

/** Shorter stories have other ids. */
function kindOf(why: string | null): string {
  return (why ?? '').replaceAll(/[\d, ]+/g, ' ');
}

function tell(seed: number, story: readonly Happening[]): string {
  const lines: string[] = [];
  let comments = 0;
  const why = live(story, ({ desk, state, now }, what) => {
    const said = desk.comments
      .slice(comments)
      .map(
        ({ id, author, public: shown, text }) =>
          `\n        ${id} ${author}${shown ? '' : ' (note)'}: ${text ?? ''}`,
      );
    comments = desk.comments.length;
    const { stage, turn, deadline, steps } = state;
    const waits = deadline === null ? '' : `, ${deadline.reason} in ${deadline.at - now} ms`;
    const phase = turn === null ? '' : `, turn ${turn.number} ${turn.phase}`;
    const step = steps[0] === undefined ? '' : `, step ${steps[0].step.type}`;
    lines.push(
      `  ${typeof what === 'string' ? what : sentence(what)}\n      -> ${stage}${phase}${step}${waits}${said.join('')}`,
    );
  });
  return [`seed ${seed}, ${story.length} happenings: ${why ?? 'nothing is broken'}`, ...lines].join('\n');
}

it(`${lives} random lives break no promise`, () => {
  const broken = new Map<string, string>();
  let largest = 0;
  for (let seed = from; seed < from + lives; seed += 1) {
    const story = lifeOf(seed, length);
    const why = live(story, ({ promises }) => {
      largest = Math.max(largest, promises.largestStateBytes);
    });
    if (why === null || broken.has(kindOf(why))) continue;
    broken.set(
      kindOf(why),
      tell(
        seed,
        shorten(story, (shorter) => kindOf(live(shorter)) === kindOf(why)),
      ),
    );
  }
  expect([...broken.values()].join('\n\n')).toBe('');
  expect(largest).toBeLessThan(40_000);
}, 3_600_000);

describe('what judges them finds fault', () => {
  /** The bot is about to answer; the step is kept, to be carried out when it no longer may be. */
  function aboutToReply(): { readonly life: Life; readonly reply: UnderWay } {
    const life = new Life();
    life.live({ type: 'customer', says: 'where is it', as: 'requester', told: 'at once' });
    for (let steps = 0; steps < 10; steps += 1) {
      const { under } = life;
      if (under?.step.type === 'update-ticket') return { life, reply: under };
      if (under === null) life.live({ type: 'deadline' });
      life.live({ type: 'work', fate: { type: 'done' } });
      life.live({ type: 'answer' });
    }
    throw new Error('the bot does not answer');
  }

  function saysAgain(life: Life, { step, ...under }: UnderWay): void {
    if (step.type !== 'update-ticket') throw new Error('no reply');
    const updates = step.updates.map((update) => ({ ...update, key: `${update.key}-again` }));
    life.desk.apply(updates, { kind: 'any' });
    life.promises.written({ ...under, step, stepId: 'another' }, updates);
  }

  it.each([
    ['the bot spoke after a take-over', (life: Life) => life.act(life.newAction('take-over'))],
    [
      'the bot spoke after a take-over by tag',
      (life: Life) => life.live({ type: 'tag', tag: takeOverTag, isOn: true, told: 'never' }),
    ],
    [
      'an answer of an agent is followed by words that were made before it',
      (life: Life) => void life.desk.agentWrites('hello'),
    ],
    [
      'a message is followed by words that were made before it',
      (life: Life) => void life.desk.writes('and?', 'requester'),
    ],
    [
      'the bot spoke although an agent is assigned',
      (life: Life) => life.live({ type: 'assign', to: 'nora', told: 'never' }),
    ],
    [
      'words made for r-1 went to r-2',
      (life: Life) => life.live({ type: 'requester', to: 'r-2', told: 'never' }),
    ],
    ['the bot spoke twice with nobody in between', () => undefined],
  ])('%s', (why, happen) => {
    const { life, reply } = aboutToReply();
    life.live({ type: 'work', fate: { type: 'done' } });
    life.live({ type: 'answer' });
    happen(life);
    expect(() => saysAgain(life, reply)).toThrow(why);
  });

  it.each([
    ['who had just come', (life: Life) => life.live({ type: 'assign', to: 'nora', told: 'never' })],
    ['for whom nobody has waited', () => undefined],
  ])('the bot spoke in place of people %s', (who, happen) => {
    const { life, reply } = aboutToReply();
    life.live({ type: 'work', fate: { type: 'done' } });
    life.live({ type: 'answer' });
    happen(life);
    const turn = reply.turn === null ? null : ({ ...reply.turn, cause: 'team-silence' } as const);
    expect(() => saysAgain(life, { ...reply, turn })).toThrow(`in place of people ${who}`);
  });

  it('a message that nobody answers and nobody is called for', () => {
    const { life } = aboutToReply();
    life.live({ type: 'rest', ms: hourMs });
    life.desk.writes('and?', 'requester');
    expect(() => life.promises.checkNobodyForgotten()).toThrow('nobody is called for');
  });

  it('an open ticket that nobody owes anything', () => {
    const { life } = aboutToReply();
    life.live({ type: 'rest', ms: hourMs });
    life.state = { ...life.state, deadline: null };
    expect(() => life.promises.check()).toThrow('nobody owes the next step');
  });

  it('and the story is told in no more happenings than it takes', () => {
    const story = Array.from({ length: 200 }, (_, index) => index);
    const fails = (shorter: readonly number[]) => shorter.includes(31) && shorter.includes(140);
    expect(shorten(story, fails)).toEqual([31, 140]);
  });
});
