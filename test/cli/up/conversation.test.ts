/** What the terminal shows: once, in order, with what was understood above the answer. */
import { Conversation } from '../../../src/cli/up/conversation';
import { findDemoTicket, untilAnswered } from '../../../src/cli/up/demo';
import type { DeskPage, DeskTicketRow, ThreadComment } from '../../../src/cli/up/embeddedDesk';
import type { TicketView } from '../../../src/contracts/messages';

const begun = Date.now() - 60 * 60_000;

/** A desk and an engine as far as the terminal sees them: lists that a test writes. */
class Scene {
  readonly rows: DeskTicketRow[] = [];
  readonly threads = new Map<string, ThreadComment[]>();
  readonly views = new Map<string, TicketView>();
  readonly printed: string[] = [];
  private nextComment = 1;
  /** What was asked of desk and engine. */
  asked = 0;

  readonly page: DeskPage = {
    ask: () => Promise.resolve('1'),
    tickets: () => this.answer(this.rows),
    thread: (id) => this.answer(this.threads.get(id) ?? []),
  };
  readonly view = (id: string): Promise<TicketView | null> => this.answer(this.views.get(id) ?? null);
  readonly conversation = new Conversation({
    page: this.page,
    view: this.view,
    print: (line) => this.printed.push(line),
  });

  private answer<T>(value: T): Promise<T> {
    this.asked += 1;
    return Promise.resolve(value);
  }

  write(ticketId: number, author: string, text: string, kind: 'customer' | 'reply' | 'note'): void {
    const row = this.rows.findIndex(({ id }) => id === ticketId);
    if (row >= 0) this.rows.splice(row, 1);
    const comments = this.threads.get(String(ticketId)) ?? [];
    const requester = comments[0]?.author ?? author;
    // As on the desk, in whole seconds; each a little later.
    const at = new Date(begun + this.nextComment * 1_000).toISOString();
    this.rows.unshift({ id: ticketId, subject: 'My order', updatedAt: at, requester });
    const comment = {
      id: this.nextComment++,
      at,
      text,
      author,
      staff: kind !== 'customer',
      public: kind !== 'note',
    };
    this.threads.set(String(ticketId), [...comments, comment]);
  }

  async shown(): Promise<string[]> {
    this.printed.length = 0;
    await this.conversation.update();
    return this.printed.map((line) => line.trim().replaceAll(/ {2,}/g, ' '));
  }
}

function view(change: Partial<TicketView>): TicketView {
  return {
    ref: { desk: 'zendesk', account: 'demo', ticketId: '1' },
    stage: 'waiting-for-customer',
    intent: 'order_status',
    confidence: 0.987,
    rule: 'order-in-transit',
    policyVersion: 'p-1234',
    priority: null,
    turns: 1,
    turnPhase: null,
    question: null,
    approval: null,
    handOff: null,
    nextDeadline: null,
    timeline: [{ at: change.turns ?? 1, kind: 'understood', text: 'order_status (99 %)' }],
    ...change,
  };
}

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
});

it('shows the message, then what was understood, the rule, the reply, the note and what is next', async () => {
  scene.write(1, 'Ana Costa', 'Where is my order?', 'customer');
  expect(await scene.shown()).toEqual(['#1 Ana Costa Where is my order?']);
  scene.write(1, 'Deskhand', 'Hello Ana,\n\nit is on its way.', 'reply');
  scene.write(1, 'Deskhand', 'Rule: order-in-transit', 'note');
  scene.views.set('1', view({ nextDeadline: { at: Date.UTC(2026, 10, 29), reason: 'customer-silence' } }));
  expect(await scene.shown()).toEqual([
    '#1 understood order_status, 99 % sure',
    '#1 rule order-in-transit (policy p-1234)',
    '#1 reply, Deskhand Hello Ana,',
    '',
    'it is on its way.',
    '#1 note, Deskhand Rule: order-in-transit',
    '#1 now waiting for customer; next, at 2026-11-29 00:00 UTC: let the ticket go if the customer stays silent',
  ]);
  expect(await scene.shown()).toEqual([]);
});

