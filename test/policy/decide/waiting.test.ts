/** `wait`, `follow-up` and `set-field` in a rule: what they come to, what makes no sense, what a check finds. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { CustomField } from '../../../src/core/ticket/customField';
import type { Plan, PlannedAction } from '../../../src/core/policy/plan';
import { checkPolicy } from '../../../src/policy/check/checkPolicy';
import { diffPolicies } from '../../../src/policy/compare/diff';
import { evaluate } from '../../../src/policy/decide/evaluate';
import { loadPolicy, PolicyError } from '../../../src/policy/load/loadPolicy';
import type { LoadedPolicy } from '../../../src/policy/policy';
import { readFacts } from '../../../src/policy/compare/recordedPlan';
import { redecide } from '../../../src/policy/compare/redecide';
import type { Facts } from '../../../src/policy/facts/facts';
import { newDialogue } from '../../../src/core/conversation/dialogue';
import { smallPolicy, withSmallPolicy, writeSmallPolicy, type Edits } from '../smallPolicy';

const hour = 3_600_000;
const day = 24 * hour;

const templates: Edits = {
  'templates/en.yaml': (text) =>
    `${text}still-there: Do you still need us?\nclosing: We close this; just answer and it opens again.\ngreeting: Hello,\nsign-off: Your Bean Club\nsure: Shall I?\nall-right: Nothing was done.\n`,
  'templates/de.yaml': (text) =>
    `${text}still-there: Brauchen Sie uns noch?\nclosing: Wir schließen das; eine Antwort genügt.\ngreeting: Guten Tag,\nsign-off: Ihr Bean Club\nsure: Soll ich?\nall-right: Nichts wurde getan.\n`,
};

/** In place of what order_status does when no order is known. */
const asking = (steps: string): Edits => ({
  ...templates,
  'rules.yaml': (text) =>
    text.replace('        - ask: { for: order-number, with: which-order, at-most: 2 }\n', indented(steps)),
});
/** In place of what it does when one is on its way. */
const telling = (steps: string): Edits => ({
  ...templates,
  'rules.yaml': (text) =>
    text.replace('        - reply: on-its-way\n        - tag: { add: [answered] }\n', indented(steps)),
});
const indented = (steps: string) => `${steps.trim()}\n`.replace(/^/gm, '        ').trimEnd().concat('\n');

/** Of a policy that is as small as this. */
const unknown = readFacts({ intent: 'order_status', confidence: 0.9 });
function factsOf(change: Partial<Facts> = {}): Facts {
  if (unknown === null) throw new Error('facts can be filled up');
  return { ...unknown, lookup: { outcome: 'none', number: '', notFound: [] }, ...change };
}
const withOrder = (): Facts => {
  const facts = factsOf();
  const order = {
    ...facts.order,
    found: true,
    number: '48213',
    status: 'in-transit',
    can: ['refund' as const],
    refundable: 900,
    currency: 'EUR',
  };
  return {
    ...facts,
    order: order,
    lookup: { outcome: 'found', number: '48213', notFound: [] },
  };
};
const decide = (policy: LoadedPolicy, ...matters: readonly [Facts, ...Facts[]]): Plan =>
  evaluate(policy, { matters, dialogue: newDialogue });

function ofType<Type extends PlannedAction['type']>(plan: Plan, type: Type) {
  return plan.actions.filter(
    (action): action is Extract<PlannedAction, { type: Type }> => action.type === type,
  );
}

async function mistakesIn(edits: Edits): Promise<readonly string[]> {
  try {
    await smallPolicy(edits);
    return [];
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return error.mistakes.map(({ file, line, message }) => `${file}:${line} ${message}`);
  }
}

