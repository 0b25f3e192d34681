/** `outages` in policy.yaml: what a customer is told while the answer waits, and what it may not say. */
import { checkPolicy } from '../../../src/policy/check/checkPolicy';
import { loadPolicy } from '../../../src/policy/load/loadPolicy';
import { holdingReply } from '../../../src/policy/sections/holdingReply';
import { PolicyError } from '../../../src/policy/policyError';
import { createPolicyProcessor } from '../../../src/policy/processor';
import { MemoryShop } from '../../../src/scenarios/world/memoryShop';
import { smallPolicy, withSmallPolicy, type Edits } from '../smallPolicy';

const stranger = { name: null, locale: null, language: null };
const en =
  'It takes longer than usual{% if customer.name %}, {{ customer.name }}{% endif %}. {{ links.returns }}';
const around = "\ngreeting: 'Dear customer,'\nsign-off: '{{ shop.name }}'\n";

function wordsIn(english: string, german = 'Es dauert länger.', after = '30m', name = 'longer'): Edits {
  return {
    'policy.yaml': (text) => `${text}\noutages:\n  holding-reply: { after: ${after}, with: ${name} }\n`,
    'templates/en.yaml': (text) => `${text}${around}longer: '${english}'\n`,
    'templates/de.yaml': (text) => `${text}${around}longer: '${german}'\n`,
  };
}

async function mistakeOf(edits: Edits): Promise<string> {
  const error = await smallPolicy(edits).catch((thrown: unknown) => thrown);
  if (!(error instanceof PolicyError)) throw new Error('it was loaded');
  return error.message;
}

describe('the words', () => {
  it('are in the language the customer writes, else the desk’s, else the first one', async () => {
    const policy = await smallPolicy(wordsIn(en));
    const textFor = (language: string | null, locale: string | null) =>
      holdingReply(policy, { name: null, language, locale })?.text;
    const german = 'Dear customer,\n\nEs dauert länger.\n\nBean Club';
    expect(textFor('de', 'en-US')).toBe(german);
    expect(textFor(null, 'de-AT')).toBe(german);
    expect(textFor('fr', 'de-AT')).toContain('It takes longer than usual.');
    expect(textFor(null, null)).toContain('It takes longer than usual.');
  });

  it('have the customer’s first name, a link, and HTML in which nothing is markup', async () => {
    const reply = holdingReply(await smallPolicy(wordsIn(en)), { ...stranger, name: 'Ana Silva' });
    expect(reply?.text).toBe(
      'Dear customer,\n\nIt takes longer than usual, Ana. https://beans.example/returns\n\nBean Club',
    );
    expect(reply?.html).toContain('<a href="https://beans.example/returns">');
    const named = (name: string) =>
      smallPolicy(wordsIn(en)).then((policy) => holdingReply(policy, { ...stranger, name }));
    expect((await named('<b>Ana</b>'))?.html).not.toContain('<b>');
    expect((await named('www.evil-prize.example'))?.text).not.toContain('evil');
  });

  it('are none where the policy has none', async () => {
    const policy = await smallPolicy();
    expect(policy.settings.holdingReplyAfterMs).toBeUndefined();
    expect(holdingReply(policy, stranger)).toBeNull();
  });

  it('are those of the version that the conversation began under', async () => {
    const policy = await smallPolicy(wordsIn(en));
    expect(policy.settings.holdingReplyAfterMs).toBe(30 * 60_000);
    const processor = createPolicyProcessor(policy, new MemoryShop([], () => '2026-11-25'));
    expect((await processor.holdingReplyOf(policy.version, stranger))?.text).toContain('It takes longer');
    expect((await processor.settingsOf(null)).holdingReplyAfterMs).toBe(30 * 60_000);
  });
});

describe('a mistake is told with its place', () => {
  const placed = /policy\.yaml:\d+:\d+ /;

  it.each([
    ['a template that there is not', wordsIn(en, 'x', '30m', 'longr'), 'names the template "longr"', placed],
    ['later than the budget', wordsIn(en, 'x', '4h'), 'never due: settings.step-budget gives', placed],
    ['at no time', wordsIn(en, 'x', '0m'), 'holding-reply', placed],
    ['in business hours', wordsIn(en, 'x', '2 business hours'), 'holding-reply', placed],
    [
      'a fact of an order',
      wordsIn('Order {{ order.number }} is late.'),
      'prints "order", which is no fact. Allowed: customer, shop, links',
      /templates\/en\.yaml:\d+:\d+ /,
    ],
    [
      'a name that may be absent',
      wordsIn(en, 'Es dauert, {{ customer.name }}.'),
      'prints in "de" customer.name, which can be absent. Ask first: {% if customer.name %}',
      placed,
    ],
  ])('%s', async (_what, edits, message, place) => {
    const told = await mistakeOf(edits);
    expect(told).toContain(message);
    expect(told).toMatch(place);
  });
});

it('the check of a policy knows that its template is used, and misses a translation', async () => {
  const kinds = (edits: Edits) =>
    withSmallPolicy(edits, async (folder) => {
      const { findings } = await checkPolicy(folder, { classifierOf: null, groups: null });
      return findings.filter(({ message }) => message.includes('"longer"')).map(({ kind }) => kind);
    });
  expect(await kinds(wordsIn(en))).toEqual([]);
  expect(await kinds({ ...wordsIn(en), 'templates/de.yaml': (text) => `${text}${around}` })).toEqual([
    'missing-translation',
  ]);
});

it('the demo shop tells its customers in each of its languages', async () => {
  const policy = await loadPolicy('policies/demo-shop');
  const texts = policy.languages.map((language) => holdingReply(policy, { ...stranger, language })?.text);
  expect(new Set(texts).size).toBe(policy.languages.length);
});
