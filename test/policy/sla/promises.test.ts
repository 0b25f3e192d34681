/** `sla` in policy.yaml: what a support lead may write, what is said of each slip, and which tier a ticket has. */
import { waitText } from '../../../src/core/hours/wait';
import { clockNames } from '../../../src/core/sla/targets';
import { checkPolicy } from '../../../src/policy/check/checkPolicy';
import { diffPolicies } from '../../../src/policy/compare/diff';
import type { LoadedPolicy } from '../../../src/policy/policy';
import { PolicyError } from '../../../src/policy/policyError';
import { createPolicyProcessor, createVersionedProcessor } from '../../../src/policy/processor';
import { tierFor, type SlaFacts } from '../../../src/policy/sla/tierFor';
import { withSla as promisedWith } from '../../../src/policy/sla/withSla';
import { smallPolicy, withSmallPolicy, type Edits } from '../smallPolicy';
import { inForceAndOwn, inputOf, shopOf } from '../support';

const hourMs = 3_600_000;
const withSla = (sla: string): Edits => ({ 'policy.yaml': (text) => `${text}${sla.trim()}\n` });
const promising = (sla: string) => smallPolicy(withSla(sla));
async function mistakesOf(sla: string): Promise<readonly string[]> {
  try {
    await promising(sla);
    return [];
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return error.mistakes.map(({ line, column, message }) => `${line}:${column} ${message}`);
  }
}

const facts: SlaFacts = {
  intent: null,
  language: null,
  tags: [],
  channel: 'email',
  priority: null,
  requester: { locale: 'de-AT', trusted: true },
};

const tiers = `
sla:
  - tier: urgent
    when: ticket.priority in ["high", "urgent"]
    first-reply: 30m
  - tier: vip
    when: '"vip" in ticket.tags && customer.trusted'
    first-reply: 1h
  - tier: refunds
    when: intent == "refund" && customer.language == "de"
    resolution: 2d
  - tier: standard
    first-reply: 8h
`;

describe('what can be written', () => {
  test('each clock, by the clock or in business time, with a warning of the tier or of its own', async () => {
    const policy = await promising(`
hours: { week: { weekdays: 09:00-17:00 } }
sla:
  - tier: standard
    first-reply: 4 business hours
    next-reply: { within: 1 business day, warn: 20m }
    pick-up: 45m
    resolution: { within: 5d, warn: 90% }
    warn: 75%
`);
    const [tier] = policy.sla ?? [];
    expect(tier).toMatchObject({ name: 'standard', condition: null });
    expect(tier?.targets).toEqual({
      'first-reply': { afterMs: 4 * hourMs, countedIn: 'business-hours', warn: { share: 0.75 } },
      'next-reply': { afterMs: 24 * hourMs, countedIn: 'business-days', warn: { beforeMs: hourMs / 3 } },
      'pick-up': { afterMs: 0.75 * hourMs, warn: { share: 0.75 } },
      resolution: { afterMs: 120 * hourMs, warn: { share: 0.9 } },
    });
    const told = clockNames.map((name) => waitText(tier?.targets[name] ?? { afterMs: 0 }));
    expect(told).toEqual(['4 business hours', '1 business day', '45 minutes', '5 days']);
  });

  test('a policy that promises nothing, which keeps the name it has always had', async () => {
    const plain = await smallPolicy();
    expect(plain.sla).toBeNull();
    const promised = await promising(tiers);
    expect(promised.version).not.toBe(plain.version);
    expect(JSON.stringify(diffPolicies(plain, promised).settings)).toContain('first-reply');
  });
});