describe('what a rule wants while the customer is silent', () => {
  const reminded = asking(`
- follow-up: { after: 2d, with: still-there }
- follow-up: { after: 36h, with: closing, then: close }
- wait: 10d
- ask: { for: order-number, with: which-order, at-most: 2 }`);

  test('is planned with the question, in whole replies of the customer’s language', async () => {
    const facts = factsOf();
    const plan = decide(await smallPolicy(reminded), {
      ...facts,
      customer: { ...facts.customer, language: 'de' },
    });
    expect(ofType(plan, 'follow-up')).toEqual([
      {
        type: 'follow-up',
        afterMs: 2 * day,
        text: 'Guten Tag,\n\nBrauchen Sie uns noch?\n\nIhr Bean Club',
        html: '<p>Guten Tag,</p><p>Brauchen Sie uns noch?</p><p>Ihr Bean Club</p>',
        template: 'still-there',
        language: 'de',
        close: false,
      },
      expect.objectContaining({ afterMs: 36 * hour, template: 'closing', close: true }),
    ]);
    expect(ofType(plan, 'wait')).toEqual([{ type: 'wait', ms: 10 * day }]);
    const [note] = ofType(plan, 'note');
    expect(note?.text).toContain('After 2 days without an answer the customer gets "still-there" (de).');
    expect(note?.text).toContain('gets "closing" (de), and the ticket is solved.');
  });

  test('belongs to the words behind it: when the question is passed over, so is its follow-up', async () => {
    const policy = await smallPolicy(
      telling(`
- follow-up: { after: 2d, with: still-there }
- wait: 1d
- ask: { for: order-number, with: which-order, at-most: 2 }
- reply: on-its-way`),
    );
    const plan = decide(policy, withOrder());
    expect(ofType(plan, 'reply')[0]?.template).toBe('on-its-way');
    expect([...ofType(plan, 'follow-up'), ...ofType(plan, 'wait')]).toEqual([]);
  });

  test('of a proposal is not that of what is said after the yes or the no', async () => {
    const policy = await smallPolicy(
      telling(`
- follow-up: { after: 2d, with: still-there }
- confirm: { with: sure, declined: all-right, at-most: 2 }
- order: { refund: { what: whole, at-most: { EUR: 5000 } } }
- reply: refunded`),
    );
    const proposed = decide(policy, withOrder());
    expect(ofType(proposed, 'follow-up')).toHaveLength(1);
    const asked = proposed.dialogue.questions.at(-1);
    if (asked === undefined) throw new Error('it asks');
    for (const answer of ['yes', 'no'] as const) {
      const facts = withOrder();
      const question = {
        ...facts.question,
        open: true,
        slot: 'confirmation',
        continued: true,
        answer,
        asked,
      };
      const plan = evaluate(policy, { matters: [{ ...facts, question }], dialogue: proposed.dialogue });
      expect(ofType(plan, 'reply')[0]?.template).toBe(answer === 'yes' ? 'refunded' : 'all-right');
      expect(ofType(plan, 'follow-up')).toEqual([]);
    }
  });

  test('behind a reply belongs to the reply', async () => {
    const policy = await smallPolicy(
      telling('- reply: on-its-way\n- follow-up: { after: 7d, with: still-there }'),
    );
    expect(ofType(decide(policy, withOrder()), 'follow-up')).toHaveLength(1);
  });

  test('is dropped where another matter of the message is given to a person, and the longest wait counts', async () => {
    const policy = await smallPolicy({
      ...templates,
      'rules.yaml': (text) =>
        text
          .replace(
            '        - reply: on-its-way\n',
            '        - reply: on-its-way\n        - wait: 2d\n        - follow-up: { after: 2d, with: still-there }\n',
          )
          .replace(
            '        - reply: refunded\n',
            '        - reply: refunded\n        - wait: 5d\n        - follow-up: { after: 1d, with: closing }\n',
          ),
    });
    const both = decide(policy, withOrder(), { ...withOrder(), intent: 'refund' });
    expect(ofType(both, 'wait')).toEqual([{ type: 'wait', ms: 5 * day }]);
    expect(ofType(both, 'follow-up').map(({ template }) => template)).toEqual(['still-there']);
    const handed = decide(policy, withOrder(), { ...factsOf(), intent: 'refund' });
    expect(ofType(handed, 'hand-off')).toHaveLength(1);
    expect([...ofType(handed, 'follow-up'), ...ofType(handed, 'wait')]).toEqual([]);
  });

  test.each([
    [
      'no words',
      '- follow-up: { after: 2d, with: still-there }\n- tag: { add: [x] }',
      /follows up on nothing/,
    ],
    [
      'no words but before',
      '- ask: { for: topic, with: which-order, at-most: 1 }\n- follow-up: { after: 2d, with: still-there }',
      /follows up on nothing\. Put "follow-up" before/,
    ],
    [
      'a hand-off',
      '- reply: hand-off\n- follow-up: { after: 2d, with: still-there }\n- hand-off: { reason: policy }',
      /hands the ticket over or solves it\. Remove "follow-up"/,
    ],
    [
      'a solved ticket',
      '- reply: hand-off\n- close: true\n- follow-up: { after: 2d, with: still-there }',
      /hands the ticket over or solves it/,
    ],
    [
      'a wait with a hand-off',
      '- wait: 2d\n- reply: hand-off\n- hand-off: { reason: policy }',
      /waits for the customer, and the rule hands/,
    ],
    [
      'a wait with a solved ticket',
      '- stay-silent: true\n- set-status: solved\n- wait: 2d',
      /waits for the customer, and the rule hands/,
    ],
    ['two waits', '- wait: 2d\n- wait: 3d\n- reply: hand-off', /waits a second time/],
    [
      'one after the last',
      '- follow-up: { after: 2d, with: closing, then: close }\n- follow-up: { after: 2d, with: still-there }\n- reply: hand-off',
      /after the ticket was solved/,
    ],
    [
      'too many',
      `${'- follow-up: { after: 2d, with: still-there }\n'.repeat(4)}- reply: hand-off`,
      /followed up 4 times\. At most 3/,
    ],
    [
      'an unknown template',
      '- follow-up: { after: 2d, with: stil-there }\n- reply: hand-off',
      /"stil-there".*Did you mean "still-there"/,
    ],
    ['no time', '- follow-up: { with: still-there }\n- reply: hand-off', /after: is missing/],
    [
      'another end',
      '- follow-up: { after: 2d, with: still-there, then: open }\n- reply: hand-off',
      /then: is "open", but allowed is.*close/,
    ],
    ['a moment', '- wait: 5s\n- reply: hand-off', /must be from "1m" to "365d"/],
    ['ten years', '- wait: 3650d\n- reply: hand-off', /must be from "1m" to "365d"/],
    ['words for a time', '- wait: two days\n- reply: hand-off', /must be a duration/],
    ['no field', '- set-field: {}\n- reply: hand-off', /must name at least one field/],
    [
      'a list for a value',
      '- set-field: { Order: [1] }\n- reply: hand-off',
      /Order: is a list, but it must be text/,
    ],
    [
      'an unknown fact',
      '- set-field: { Order: "{{ order.nmber }}" }\n- reply: hand-off',
      /order\.nmber.*Did you mean "number"/,
    ],
    [
      'the customer’s words',
      '- set-field: { Order: "{{ message.text }}" }\n- reply: hand-off',
      /never said back/,
    ],
  ])('%s: told with its mend, where it stands', async (_, steps, mistake) => {
    const mistakes = await mistakesIn(asking(steps));
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatch(/^rules\.yaml:(2[6-9]|3[01]) /);
    expect(mistakes[0]).toMatch(mistake);
  });

  test('asking first and handing over in the end is no mistake', async () => {
    const steps = `
- follow-up: { after: 2d, with: still-there }
- wait: 5d
- ask: { for: order-number, with: which-order, at-most: 2 }
- reply: hand-off
- hand-off: { reason: policy }`;
    expect(await mistakesIn(asking(steps))).toEqual([]);
  });
});