it('holds a reply back until the turn has ended and tells what was understood', async () => {
  scene.write(1, 'Ana Costa', 'Where is my order?', 'customer');
  scene.write(1, 'Deskhand', 'Hello Ana', 'reply');
  scene.views.set('1', view({ stage: 'answering', turnPhase: 'acting', rule: null, intent: null }));
  expect(await scene.shown()).toEqual(['#1 Ana Costa Where is my order?']);
  scene.views.set('1', view({}));
  expect((await scene.shown()).slice(0, 3)).toEqual([
    '#1 understood order_status, 99 % sure',
    '#1 rule order-in-transit (policy p-1234)',
    '#1 reply, Deskhand Hello Ana',
  ]);
});

it('says why a person has it', async () => {
  scene.write(1, 'Ana Costa', 'I want a human', 'customer');
  const handOff = {
    reason: 'asked-for-human',
    group: 'Support',
    since: 0,
    level: 0,
    detail: '',
    knownAgentCommentId: null,
  } as const;
  scene.views.set('1', view({ stage: 'handed-off', handOff, intent: null, rule: 'human' }));
  expect((await scene.shown()).at(-1)).toBe('#1 now handed off (asked-for-human)');
});

it('passes over what an earlier run has shown, and shows what comes after', async () => {
  scene.write(1, 'Ana Costa', 'Where is my order?', 'customer');
  scene.write(1, 'Deskhand', 'On its way', 'reply');
  scene.views.set('1', view({}));
  await scene.conversation.passOverExisting();
  expect(await scene.shown()).toEqual([]);
  scene.write(1, 'Ana Costa', 'Thanks!', 'customer');
  expect(await scene.shown()).toEqual(['#1 Ana Costa Thanks!']);
});

it('shows the last message of an earlier run again, with what came of it, when asked to', async () => {
  scene.write(1, 'Ana Costa', 'Hello?', 'customer');
  scene.write(1, 'Deskhand', 'What can we do for you?', 'reply');
  scene.write(1, 'Ana Costa', 'Where is my order?', 'customer');
  scene.write(1, 'Deskhand', 'On its way', 'reply');
  scene.write(2, 'Ben Okafor', 'And mine?', 'customer');
  scene.views.set('1', view({ turns: 2 }));
  await scene.conversation.passOverExisting('1');
  expect(await scene.shown()).toEqual([
    '#1 Ana Costa Where is my order?',
    '#1 understood order_status, 99 % sure',
    '#1 rule order-in-transit (policy p-1234)',
    '#1 reply, Deskhand On its way',
    '#1 now waiting for customer',
  ]);
});

it('shows all of a ticket on which no customer has written, when asked to', async () => {
  scene.write(1, 'Maria', 'Opened by an agent', 'reply');
  scene.views.set('1', view({}));
  await scene.conversation.passOverExisting('1');
  expect((await scene.shown()).at(-2)).toBe('#1 reply, Maria Opened by an agent');
});

it('does not say how sure one is of nothing', async () => {
  scene.write(1, 'Ana Costa', '???', 'customer');
  scene.views.set('1', view({ intent: null, confidence: 0, rule: 'not-understood' }));
  expect((await scene.shown()).slice(1, 3)).toEqual([
    '#1 understood no intent of the policy',
    '#1 rule not-understood (policy p-1234)',
  ]);
});

it('shows the same rule again when another message was answered by it', async () => {
  scene.write(1, 'Ana Costa', 'Where is it?', 'customer');
  scene.views.set('1', view({}));
  await scene.shown();
  scene.write(1, 'Ana Costa', 'And now?', 'customer');
  scene.views.set('1', view({ turns: 2 }));
  expect(await scene.shown()).toEqual([
    '#1 Ana Costa And now?',
    '#1 understood order_status, 99 % sure',
    '#1 rule order-in-transit (policy p-1234)',
  ]);
});

