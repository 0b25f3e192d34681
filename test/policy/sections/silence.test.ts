/** policy.yaml's `silence`: reminders and the end of a conversation, said once for all rules. */
import { newDialogue } from '../../../src/core/conversation/dialogue';
import type { Plan, PlannedAction } from '../../../src/core/policy/plan';
import { checkPolicy } from '../../../src/policy/check/checkPolicy';
import { diffPolicies } from '../../../src/policy/compare/diff';
import { readFacts } from '../../../src/policy/compare/recordedPlan';
import { redecide } from '../../../src/policy/compare/redecide';
import { evaluate } from '../../../src/policy/decide/evaluate';
import type { Facts } from '../../../src/policy/facts/facts';
import { PolicyError } from '../../../src/policy/load/loadPolicy';
import type { LoadedPolicy } from '../../../src/policy/policy';
import { smallPolicy, withSmallPolicy, type Edits } from '../smallPolicy';

const day = 86_400_000;

const forAll = `
hours: { week: { weekdays: 09:00-17:00 } }
silence:
  after-question:
    - { after: 2 business days, with: still-there }
    - { after: 3 business days, with: closing, then: close }
  after-answer:
    - { after: 5d, with: closing, then: close }
`;

const withSilence = (silence = forAll, rules?: Edits['rules.yaml']): Edits => ({
  'policy.yaml': (text) => `${text}${silence}`,
  'templates/en.yaml': (text) =>
    `${text}still-there: Do you still need us?\nclosing: We close this; just answer and it opens again.\n`,
  'templates/de.yaml': (text) =>
    `${text}still-there: Brauchen Sie uns noch?\nclosing: Wir schließen das; eine Antwort genügt.\n`,
  ...(rules === undefined ? {} : { 'rules.yaml': rules }),
});

const blank = readFacts({ intent: 'order_status', confidence: 0.9 });
function factsOf(change: Partial<Facts> = {}): Facts {
  if (blank === null) throw new Error('facts can be filled up');
  return { ...blank, lookup: { outcome: 'none', number: '', notFound: [] }, ...change };
}
const withOrder = (change: Partial<Facts> = {}): Facts =>
  factsOf({ order: { ...factsOf().order, found: true, number: '48213', status: 'in-transit' }, ...change });

const decide = (policy: LoadedPolicy, ...matters: readonly [Facts, ...Facts[]]): Plan =>
  evaluate(policy, { matters, dialogue: newDialogue });

function followUpsOf(plan: Plan): readonly Extract<PlannedAction, { type: 'follow-up' }>[] {
  return plan.actions.filter((action) => action.type === 'follow-up');
}
const shortly = (plan: Plan): readonly string[] =>
  followUpsOf(plan).map(({ template, language, afterMs, countedIn = 'clock', close }) =>
    [template, language, `${afterMs / day} ${countedIn}`, ...(close ? ['solved'] : [])].join(' '),
  );
const waits = (plan: Plan) => plan.actions.filter(({ type }) => type === 'wait');

async function mistakesIn(edits: Edits): Promise<readonly string[]> {
  try {
    await smallPolicy(edits);
    return [];
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return error.mistakes.map(({ file, line, message }) => `${file}:${line} ${message}`);
  }
}

