/** Recorded tickets that nobody recorded: whatever stands in the place of any value, it is decided or counted. */
import { newDialogue } from '../../../src/core/conversation/dialogue';
import { isObject } from '../../../src/core/isObject';
import type { Plan } from '../../../src/core/policy/plan';
import { replayTickets } from '../../../src/cli/replay/replayTickets';
import { createPolicyProcessor } from '../../../src/policy/processor';
import { smallPolicy } from '../../policy/smallPolicy';
import { inputOf, order, shopOf } from '../../policy/support';

const hostile: readonly unknown[] = [
  null,
  1e308,
  '\u001b[2J',
  [null],
  {},
  '9999-12-31',
  JSON.parse('{"__proto__": {"type": "reply"}, "constructor": 1}'),
];

async function plans(): Promise<readonly Plan[]> {
  const policy = await smallPolicy();
  const asked = { intent: 'order_status', dialogue: newDialogue };
  const known = createPolicyProcessor(policy, shopOf(order({ status: 'late' }), order({ number: '47001' })));
  const { signal } = new AbortController();
  return Promise.all([
    known.consult(inputOf({ ...asked, numbers: ['48213'] }), signal),
    known.consult(inputOf(asked), signal),
    createPolicyProcessor(policy, shopOf()).consult(inputOf(asked), signal),
  ]);
}

/** Every place in it, but what is only told. */
function* placesIn(value: unknown, at: readonly string[] = []): Generator<readonly string[]> {
  if (at[0] === 'trace' || at[0] === 'settings') return;
  if (at.length > 0) yield at;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, part] of Object.entries(value)) yield* placesIn(part, [...at, name]);
}

function withValue(value: unknown, [name, ...further]: readonly string[], put: unknown): unknown {
  if (name === undefined) return put;
  if (Array.isArray(value)) {
    return value.map((part: unknown, index) =>
      String(index) === name ? withValue(part, further, put) : part,
    );
  }
  return isObject(value) ? { ...value, [name]: withValue(value[name], further, put) } : value;
}

async function replayed(tickets: readonly unknown[]): Promise<string> {
  const printed: string[] = [];
  const of = async function* () {
    for (const [index, plan] of tickets.entries()) {
      const ticket = { desk: 'zendesk', account: 'acme', ticketId: String(index) };
      yield await Promise.resolve({ ticket, runId: 'run', decisions: [{ at: 'yesterday', plan }] });
    }
  };
  await replayTickets(
    of(),
    {
      policy: await smallPolicy(),
      words: true,
      json: false,
      print: (text) => printed.push(text),
      progress: () => undefined,
    },
    { load: () => smallPolicy() },
  );
  return printed.join('\n');
}

test('any value in the place of any other: decided again or counted, never a crash', async () => {
  const tickets: unknown[] = [];
  for (const plan of await plans()) {
    const whole: unknown = JSON.parse(JSON.stringify(plan));
    for (const place of placesIn(whole)) {
      for (const put of hostile) tickets.push(withValue(whole, place, put));
    }
  }
  expect(tickets.length).toBeGreaterThan(2_000);
  const said = await replayed(tickets);
  expect(said).toContain(`${tickets.length} tickets with ${tickets.length} messages`);
  expect(said).not.toContain('\u001b');
});

test('a value that is nested a hundred thousand times', async () => {
  const [plan] = await plans();
  const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  const question = { open: true, slot: 'topic', tries: 0, continued: true, answer: '', asked: deep };
  const facts = [{ ...plan?.facts[0], question }];
  expect(await replayed([{ ...plan, facts, questionsBefore: [structuredCopy(deep)] }])).toMatch(
    /^1 ticket with 1 message [^]*1 message could not be decided again: the facts are not what/,
  );
});

/** Another one of the same depth. */
function structuredCopy(deep: unknown): unknown {
  let copy: unknown[] = [];
  for (let inner = deep; Array.isArray(inner) && inner.length > 0; inner = inner[0] as unknown) copy = [copy];
  return copy;
}
