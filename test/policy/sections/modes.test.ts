/** `mode` in policy.yaml, and the switch beside it: what holds is what every look and every write is told. */
import type { Modes } from '../../../src/core/modes/mode';
import { diffPolicies } from '../../../src/policy/compare/diff';
import { loadPolicy, type LoadedPolicy } from '../../../src/policy/load/loadPolicy';
import { createPolicyProcessor, createVersionedProcessor } from '../../../src/policy/processor';
import { withSettings } from '../../../src/policy/withSettings';
import { RemoteFailure } from '../../../src/remote/failures';
import { demo, inForceAndOwn, inputOf, mistakesOf, order, shopOf, withPolicy } from '../support';

const withMode = (yaml: string) => ({ 'policy.yaml': (text: string) => `${text}\n${yaml}\n` });
const moded = (yaml: string): Promise<LoadedPolicy> => withPolicy(withMode(yaml), loadPolicy);
const noSignal = new AbortController().signal;

const switchedTo = (switched: Modes) => ({ read: () => Promise.resolve(switched) });

describe('in policy.yaml', () => {
  test('a policy that says nothing answers, and keeps the name it has always had', async () => {
    expect((await demo()).settings.modes).toBeUndefined();
    expect((await moded('')).version).toBe((await demo()).version);
  });

  test('a default, and intents that differ', async () => {
    const policy = await moded(
      'mode:\n  default: draft\n  intents: { return_refund: shadow, cancel_order: off }',
    );
    expect(policy.settings.modes).toEqual({
      company: 'draft',
      intents: { return_refund: 'shadow', cancel_order: 'off' },
    });
    expect(policy.version).not.toBe((await demo()).version);
  });

  test('off is the word, as YAML 1.2 has it, and no "no"', async () => {
    expect((await moded('mode: { default: off }')).settings.modes).toEqual({ company: 'off', intents: {} });
  });

  test('either may be left out', async () => {
    expect((await moded('mode: { intents: { return_refund: draft } }')).settings.modes?.company).toBe('auto');
    expect((await moded('mode: {}')).settings.modes).toEqual({ company: 'auto', intents: {} });
  });

  test('what changed between two versions is told', async () => {
    const { settings } = diffPolicies(await demo(), await moded('mode: { default: draft }'));
    expect(JSON.stringify(settings)).toContain('mode');
    expect(JSON.stringify(settings)).toContain('draft');
  });

  test.each([
    ['mode: draft', /mode: is "draft", but it must be a group/],
    ['mode: { default: on }', /mode\.default: is "on", but allowed is "auto", "draft", "shadow" or "off"/],
    ['mode: { default: false }', /mode\.default: is false, but allowed is "auto"/],
    ['mode: { defualt: draft }', /"defualt".*default/],
    ['mode: { intents: [return_refund] }', /mode\.intents: /],
    [
      'mode: { intents: { return_refund: quiet } }',
      /mode\.intents\.return_refund: is "quiet", but allowed is "auto"/,
    ],
    [
      'mode: { intents: { return_refnud: draft } }',
      /names the intent "return_refnud", which intents\.yaml lacks.*Did you mean "return_refund"/,
    ],
  ])('%s is refused, with its place and the mend', async (yaml, words) => {
    const mistakes = await mistakesOf(withMode(yaml));
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatch(/^policy\.yaml:\d+:\d+ /);
    expect(mistakes[0]).toMatch(words);
  });
});

describe('what holds', () => {
  test('without policy and switch everything is auto, and costs the history nothing', async () => {
    const processor = createPolicyProcessor(await demo(), shopOf());
    expect(await processor.modes()).toEqual({ company: 'auto', intents: {} });
    expect(await processor.settingsOf(null)).not.toHaveProperty('modes');
  });

  test("a switch that was turned and turned back leaves no trace either, nor does a policy's auto", async () => {
    const policy = await moded('mode: { default: auto, intents: { return_refund: auto } }');
    const back = switchedTo({ company: 'auto', intents: {} });
    const processor = createPolicyProcessor(policy, shopOf(), { switched: back });
    expect(await processor.settingsOf(null)).not.toHaveProperty('modes');
  });

  test('the stricter of policy and switch, for the company and for each intent', async () => {
    const policy = await moded(
      'mode: { default: draft, intents: { return_refund: shadow, cancel_order: draft } }',
    );
    const switched = switchedTo({
      company: 'auto',
      intents: { return_refund: 'draft', cancel_order: 'off' },
    });
    const processor = createPolicyProcessor(policy, shopOf(order()), { switched });
    const holds = { company: 'draft', intents: { return_refund: 'shadow', cancel_order: 'off' } };
    expect(await processor.modes()).toEqual(holds);
    expect((await processor.settingsOf(null)).modes).toEqual(holds);
    expect((await processor.consult(inputOf({}), noSignal)).settings.modes).toEqual(holds);
  });

  test('the switch is asked each time: nothing of it is remembered', async () => {
    let company: Modes['company'] = 'auto';
    const processor = createPolicyProcessor(await demo(), shopOf(), {
      switched: { read: () => Promise.resolve({ company, intents: {} }) },
    });
    expect((await processor.modes()).company).toBe('auto');
    company = 'off';
    expect((await processor.modes()).company).toBe('off');
    expect((await processor.settingsOf(null)).modes?.company).toBe('off');
  });

  test('of the version in force, whichever a conversation began under', async () => {
    const [free, strict] = [await demo(), await moded('mode: { default: shadow }')];
    const under = (inForce: LoadedPolicy, own: LoadedPolicy) =>
      createVersionedProcessor(inForceAndOwn(inForce, own), shopOf(order()));
    const input = (own: LoadedPolicy) => ({ ...inputOf({}), policyVersion: own.version });
    const held = await under(strict, free).consult(input(free), noSignal);
    expect(held.policyVersion).toBe(free.version);
    expect(held.settings.modes).toEqual({ company: 'shadow', intents: {} });
    const freed = await under(free, strict).consult(input(strict), noSignal);
    expect(freed.policyVersion).toBe(strict.version);
    expect(freed.settings).not.toHaveProperty('modes');
    expect(await under(free, strict).settingsOf(strict.version)).not.toHaveProperty('modes');
  });

  test('who cannot ask the switch does nothing: no settings, no plan', async () => {
    const away = new RemoteFailure('unavailable', 'Temporal does not tell which mode holds', {
      retryable: true,
    });
    const processor = createPolicyProcessor(await demo(), shopOf(order()), {
      switched: { read: () => Promise.reject(away) },
    });
    await expect(processor.modes()).rejects.toBe(away);
    await expect(processor.settingsOf(null)).rejects.toBe(away);
    await expect(processor.consult(inputOf({}), noSignal)).rejects.toBe(away);
  });

  test('a processor whose numbers are set elsewhere still tells them', async () => {
    const policy = await moded('mode: { default: draft }');
    const processor = withSettings(createPolicyProcessor(policy, shopOf()), { settleMs: 0 });
    expect((await processor.modes()).company).toBe('draft');
    expect(await processor.settingsOf(null)).toMatchObject({ settleMs: 0, modes: { company: 'draft' } });
  });
});