describe('however many tickets there are', () => {
  const many = 300;
  beforeEach(() => {
    for (let id = 1; id <= many; id += 1) scene.write(id, 'Ana Costa', 'Where is my order?', 'customer');
  });

  it('passing over them asks for their list alone, and so does each call while nothing changes', async () => {
    await scene.conversation.passOverExisting();
    expect(scene.asked).toBe(1);
    expect(await scene.shown()).toEqual([]);
    expect(scene.asked).toBe(2);
  });

  it('a call asks for a few, and in the end all are shown', async () => {
    const shown: string[] = [];
    for (let call = 0; call < many / 2; call += 1) {
      scene.asked = 0;
      shown.push(...(await scene.shown()));
      expect(scene.asked).toBeLessThanOrEqual(5);
    }
    expect(shown).toHaveLength(many);
  });

  it('those of which nothing comes are asked about ever less, until they change', async () => {
    await scene.conversation.passOverExisting();
    scene.write(many + 1, 'Ben Okafor', 'And mine?', 'customer');
    expect(await scene.shown()).toEqual([`#${many + 1} Ben Okafor And mine?`]);
    scene.asked = 0;
    const calls = 1_000;
    for (let call = 0; call < calls; call += 1) await scene.shown();
    expect(scene.asked - calls).toBeLessThan(20);
    scene.views.set(String(many + 1), view({ timeline: [] }));
    scene.write(many + 1, 'Deskhand', 'On its way', 'reply');
    expect((await scene.shown()).at(-1)).toBe(`#${many + 1} now waiting for customer`);
  });

  it('what is understood and done on one of them is shown again', async () => {
    await scene.conversation.passOverExisting();
    scene.write(7, 'Ana Costa', 'Hello?', 'customer');
    scene.write(7, 'Deskhand', 'On its way', 'reply');
    scene.views.set('7', view({ timeline: [{ at: begun + 1e9, kind: 'understood', text: 'x' }] }));
    expect(await scene.shown()).toEqual([
      '#7 Ana Costa Hello?',
      '#7 understood order_status, 99 % sure',
      '#7 rule order-in-transit (policy p-1234)',
      '#7 reply, Deskhand On its way',
      '#7 now waiting for customer',
    ]);
  });
});

it('works without colour or cursor tricks', async () => {
  scene.write(1, 'Ana Costa', 'Where is my order?', 'customer');
  await scene.shown();
  expect(scene.printed.some((line) => line.includes(String.fromCharCode(27)))).toBe(false);
});

describe('the demo ticket', () => {
  const found = (): Promise<string | null> => findDemoTicket(scene.page, scene.view);

  it('is found again, the newest first', async () => {
    for (const id of [1, 2]) {
      scene.write(id, 'Ana Costa', 'Where is my order?', 'customer');
      scene.views.set(String(id), view({}));
    }
    expect(await found()).toBe('2');
  });

  it('is none on a new desk', async () => {
    expect(await found()).toBeNull();
  });

  it("is not another customer's", async () => {
    scene.write(1, 'Ben Okafor', 'Where is my order?', 'customer');
    scene.views.set('1', view({}));
    expect(await found()).toBeNull();
  });

  it('is not one that the engine knows nothing of: there is nothing to show', async () => {
    scene.write(1, 'Ana Costa', 'Where is my order?', 'customer');
    expect(await found()).toBeNull();
  });

  const wait = (): Promise<unknown> =>
    untilAnswered({
      page: scene.page,
      view: scene.view,
      ticketId: '1',
      signal: new AbortController().signal,
      withinMs: 300,
    });

  it('is answered when a public reply is there and the engine rests', async () => {
    scene.write(1, 'Deskhand', 'Hello Ana', 'reply');
    scene.views.set('1', view({}));
    expect(await wait()).toEqual({ type: 'answered' });
  });

  it('is not answered by a note: the reason is the hand-off', async () => {
    scene.write(1, 'Deskhand', 'For a person', 'note');
    const handOff = {
      reason: 'low-confidence',
      group: null,
      since: 0,
      level: 0,
      detail: '41 % sure',
      knownAgentCommentId: null,
    } as const;
    scene.views.set('1', view({ stage: 'handed-off', handOff }));
    expect(await wait()).toEqual({
      type: 'not-answered',
      why: 'the ticket is handed off: low-confidence, 41 % sure',
    });
  });

  it.each([
    ['no workflow has the ticket', null],
    ['the engine is classifying', view({ stage: 'answering', turnPhase: 'classifying' })],
  ])('is given up after its time, saying that %s', async (why, state) => {
    if (state !== null) scene.views.set('1', state);
    expect(await wait()).toEqual({ type: 'not-answered', why: `nothing within 0.3 s; ${why}` });
  });
});
