import { loadPolicy } from '../../../src/policy/load/loadPolicy';
import { demoPolicy, mistakesOf, withPolicy } from '../support';

const swap = (from: string, to: string) => (text: string) => {
  if (!text.includes(from)) throw new Error(`the demo policy has no "${from}"`);
  return text.replace(from, to);
};

/** `rules.yaml:12:7` of the changed text. */
function lineOf(text: string, words: string): number {
  return text.slice(0, text.indexOf(words)).split('\n').length;
}

describe('the settings', () => {
  test('durations become milliseconds', async () => {
    const { settings, languages } = await loadPolicy(demoPolicy);
    expect(settings).toMatchObject({
      settleMs: 3_000,
      customerSilenceMs: 345_600_000,
      handOffGroup: 'Support',
    });
    expect(settings.ladder.map(({ afterMs, group }) => [afterMs, group])).toEqual([
      [1_800_000, 'Support'],
      [7_200_000, 'Tier 2'],
    ]);
    expect(languages).toEqual(['en', 'de', 'fr', 'es', 'da']);
  });
});

describe('the version', () => {
  const versionOf = (change: Parameters<typeof withPolicy>[0]) =>
    withPolicy(change, async (folder) => (await loadPolicy(folder)).version);

  test('is the same for the same content in another layout', async () => {
    const { version } = await loadPolicy(demoPolicy);
    expect(version).toMatch(/^p-[0-9a-f]{12}$/);
    expect(
      await versionOf({
        'policy.yaml': (text) => `# a comment\n\n${text.replaceAll('  after', '   after')}`,
      }),
    ).toBe(version);
  });

  test.each([
    ['a setting', { 'policy.yaml': swap('settle-window: 3s', 'settle-window: 4s') }],
    ['an example', { 'intents.yaml': swap("Where's my order?", 'Where is it?') }],
    ['a condition', { 'rules.yaml': swap('confidence < 0.45', 'confidence < 0.5') }],
    ['a word', { 'templates/de.yaml': swap('Viele Grüße', 'Schöne Grüße') }],
  ])('changes with %s', async (_what, change) => {
    expect(await versionOf(change)).not.toBe((await loadPolicy(demoPolicy)).version);
  });
});

