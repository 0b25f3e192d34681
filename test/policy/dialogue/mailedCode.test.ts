/** Identity by a code sent to the order's address: what it opens, for how long, and that nobody learns of an order. */
import path from 'node:path';
import fc from 'fast-check';
import { createEmbeddedClassifier } from '../../../src/classify/embedded/embeddedClassifier';
import type { ClassifyInput } from '../../../src/classify/port';
import { codesAtMost } from '../../../src/core/orders/mailedCode';
import { newDialogue } from '../../../src/core/conversation/dialogue';
import type { Classification } from '../../../src/core/conversation/understanding';
import { createMailedCodes } from '../../../src/mail/mailedCodes';
import { checkPolicy } from '../../../src/policy/check/checkPolicy';
import { codeCheck } from '../../../src/policy/lookUp/checkCode';
import { loadPolicy } from '../../../src/policy/load/loadPolicy';
import { createPolicyProcessor } from '../../../src/policy/processor';
import { Conversation } from '../../../src/scenarios/conversation';
import { happeningsOf } from '../../../src/scenarios/happenings';
import type { GivenContent } from '../../../src/scenarios/schema';
import { cacheFolder } from '../../support/testRun';
import { demo, inputOf, mistakesOf, order, shopOf, withPolicy } from '../support';

const carlas = {
  number: '50926',
  status: 'processing',
  email: 'carla@mail.example',
  'postal-code': 2100,
} as const;
const cancel = 'Please cancel order 50926, the postal code is 2100';

let classify: (input: ClassifyInput) => Promise<Classification>;
beforeAll(async () => {
  const { intents } = await demo();
  const cacheFile = path.join(cacheFolder, 'embeddings.json');
  const classifier = await createEmbeddedClassifier(intents, { cacheFile });
  const known = new Map<string, Promise<Classification>>();
  classify = (input) => {
    const { words, question } = input;
    const asked =
      question === null ? null : [question.kind, question.slot, question.intent, question.choices];
    const key = JSON.stringify([words, asked]);
    const classified = known.get(key) ?? classifier.classify(input);
    known.set(key, classified);
    return classified;
  };
}, 120_000);

async function conversation(given: GivenContent = {}): Promise<Conversation> {
  return new Conversation({ policy: await demo(), classify }, { orders: [carlas], ...given });
}

const mailsOf = ({ happenings }: Conversation) => happeningsOf(happenings, 'mailed');
const plansOf = ({ happenings }: Conversation) => happeningsOf(happenings, 'decided').map(({ plan }) => plan);
const codeIn = (text: string | undefined): string => /^\d{6}$/m.exec(text ?? '')?.[0] ?? '';

test('a scenario without a mail server: the rule that asks for a code does not apply, and a person decides', async () => {
  const carla = await conversation({ mail: 'none' });
  await carla.customerSays([cancel]);
  expect(mailsOf(carla)).toHaveLength(0);
  const [plan] = plansOf(carla);
  expect(plan?.dialogue.questions.map(({ slot }) => slot)).not.toContain('mailed-code');
  expect(plan?.trace).toContainEqual(
    expect.objectContaining({ matched: false, why: expect.stringMatching(/no mail server/) as string }),
  );
});