describe('what is refused', () => {
  const tier = (lines: string) => `sla:\n  - tier: standard\n${lines}`;
  test.each([
    ['a target of nothing', tier('    first-reply: 0h'), /first-reply: .*must be from "1m"/],
    ['a negative one', tier('    first-reply: -4h'), /first-reply: .*must be a duration such as/],
    ['no business time at all', tier('    pick-up: 0 business hours'), /must be from "1 business minute"/],
    [
      'a warning after the target',
      tier('    first-reply: 1h\n    warn: 2h'),
      /warns before the clock has begun: first-reply of "standard" is "1h"/,
    ],
    [
      'a warning at the target',
      tier('    first-reply: { within: 1h, warn: 60m }'),
      /warns before the clock has begun/,
    ],
    [
      'a warning before the open time of so many business days',
      `hours: { week: { weekdays: 09:00-17:00 } }\n${tier('    resolution: 2 business days\n    warn: 1d')}`,
      /warns before the clock has begun: resolution of "standard" is "2 business days"/,
    ],
    [
      'a warning of all of it',
      tier('    first-reply: 1h\n    warn: 100%'),
      /must be a share of the target from "1%" to "99%"/,
    ],
    ['a warning of nothing', tier('    first-reply: 1h\n    warn: 0m'), /must be longer than nothing/],
    [
      'a tier without any clock',
      tier('    warn: 75%'),
      /"standard" promises nothing. Give it one of "?first-reply/,
    ],
    ['no tier', 'sla: []', /sla: /],
    ['a clock that does not exist', tier('    frist-reply: 1h'), /frist-reply.*first-reply/],
    [
      'two tiers of one name',
      `${tier('    pick-up: 1h\n    when: intent == "refund"')}\n  - tier: standard\n    pick-up: 2h`,
      /"standard" names a second tier/,
    ],
    [
      'business time without hours',
      tier('    pick-up: 1 business hour'),
      /counts "1 business hour", but policy.yaml does not say when the team is at work/,
    ],
    ['a condition that is none', tier('    pick-up: 1h\n    when: ticket.priority ='), /is not a condition/],
    [
      'a fact that is looked up later',
      tier('    pick-up: 1h\n    when: order.found'),
      /names "order.found", which a tier cannot ask for. Allowed here: intent/,
    ],
    [
      'a customer who is looked up',
      tier('    pick-up: 1h\n    when: customer.known'),
      /names "customer.known", which a tier cannot ask for/,
    ],
    [
      'a priority that there is not',
      tier('    pick-up: 1h\n    when: ticket.priority == "hihg"'),
      /compares ticket.priority with "hihg".*Did you mean "high"/,
    ],
    [
      'an intent that there is not',
      tier('    pick-up: 1h\n    when: intent == "refnud"'),
      /compares intent with "refnud"/,
    ],
    [
      'a condition that never holds',
      tier('    pick-up: 1h\n    when: 1 == 2'),
      /"standard" is for no ticket: its condition wants 1 == 2/,
    ],
  ])('%s', async (_, sla, message) => {
    const mistakes = await mistakesOf(sla);
    expect(mistakes.join('\n')).toMatch(message);
  });

  test.each(['99999d', '-4h', '0h'])('a slip is told once: %s', async (target) => {
    expect(await mistakesOf(tier(`    resolution: ${target}`))).toHaveLength(1);
    expect(await mistakesOf(tier(`    resolution: 2d\n    warn: ${target}`))).toHaveLength(1);
  });

  test.each([
    [
      'within the open time of the longest days',
      '  week: { monday: 09:00-13:00, friday: 08:00-20:00 }',
      '23h',
    ],
    ['of a night shift', '  week: { every-day: 22:00-06:00 next day }', '15h'],
  ])('not a warning %s', async (_what, week, warn) => {
    const hours = `hours:\n${week}\n`;
    expect(await mistakesOf(`${hours}${tier(`    resolution: 2 business days\n    warn: ${warn}`)}`)).toEqual(
      [],
    );
  });

  test('where it stands', async () => {
    const [mistake] = await mistakesOf(tier('    pick-up: 1h\n    when: ticket.priority == "hihg"'));
    expect(mistake).toMatch(/^21:30 compares ticket\.priority/);
  });

  test.each([
    ['one after a tier for every ticket', 'when: "true"', 'when: intent == "refund"'],
    [
      'one that asks for more of the same',
      'when: ticket.priority in ["high", "urgent"]',
      'when: ticket.priority == "urgent" && intent == "refund"',
    ],
  ])('a tier that no ticket has: %s', async (_, first, second) => {
    const sla = `sla:\n  - tier: one\n    ${first}\n    pick-up: 1h\n  - tier: two\n    ${second}\n    pick-up: 2h`;
    const { findings } = await withSmallPolicy(withSla(sla), (folder) =>
      checkPolicy(folder, { classifierOf: null, groups: null }),
    );
    expect(findings.map(({ kind, message }) => `${kind}: ${message}`)).toContainEqual(
      expect.stringMatching(/^unreachable-tier: "two" is for no ticket: "one" before it is for all of its\./),
    );
  });

  test('tiers that differ are fine', async () => {
    const { findings } = await withSmallPolicy(withSla(tiers), (folder) =>
      checkPolicy(folder, { classifierOf: null, groups: null }),
    );
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('which tier a ticket has', () => {
  let policy: LoadedPolicy;
  beforeAll(async () => {
    policy = await promising(tiers);
  });

  test.each([
    ['standard', {}],
    ['urgent', { priority: 'high' }],
    ['urgent', { priority: 'urgent', tags: ['vip'] }],
    ['vip', { priority: 'low', tags: ['vip'] }],
    ['standard', { tags: ['vip'], requester: { locale: null, trusted: false } }],
    ['refunds', { intent: 'refund' }],
    ['refunds', { intent: 'refund', language: 'de', requester: { locale: 'en-US', trusted: true } }],
    ['standard', { intent: 'refund', language: 'en' }],
    ['standard', { intent: 'refund', requester: { locale: null, trusted: true } }],
  ] as const)('%s for %j', (tier, change) => {
    expect(tierFor(policy.sla ?? [], { ...facts, ...change }).tier).toBe(tier);
  });

  test('none where none is for it: nothing is promised', async () => {
    const only = await promising('sla:\n  - tier: vip\n    when: \'"vip" in ticket.tags\'\n    pick-up: 1h');
    expect(tierFor(only.sla ?? [], facts)).toEqual({ tier: null, targets: {} });
  });

  test('a condition that fails on these facts is passed over', async () => {
    const risky = await promising(
      'sla:\n  - tier: first-tag\n    when: ticket.tags[0] == "vip"\n    pick-up: 1h\n  - tier: rest\n    pick-up: 2h',
    );
    expect(tierFor(risky.sla ?? [], facts).tier).toBe('rest');
  });
});

describe('what a look and a decision bring', () => {
  const noSignal = new AbortController().signal;
  const about = (change: Partial<SlaFacts>) => () => Promise.resolve({ ...facts, ...change });

  test('a look: the tier of the ticket as it is', async () => {
    const processor = createPolicyProcessor(await promising(tiers), shopOf());
    const settings = await processor.settingsOf(null, undefined, about({ tags: ['vip'] }));
    expect(settings.sla).toEqual({ tier: 'vip', targets: { 'first-reply': { afterMs: hourMs } } });
    expect(await processor.settingsOf(null)).not.toHaveProperty('sla');
  });

  test('a look and a decision: the tier of the brand', async () => {
    const ofBrand = '  - tier: outlet\n    when: ticket.brand == "Outlet"\n    first-reply: 8h\n';
    const processor = createPolicyProcessor(
      await promising(tiers.replace('sla:\n', `sla:\n${ofBrand}`)),
      shopOf(),
    );
    const looked = await processor.settingsOf(null, undefined, about({ brand: 'Outlet' }));
    const decided = await processor.consult({ ...inputOf({}), brand: 'Outlet' }, noSignal);
    expect([looked.sla?.tier, decided.settings.sla?.tier]).toEqual(['outlet', 'outlet']);
    expect((await processor.settingsOf(null, undefined, about({}))).sla?.tier).not.toBe('outlet');
  });

  test('a decision: the tier of what was understood', async () => {
    const processor = createPolicyProcessor(await promising(tiers), shopOf());
    const consult = async (priority: 'urgent' | null) => {
      const input = {
        ...inputOf({ intent: 'refund', text: 'Ich möchte mein Geld zurück', language: 'de' }),
        priority,
      };
      return (await processor.consult(input, noSignal)).settings.sla?.tier;
    };
    expect([await consult(null), await consult('urgent')]).toEqual(['refunds', 'urgent']);
  });

  test('where nothing is promised the ticket is not even asked for', async () => {
    const processor = createPolicyProcessor(await smallPolicy(), shopOf());
    const asked = jest.fn(about({}));
    expect(await processor.settingsOf(null, undefined, asked)).not.toHaveProperty('sla');
    expect(asked).not.toHaveBeenCalled();
    const plan = await processor.consult(inputOf({ text: 'Where is my order?' }), noSignal);
    expect(plan.settings).not.toHaveProperty('sla');
  });

  test('the promises in force count for a conversation that began under another version', async () => {
    const own = await smallPolicy();
    const inForce = await promising(tiers);
    const processor = createVersionedProcessor(inForceAndOwn(inForce, own), shopOf());
    const settings = await processor.settingsOf(own.version, undefined, about({ priority: 'urgent' }));
    expect(settings.sla?.tier).toBe('urgent');
  });
});

test('who is promised the same has the same settings, so that nothing is found to have moved', async () => {
  const { sla, settings } = await promising(tiers);
  const settingsOf = (of: SlaFacts) => promisedWith(settings, { sla }, of);
  const plain = settingsOf(facts);
  expect(settingsOf({ ...facts, tags: ['parcel'] })).toBe(plain);
  const urgent = settingsOf({ ...facts, priority: 'high' });
  expect(urgent.sla?.tier).toBe('urgent');
  expect(settingsOf({ ...facts, priority: 'urgent' })).toBe(urgent);
  expect(promisedWith({ ...settings }, { sla }, facts)).toEqual(plain);
  expect(promisedWith({ ...settings, settleMs: 1 }, { sla }, facts).settleMs).toBe(1);
});