describe('every mistake is said with its place and its mend', () => {
  test.each<[string, string, (text: string) => string, RegExp]>([
    [
      'an unknown fact',
      'rules.yaml',
      swap('when: order.status == "processing"', 'when: order.staus == "processing"'),
      /^rules.yaml:\d+:19 names "staus".*Did you mean "status"\?/,
    ],
    [
      'an unknown variable',
      'rules.yaml',
      swap('intent == "" || confidence', 'intnt == "" || confidence'),
      /names "intnt".*Did you mean "intent"\?/,
    ],
    [
      'text compared with a number',
      'rules.yaml',
      swap('order.status == "shipped"', 'order.status == 3'),
      /no such overload/,
    ],
    [
      'a condition that is no yes or no',
      'rules.yaml',
      swap('order.status == "shipped"', 'order.status'),
      /gives string; a condition must give true or false/,
    ],
    [
      'a regular expression',
      'rules.yaml',
      swap('order.status == "shipped"', 'order.status.matches("(a+)+$")'),
      /uses matches\(\), which can run without end/,
    ],
    [
      'a condition with no end',
      'rules.yaml',
      swap('order.status == "shipped"', '(order.status == "shipped"'),
      /is not a condition/,
    ],
    [
      'an unknown action',
      'rules.yaml',
      swap('- reply: order-shipped', '- repyl: order-shipped'),
      /"repyl" is not an action.*Did you mean "reply"\?/,
    ],
    [
      'two actions in one step',
      'rules.yaml',
      swap('- reply: order-shipped', '- { reply: order-shipped, set-status: solved }'),
      /in one step/,
    ],
    [
      'an unknown template',
      'rules.yaml',
      swap('- reply: order-shipped', '- reply: order-shiped'),
      /"order-shiped", which does not exist. Did you mean "order-shipped"\?/,
    ],
    [
      'an unknown reason',
      'rules.yaml',
      swap('reason: legal', 'reason: leagl'),
      /reason: is "leagl", but allowed is .*"legal"/,
    ],
    [
      'an unknown key of a rule',
      'rules.yaml',
      swap('why: The parcel was delivered.', 'wyh: The parcel was delivered.'),
      /unknown key "wyh".*Did you mean "why"\?/,
    ],
    [
      'rules for no intent',
      'rules.yaml',
      swap('  delivery_info:\n', '  delivery_inf:\n'),
      /"delivery_inf", which is no intent.*Did you mean "delivery_info"\?/,
    ],
    [
      'a default that does not hand off',
      'rules.yaml',
      (text) => text.replace(/( {4}- hand-off: \{ reason: policy, group: Support \}\n)$/, ''),
      /must reach a person/,
    ],
    [
      'a rule behind one that always matches',
      'rules.yaml',
      swap(
        '        - reply: delivery-info\n',
        '        - reply: delivery-info\n    - rule: too-late\n      why: Never.\n      then:\n        - stay-silent: true\n',
      ),
      /"too-late" is never reached/,
    ],
    [
      'two rules of one name',
      'rules.yaml',
      swap('rule: order-shipped', 'rule: order-processing'),
      /"order-processing" names a second rule/,
    ],
    [
      'a tab',
      'policy.yaml',
      swap('  name: Demo Shop', '\tname: Demo Shop'),
      /indented with a tab|not valid YAML/,
    ],
    [
      'a duplicate key',
      'policy.yaml',
      swap('  name: Demo Shop', '  name: Demo Shop\n  name: Other'),
      /^policy.yaml:\d+:3 is a key that stands here a second time/,
    ],
    [
      'a wrong duration',
      'policy.yaml',
      swap('settle-window: 3s', 'settle-window: 3 seconds'),
      /settings.settle-window: is "3 seconds", but it must be a duration/,
    ],
    [
      'an empty ladder',
      'policy.yaml',
      (text) => text.replace(/escalation:[\s\S]*$/, 'escalation: []\n'),
      /it must have at least 1 entries/,
    ],
    [
      'a number where text is due',
      'policy.yaml',
      swap('name: Demo Shop', 'name: 7'),
      /shop.name: is 7, but it must be text/,
    ],
    [
      'a language without templates',
      'policy.yaml',
      swap('[en, de', '[en, it, de'),
      /lists "it", but there is no file templates\/it.yaml/,
    ],
    [
      'an example of two intents',
      'intents.yaml',
      swap('"Where\'s my order?"', '"Cancel my order please"'),
      /is an example of "order_status" already/,
    ],
    [
      'an unknown variable in a template',
      'templates/en.yaml',
      swap('{{ order.number }}', '{{ order.numbr }}'),
      /"order.numbr", which is no fact.*Did you mean "number"\?/,
    ],
    [
      'an unknown fact in a loop',
      'templates/en.yaml',
      swap('{{ parcel.trackingUrl }}', '{{ parcel.trackingLink }}'),
      /"parcel.trackingLink", which is no fact/,
    ],
    [
      'an unknown page',
      'templates/en.yaml',
      swap('{{ links.returns }}', '{{ links.return }}'),
      /Did you mean "returns"\?/,
    ],
    [
      'the raw filter',
      'templates/en.yaml',
      swap('{{ order.number }}', '{{ order.number | raw }}'),
      /uses the filter "raw"/,
    ],
    [
      'the raw tag',
      'templates/en.yaml',
      swap('{{ order.number }}', '{% raw %}x{% endraw %}'),
      /uses the tag "raw"/,
    ],
    [
      'include of a file',
      'templates/en.yaml',
      swap('{{ order.number }}', '{% include "../../etc/passwd" %}'),
      /uses the tag "include"/,
    ],
    [
      'render of a file',
      'templates/en.yaml',
      swap('{{ order.number }}', '{% render "x" %}'),
      /uses the tag "render"/,
    ],
    ['layout', 'templates/en.yaml', swap('{{ order.number }}', '{% layout "x" %}'), /uses the tag "layout"/],
    [
      'customer words in a reply',
      'templates/en.yaml',
      swap('{{ order.number }}', '{{ message.text }}'),
      /never said back/,
    ],
    [
      'a template nobody else has',
      'templates/de.yaml',
      swap('order-late:', 'order-lte:'),
      /templates\/en.yaml lacks. Did you mean "order-late"\?/,
    ],
    [
      'a file of another name',
      'rule.yaml',
      () => 'a: 1\n',
      /rule.yaml:1:1 is no file of a policy.*Did you mean "rules.yaml"\?/,
    ],
    [
      'a file too large to read',
      'intents.yaml',
      (text) => text + '#'.repeat(600_000),
      /at most 524288 are read/,
    ],
    [
      'a bomb of aliases',
      'policy.yaml',
      () =>
        `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`,
      /Write the values out instead/,
    ],
  ])('%s', async (_what, file, edit, words) => {
    const mistakes = await mistakesOf({ [file]: edit });
    expect(mistakes.join('\n')).toMatch(words);
  });

  test('the line and column are those of the mistake, within a block of text too', async () => {
    let changed = '';
    const [mistake = ''] = await mistakesOf({
      'templates/en.yaml': (text) =>
        (changed = text.replace('How can we help?', 'How can we help, {{ nobody }}?')),
    });
    const line = lineOf(changed, '{{ nobody }}');
    expect(mistake).toContain(`templates/en.yaml:${line}:`);
    expect(changed.split('\n')[line - 1]).toContain('nobody');
  });

  test.each([
    [
      'a condition on one line',
      'rules.yaml',
      'order.status == "shipped"',
      'order.staus == "shipped"',
      'staus',
    ],
    [
      'a condition over two lines',
      'rules.yaml',
      '"courtesy-only" in signals',
      '"courtesy-only" in signls',
      '',
    ],
    ['a template', 'rules.yaml', 'reply: order-shipped', 'reply: order-shiped', 'order-shiped'],
    ['a template that asks', 'rules.yaml', 'with: which-order', 'with: wich-order', 'wich-order'],
    ['a reason', 'rules.yaml', 'reason: legal', 'reason: leagl', 'leagl'],
    ['a priority', 'rules.yaml', 'set-priority: urgent', 'set-priority: urgnt', 'urgnt'],
    ['a key', 'rules.yaml', 'why: The order is being packed.', 'wy: The order is being packed.', 'wy:'],
    ['an intent', 'rules.yaml', '  delivery_info:\n', '  delivry_info:\n', 'delivry_info'],
    ['an order scope', 'intents.yaml', 'orders: refunded', 'orders: refundet', 'refundet'],
    ['a fact in a template', 'templates/de.yaml', 'order.items', 'order.itms', 'order.itms'],
  ])('%s is pointed at, to the line', async (_what, file, from, to, at) => {
    let changed = '';
    const mistakes = await mistakesOf({ [file]: (text) => (changed = swap(from, to)(text)) });
    expect(mistakes.length).toBeGreaterThan(0);
    for (const mistake of mistakes) expect(mistake.startsWith(`${file}:`)).toBe(true);
    const places = mistakes.map((mistake) => /:(\d+):(\d+) /.exec(mistake)?.slice(1).map(Number) ?? []);
    const lines = places.map(([line = 0]) => changed.split('\n')[line - 1] ?? '');
    if (at !== '') expect(lines.some((line) => line.includes(at))).toBe(true);
    const [line = 0, column = 0] = places[0] ?? [];
    expect(Math.abs(line - lineOf(changed, to.trim()))).toBeLessThanOrEqual(1);
    expect(column).toBeLessThanOrEqual((changed.split('\n')[line - 1] ?? '').length);
  });

  test('all of them at once, over all files', async () => {
    const mistakes = await mistakesOf({
      'rules.yaml': (text) =>
        text
          .replace('order.status == "shipped"', 'order.staus == "a"')
          .replace('- reply: order-late', '- reply: x-y'),
      'templates/fr.yaml': swap('{{ order.number }}', '{{ ordr.number }}'),
    });
    expect(mistakes).toHaveLength(3);
  });

  test('a folder that is not there', async () => {
    await expect(loadPolicy('/nowhere/at/all')).rejects.toThrow(
      /^The policy in \/\S+ has one mistake:\nthe folder does not exist\. Give .*DESKHAND_POLICY.*: go to your clone first$/,
    );
  });
});