describe('the code', () => {
  test('opens the order for the rest of the conversation, and is kept and repeated nowhere', async () => {
    const ana = await conversation();
    await ana.customerSays([cancel]);
    const code = codeIn(mailsOf(ana)[0]?.text);
    expect(code).toMatch(/^\d{6}$/);
    await ana.customerSays(['Sorry for the wait. It is {code}, I hope']);
    expect(plansOf(ana).at(-1)?.facts[0]).toMatchObject({
      identity: { proof: 'mailed-code', mismatches: 0 },
    });
    await ana.pass(24 * 3_600_000, 'a day');
    await ana.customerSays(['Yes please']);
    expect(happeningsOf(ana.happenings, 'acted-on-order').map(({ action }) => action)).toEqual([
      { type: 'cancel', order: '50926' },
    ]);
    const { state } = ana.ticket;
    expect(state.dialogue.proven).toEqual(['50926']);
    const ours = JSON.stringify([
      plansOf(ana),
      state.dialogue,
      state.codesSent,
      state.timeline,
      state.decision,
      ana.desk.comments.filter(({ author }) => author === 'bot'),
    ]);
    expect(ours).not.toContain(code);
    expect(ours).not.toContain('carla');
    expect(JSON.stringify(plansOf(ana)[1]?.facts)).toContain('sorry for the wait. it is [code], i hope');
  });

  test('counts as long as the policy says, and not a moment longer', () => {
    const codes = createMailedCodes('a secret of thirty-two characters');
    const sent = { key: 'k', order: '#50926', at: 1_000 };
    const input = {
      dialogue: newDialogue,
      codesSent: [sent],
      ref: { desk: 'd', account: 'a', ticketId: '1' },
    };
    const its = order({ number: '50926', customerEmail: 'carla@mail.example' });
    const code = codes.codeFor({ key: 'k', ticketId: '1', order: '#50926', email: 'carla@mail.example' });
    const opens = (now: number, change = {}, typed = code) =>
      codeCheck({ ...input, now, ...change }, typed, codes, 60_000)(its, '50926');
    expect([opens(1_000), opens(60_999), opens(61_000)]).toEqual([true, true, false]);
    expect(opens(2_000, {}, '')).toBe(false);
    expect(opens(2_000, { codesSent: [] })).toBe(false);
    expect(opens(2_000, { codesSent: [{ ...sent, order: '50927' }] })).toBe(false);
    expect(opens(2_000, { ref: { desk: 'd', account: 'a', ticketId: '2' } })).toBe(false);
    expect(opens(2_000, { dialogue: { ...newDialogue, mismatches: 10 } })).toBe(false);
    // A mailbox that is the order's no longer.
    expect(
      codeCheck(
        { ...input, now: 2_000 },
        code,
        codes,
        60_000,
      )({ ...its, customerEmail: 'x@y.example' }, '50926'),
    ).toBe(false);
    // Proven before: that order, and none that is spelled alike.
    const proven = (number: string) =>
      codeCheck(
        { ...input, now: 2_000, dialogue: { ...newDialogue, proven: [number] } },
        '',
        codes,
        60_000,
      )(its, '50926');
    expect([proven('#50926'), proven('5-0926')]).toEqual([true, false]);
    // A worker that mails no codes takes none.
    expect(codeCheck({ ...input, now: 2_000 }, code, null, 60_000)(its, '50926')).toBe(false);
  });

  test('of the mail before is none any more', async () => {
    const ana = await conversation();
    await ana.customerSays([cancel]);
    await ana.customerSays(['It did not come']);
    const [first, second] = mailsOf(ana).map(({ text }) => codeIn(text));
    expect(second).not.toBe(first);
    await ana.customerSays([first ?? '']);
    expect(plansOf(ana).at(-1)?.facts[0]).toMatchObject({ identity: { proof: 'postal-code' } });
  });

  test('is not asked for where the address proves more', async () => {
    const carla = await conversation({ customer: { email: 'carla@mail.example' } });
    await carla.customerSays([cancel]);
    expect(mailsOf(carla)).toEqual([]);
    expect(plansOf(carla).at(-1)?.rule).toBe('cancel-now');
  });
});

describe('a wrong code', () => {
  test('is counted, asked for again, and ends at a person; nobody gets to guess more often', async () => {
    const eve = await conversation();
    await eve.customerSays([cancel]);
    const counts: number[] = [];
    for (let guess = 0; guess < 8; guess += 1) {
      await eve.customerSays(['{wrong code}']);
      counts.push(eve.ticket.state.dialogue.mismatches);
    }
    expect(counts.slice(0, 2)).toEqual([1, 2]);
    expect(Math.max(...counts)).toBeLessThanOrEqual(3);
    expect(mailsOf(eve)).toHaveLength(2);
    expect(eve.ticket.state.stage).toBe('handed-off');
    expect(happeningsOf(eve.happenings, 'acted-on-order')).toEqual([]);
  });

  test('two at once are none: nobody tries several', async () => {
    const eve = await conversation();
    await eve.customerSays([cancel]);
    await eve.customerSays(['{wrong code} or {code}']);
    expect(plansOf(eve).at(-1)?.facts[0]).toMatchObject({
      identity: { proof: 'postal-code', mismatches: 0 },
      lookup: { notFound: [] },
    });
  });
});

describe("somebody else's order", () => {
  const words = [
    'Where is my order 50926?',
    'It is 50926, I am sure',
    'I do not know it any more',
    'Please cancel order 50926',
    'Please change the address of order 50926',
    'postal code 9999',
    '135790',
    'The code is 246801',
    '135790 or 246801',
    'No mail has come',
    'Why do you need that?',
    'yes please',
    'never mind',
    'How long does delivery take?',
    'thanks',
  ];
  const senders: readonly NonNullable<GivenContent['customer']>[] = [{}, { trusted: false }];

  /** All that could tell: words, notes, tags, timing, state and facts; not who got a mail. */
  async function seen(said: readonly string[], given: GivenContent): Promise<unknown> {
    const talk = await conversation(given);
    for (const message of said) {
      await talk.customerSays([message]);
      await talk.pass(600_000, '10 minutes');
    }
    const { desk, ticket, happenings } = talk;
    const rest = happenings.filter(({ type }) => type !== 'mailed');
    return {
      rest,
      state: ticket.state,
      now: ticket.now,
      comments: desk.comments,
      tags: desk.tags,
      status: desk.status,
    };
  }

  test('is to the byte an order that nobody has, whatever is said', async () => {
    const mailed: number[] = [];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...senders),
        async (said, customer) => {
          const theirs = await seen(said, { customer });
          const nobodys = await seen(said, { customer, orders: [] });
          expect(JSON.stringify(theirs)).toBe(JSON.stringify(nobodys));
          const { codesSent = [] } = (theirs as { state: { codesSent?: readonly unknown[] } }).state;
          expect(codesSent.length).toBeLessThanOrEqual(codesAtMost);
          mailed.push(codesSent.length);
        },
      ),
      {
        numRuns: 30,
        examples: [
          [
            ['It is 50926, I am sure', 'I do not know it any more', 'I do not know it any more'],
            { trusted: false },
          ],
        ],
      },
    );
    // Else it would have proven nothing.
    expect(Math.max(...mailed)).toBeGreaterThan(0);
  });
});