describe('fields', () => {
  const set = (fields: string, more = '- reply: on-its-way') => telling(`${more}\n- set-field: ${fields}`);
  const valuesOf = (plan: Plan) => ofType(plan, 'set-field').map(({ field, value }) => [field, value]);

  test('have what was written, with facts in it', async () => {
    const policy = await smallPolicy(
      set('{ Order number: "{{ order.number }}", Pieces: 2, Faulty: true, Reason: late }'),
    );
    expect(valuesOf(decide(policy, withOrder()))).toEqual([
      ['Order number', '48213'],
      ['Pieces', 2],
      ['Faulty', true],
      ['Reason', 'late'],
    ]);
  });

  test('an empty text leaves the field as it is', async () => {
    const policy = await smallPolicy(
      set('{ Until: "{% if order.expectedOn %}{{ order.expectedOn }}{% endif %}" }'),
    );
    expect(valuesOf(decide(policy, withOrder()))).toEqual([]);
  });

  test('a fact that is absent sets nothing and says nothing: a person takes over', async () => {
    const policy = await smallPolicy(set('{ Until: "{{ order.expectedOn }}" }'));
    const plan = decide(policy, withOrder());
    expect(ofType(plan, 'hand-off')[0]?.reason).toBe('failure');
    expect(valuesOf(plan)).toEqual([]);
  });

  test('what customers told is data there, too', async () => {
    const policy = await smallPolicy(set('{ Address: "{{ said.address }}" }'));
    const facts = withOrder();
    const address = '{{ shop.name }}<b>1</b>';
    expect(valuesOf(decide(policy, { ...facts, said: { ...facts.said, address } }))).toEqual([
      ['Address', address],
    ]);
  });

  test('are set in silence', async () => {
    const policy = await smallPolicy(set('{ Faulty: false }', '- stay-silent: true'));
    const plan = decide(policy, withOrder());
    expect(valuesOf(plan)).toEqual([['Faulty', false]]);
    expect(ofType(plan, 'reply')).toEqual([]);
  });
});