describe('a policy that says once what silence means', () => {
  test('reminds of a question in business time, and then solves the ticket with words that say so', async () => {
    const plan = decide(await smallPolicy(withSilence()), factsOf());
    expect(shortly(plan)).toEqual(['still-there en 2 business-days', 'closing en 3 business-days solved']);
    expect(followUpsOf(plan)[1]?.text).toBe('We close this; just answer and it opens again.');
    const note = plan.actions.find((action) => action.type === 'note');
    expect(note?.text).toContain('gets "closing" (en), and the ticket is solved.');
  });

  test('treats an answer in its own way, in the language of the reply', async () => {
    const customer = { name: 'Ben', known: true, trusted: true, language: 'de' };
    const plan = decide(await smallPolicy(withSilence()), withOrder({ customer }));
    expect(shortly(plan)).toEqual(['closing de 5 clock solved']);
  });

  test('of an answer and a question in one reply the question counts', async () => {
    const plan = decide(await smallPolicy(withSilence()), withOrder(), factsOf());
    expect(plan.rule).toBe('on-its-way + which-order');
    expect(shortly(plan)[0]).toBe('still-there en 2 business-days');
  });

  test('an aside while a question is open is no end of it: the question counts', async () => {
    const told = withSilence(forAll, (text) => text.replace(/ {8}- order: \{ refund: .*\n/, ''));
    const policy = await smallPolicy(told);
    const { dialogue } = decide(policy, factsOf());
    const aside = evaluate(policy, { matters: [withOrder({ intent: 'refund' })], dialogue });
    expect(aside.dialogue.questions).toHaveLength(1);
    expect(shortly(aside)[0]).toBe('still-there en 2 business-days');
  });

  test.each([
    ['a follow-up', '- follow-up: { after: 1d, with: still-there }', ['still-there en 1 clock']],
    ['a wait', '- wait: 9d', []],
  ])('leaves a rule that has %s of its own to itself', async (_, step, expected) => {
    const edits = withSilence(forAll, (text) =>
      text.replace('        - reply: on-its-way\n', `        - reply: on-its-way\n        ${step}\n`),
    );
    const plan = decide(await smallPolicy(edits), withOrder());
    expect(shortly(plan)).toEqual(expected);
    expect(waits(plan)).toHaveLength(expected.length === 0 ? 1 : 0);
  });

  test.each([
    ['hands over', '- hand-off: { reason: policy }'],
    ['solves the ticket', '- close: true'],
    ['puts the ticket into the queue of the team', '- set-status: open'],
    ['sets it aside', '- set-status: hold'],
  ])('writes nothing where the rule %s', async (_, step) => {
    const edits = withSilence(forAll, (text) =>
      text.replace('        - tag: { add: [answered] }\n', `        ${step}\n`),
    );
    expect(shortly(decide(await smallPolicy(edits), withOrder()))).toEqual([]);
  });

  test('writes nothing after silence: there are no words to follow up on', async () => {
    const edits = withSilence(forAll, (text) =>
      text.replace('        - reply: on-its-way\n', '        - stay-silent: true\n'),
    );
    expect(shortly(decide(await smallPolicy(edits), withOrder()))).toEqual([]);
  });

  test('may speak of one kind alone', async () => {
    const policy = await smallPolicy(
      withSilence(
        'silence: { after-question: [{ after: 2d, with: still-there }, { after: 3d, with: closing, then: close }] }\n',
      ),
    );
    expect(shortly(decide(policy, withOrder()))).toEqual([]);
    expect(shortly(decide(policy, factsOf()))).toHaveLength(2);
  });

  test('a fact that is absent costs the reminder, never the reply; a note tells agents', async () => {
    const edits = withSilence();
    const plan = decide(
      await smallPolicy({
        ...edits,
        'templates/en.yaml': (text) =>
          `${text}still-there: Still about {{ order.number }}?\nclosing: Closed.\n`,
      }),
      factsOf(),
    );
    expect(plan.actions.find((action) => action.type === 'reply')?.text).toBe('Which order is it?');
    expect(shortly(plan)).toEqual([]);
    expect(plan.actions).toContainEqual({
      type: 'note',
      text: expect.stringMatching(
        /^Nothing is written while the customer is silent.*a fact that is absent/,
      ) as string,
    });
  });
});

describe('mistakes in it', () => {
  test.each([
    [
      'an unknown template',
      'silence: { after-answer: [{ after: 2d, with: clossing }] }',
      /"clossing", which does not exist\. Did you mean "closing"\?/,
    ],
    [
      'business time without hours',
      'silence: { after-answer: [{ after: 2 business days, with: closing }] }',
      /waits "2 business days", but policy\.yaml does not say when the team is at work/,
    ],
    [
      'one after the end',
      'silence: { after-answer: [{ after: 2d, with: closing, then: close }, { after: 1d, with: still-there }] }',
      /after the ticket was solved\. Only the last may/,
    ],
    [
      'too many',
      `silence: { after-answer: [${'{ after: 2d, with: closing }, '.repeat(4)}] }`,
      /after-answer/,
    ],
    ['none', 'silence: { after-question: [] }', /after-question/],
    ['nothing said', 'silence: {}', /must have after-question or after-answer/],
    [
      'a time that has passed',
      'silence: { after-answer: [{ after: -2d, with: closing }] }',
      /must be a duration such as/,
    ],
    [
      'no time at all',
      'silence: { after-answer: [{ after: 0 business days, with: closing }] }',
      /from "1 business day"/,
    ],
    ['another word', 'silence: { after-reply: [{ after: 2d, with: closing }] }', /after-reply/],
    [
      'a later end',
      'silence: { after-answer: [{ after: 2d, with: closing, then: solve }] }',
      /then: is "solve", but allowed is.*close/,
    ],
  ])('%s: told where it stands', async (_, silence, mistake) => {
    const mistakes = await mistakesIn(withSilence(`${silence}\n`));
    expect(mistakes.at(-1)).toMatch(/^policy\.yaml:\d+ /);
    expect(mistakes.at(-1)).toMatch(mistake);
  });

  test('policy check: its templates are said, translated, and print what is there', async () => {
    const edits: Edits = {
      ...withSilence(),
      'templates/en.yaml': (text) =>
        `${text}still-there: Still about {{ order.number }}?\nclosing: Closed.\n`,
      'templates/de.yaml': (text) => `${text}closing: Geschlossen.\n`,
    };
    const findings = await withSmallPolicy(edits, async (folder) => {
      const checked = await checkPolicy(folder, { classifierOf: null, groups: null });
      return checked.findings.map(({ severity, kind, message }) => `${severity} ${kind} ${message}`);
    });
    expect(findings).toEqual([
      expect.stringContaining('warning missing-translation "still-there" has no translation for "de"'),
      'warning absent-fact "still-there" prints order.number, which can be absent after a reply of any rule; then nothing is written to who does not answer. Ask first: {% if ... %}',
    ]);
  });
});

describe('versions', () => {
  test('differ in it, and what was decided without it is decided again with it', async () => {
    const without = withSilence('hours: { week: { weekdays: 09:00-17:00 } }\n');
    const [before, after] = [await smallPolicy(without), await smallPolicy(withSilence())];
    expect(diffPolicies(before, after).settings).toEqual([
      {
        part: 'silence',
        before: [],
        after: [
          expect.stringContaining(
            'after-question: [ { after: 2 business days, with: still-there }',
          ) as string,
        ],
      },
    ]);
    const again = redecide(after, decide(before, withOrder()));
    expect(again.type === 'decided' ? again.differences : []).toEqual([
      { aspect: 'silence', before: '-', after: 'closing (en) after 5 days, solved' },
    ]);
  });
});