describe('a policy that mails codes', () => {
  test('and does not take them as proof asks for none: what comes behind decides', async () => {
    const change = { 'policy.yaml': (text: string) => text.replace(', mailed-code]', ']') };
    await withPolicy(change, async (folder) => {
      const policy = await loadPolicy(folder);
      const ana = new Conversation({ policy, classify }, { orders: [carlas] });
      await ana.customerSays([cancel]);
      expect(mailsOf(ana)).toEqual([]);
      expect(plansOf(ana).at(-1)?.rule).toBe('cancel-by-person');
      const { findings } = await checkPolicy(folder, { classifierOf: null, groups: null });
      const said = findings.filter(({ kind }) => kind === 'proof-not-taken').map(({ message }) => message);
      expect(said).toHaveLength(3);
      expect(said[0]).toContain('Add mailed-code to identity.proofs, or remove the rule');
    });
  });

  test('and has no mail server asks for none either, and says why', async () => {
    const dialogue = {
      ...newDialogue,
      slots: { 'postal-code': { value: '2100', from: 'said', commentId: '1' } as const },
    };
    const said = {
      text: cancel,
      intent: 'cancel_order',
      numbers: ['50926'],
      trusted: false,
      dialogue,
    } as const;
    const asked = async (beside: Parameters<typeof createPolicyProcessor>[2]) => {
      const shop = shopOf(
        order({ number: '50926', status: 'processing', shipments: [], postalCode: '2100' }),
      );
      const processor = createPolicyProcessor(await demo(), shop, beside);
      return processor.consult(inputOf(said), new AbortController().signal);
    };
    expect((await asked({ codes: createMailedCodes('secret') })).rule).toBe('cancel-asks-for-code');
    const plan = await asked({});
    expect([plan.rule, plan.actions.map(({ type }) => type)]).toEqual([
      'cancel-by-person',
      expect.arrayContaining(['hand-off']),
    ]);
    expect(plan.trace.find(({ rule }) => rule === 'cancel-asks-for-code')?.why).toBe(
      'it asks for a mailed code, and no mail server is set',
    );
  });

  test('must have the mail, which prints the code', async () => {
    const without = (name: string) => (text: string) => text.replace(new RegExp(`^${name}:`, 'm'), 'other:');
    expect(await mistakesOf({ 'templates/en.yaml': without('code-mail-subject') })).toContainEqual(
      expect.stringContaining('lacks "code-mail-subject", which mails the code'),
    );
    expect(
      await mistakesOf({ 'templates/en.yaml': (text) => text.replace('{{ code }}', 'no code') }),
    ).toEqual([expect.stringContaining('mails a code and does not print it. Write {{ code }}')]);
  });

  test.each([
    ['{{ order.number }}', 'prints "order", which is no fact'],
    ['{{ customer.name }}', 'prints "customer", which is no fact'],
  ])('says nothing of an order or a customer in it: %s', async (print, words) => {
    const mistakes = await mistakesOf({
      'templates/de.yaml': (text) => text.replace('{{ code }}', `{{ code }} ${print}`),
    });
    expect(mistakes).toEqual([expect.stringContaining(words)]);
  });

  test('does not print the code to whoever asks', async () => {
    const mistakes = await mistakesOf({
      'templates/en.yaml': (text) => text.replace('If there is an order', '{{ code }} If there is an order'),
    });
    expect(mistakes).toEqual([expect.stringContaining('prints "code", which is no fact')]);
  });

  test.each(['2d', '0ms', '59s'])('does not let a code count for %s', async (valid) => {
    const mistakes = await mistakesOf({
      'policy.yaml': (text) => text.replace('code-valid: 30m', `code-valid: ${valid}`),
    });
    expect(mistakes).toEqual([expect.stringContaining('must be from "1m" to "1d"')]);
  });
});