describe('policy check', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-waiting-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const fields: readonly CustomField[] = [
    { id: '11', name: 'Order number', kind: 'text', options: [] },
    { id: '12', name: 'Pieces', kind: 'whole-number', options: [] },
    { id: '13', name: 'Reason', kind: 'choice', options: [{ tag: 'reason_late', name: 'Late' }] },
  ];

  async function found(edits: Edits, known?: readonly CustomField[]): Promise<readonly string[]> {
    await writeSmallPolicy(folder, edits);
    const { findings } = await checkPolicy(folder, {
      classifierOf: null,
      groups: null,
      ...(known === undefined ? {} : { fields: known }),
    });
    return findings
      .filter(({ kind }) => kind !== 'unused-template')
      .map(({ severity, kind, file, line, message }) => `${severity} ${kind} ${file}:${line} ${message}`);
  }

  test('with a connection: fields that the desk lacks, and values that they do not take', async () => {
    const edits = telling(`
- reply: on-its-way
- set-field:
    order number: "{{ order.number }}"
    "12": several
    Reason: lost
    Order nmber: x
- set-field: { Pieces: 3, Reason: late }`);
    expect(await found(edits, fields)).toEqual([
      'error unknown-field rules.yaml:24 sets the field "12" to "several": it takes whole numbers only',
      'error unknown-field rules.yaml:25 sets the field "Reason" to "lost": that is none of its options, which are reason_late',
      'error unknown-field rules.yaml:26 sets the field "Order nmber", which the desk does not have. It has: "Order number", "Pieces" or "Reason". Did you mean "Order number"?',
    ]);
    expect(await found(edits)).toEqual([]);
  });

  test('a follow-up in every language, with facts that are there, and so the values of fields', async () => {
    const edits: Edits = {
      ...asking(`
- follow-up: { after: 2d, with: remind }
- set-field: { Order: "{{ order.number }}", Mail: "{% if said.email %}{{ said.email }}{% endif %}" }
- ask: { for: order-number, with: which-order, at-most: 2 }`),
      'templates/en.yaml': (text) => `${text}remind: Still about {{ lookup.number }}?\n`,
      'templates/de.yaml': (text) => `${text}\n`,
    };
    expect(await found(edits)).toEqual([
      expect.stringMatching(
        /^warning absent-fact rules\.yaml:27 "Order" prints order\.number.*"which-order"/,
      ),
      expect.stringMatching(
        /^warning missing-translation templates\/en\.yaml:7 "remind" has no translation for "de"/,
      ),
      expect.stringMatching(/^warning absent-fact templates\/en\.yaml:7 "remind" prints lookup\.number/),
    ]);
  });

  test('a follow-up of the reply behind a question may name the order', async () => {
    const edits: Edits = {
      ...telling(`
- ask: { for: order-number, with: which-order, at-most: 2 }
- reply: on-its-way
- follow-up: { after: 2d, with: remind }`),
      'templates/en.yaml': (text) => `${text}remind: Has order {{ order.number }} come?\n`,
      'templates/de.yaml': (text) => `${text}remind: Ist {{ order.number }} da?\n`,
    };
    expect(await found(edits)).toEqual([]);
  });
});

describe('versions', () => {
  const before = telling('- reply: on-its-way');
  const after = telling(
    '- reply: on-its-way\n- set-field: { Order number: "{{ order.number }}" }\n- wait: 7d\n- follow-up: { after: 2d, with: closing, then: close }',
  );

  test('a diff shows the steps as they are written', async () => {
    const [change] = diffPolicies(await smallPolicy(before), await smallPolicy(after)).rules;
    expect(change?.details[0]?.after).toEqual([
      'set-field: { Order number: "{{ order.number }}" }',
      'wait: 7d',
      'follow-up: { after: 2d, with: closing, then: close }',
    ]);
  });

  test('a decision that is taken again differs in what is set and in what follows, without the values', async () => {
    const was = decide(await smallPolicy(before), withOrder());
    const again = redecide(await smallPolicy(after), was);
    expect(again.type === 'decided' ? again.differences : []).toEqual([
      { aspect: 'ticket', before: '-', after: 'field Order number' },
      { aspect: 'silence', before: '-', after: 'closing (en) after 2 days, solved, let go after 7 days' },
    ]);
    const same = decide(await smallPolicy(after), withOrder());
    const unchanged = redecide(await smallPolicy(after), same);
    expect(unchanged.type === 'decided' ? unchanged.differences : ['?']).toEqual([]);
  });

  test('other words of a follow-up are a difference, too', async () => {
    const was = decide(await smallPolicy(after), withOrder());
    const reworded: Edits = {
      ...after,
      'templates/en.yaml': (text) =>
        templates['templates/en.yaml']?.(text).replace('We close this', 'Closed') ?? '',
    };
    const again = redecide(await smallPolicy(reworded), was);
    expect(again.type === 'decided' ? again.differences.map(({ aspect }) => aspect) : []).toEqual([
      'silence',
    ]);
  });

  test('a folder with all of it loads twice as the same version', async () => {
    const versions = await withSmallPolicy(after, async (folder) => [
      (await loadPolicy(folder)).version,
      (await loadPolicy(folder)).version,
    ]);
    expect(new Set(versions).size).toBe(1);
  });
});
