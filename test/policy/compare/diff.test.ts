import { diffPolicies, type PolicyDiff } from '../../../src/policy/compare/diff';
import { diffSummary, diffText } from '../../../src/policy/compare/diffText';
import { smallPolicy, type Edits } from '../smallPolicy';

async function diffOf(edits: Edits): Promise<PolicyDiff> {
  return diffPolicies(await smallPolicy(), await smallPolicy(edits));
}

/** Without the first line, which names the versions. */
async function textOf(edits: Edits): Promise<string> {
  return diffText(await diffOf(edits))
    .slice(1)
    .join('\n');
}

const replace = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);

test('a policy and itself', async () => {
  const policy = await smallPolicy();
  const diff = diffPolicies(policy, policy);
  expect(diff).toEqual({
    from: policy.version,
    to: policy.version,
    rules: [],
    templates: [],
    intents: [],
    settings: [],
  });
  expect(diffText(diff)).toEqual([`${policy.version} -> ${policy.version}: the same version`]);
  expect(diffSummary(diff)).toBe('nothing changed');
});

describe('layout is no difference', () => {
  test('comments, empty lines, the order of keys', async () => {
    const diff = await diffOf({
      'rules.yaml': (text) =>
        `# by maria\n${text.replace(/( +why: The order is late\.\n)( +when: .*\n)/, '$2\n$1')}`,
    });
    expect(diff.from).toBe(diff.to);
    expect(diff.rules).toEqual([]);
  });

  test('a default written out is another version that says the same', async () => {
    const diff = await diffOf({
      'rules.yaml': replace('    when: \'"safety"', '    needs-approval: false\n    when: \'"safety"'),
    });
    expect(diffText(diff)).toEqual([`${diff.from} -> ${diff.to}: no difference in what they say`]);
    expect(diff.from).not.toBe(diff.to);
  });
});

describe('rules', () => {
  test('a condition', async () => {
    expect(
      await textOf({
        'rules.yaml': replace('order.found && order.late', 'order.found && order.late && customer.known'),
      }),
    ).toMatchInlineSnapshot(`
     "
     Rules
       ~ late changed (order_status)
           when: order.found && order.late -> order.found && order.late && customer.known"
    `);
  });

  test('a condition taken away: the rule always matches', async () => {
    const edits = { 'rules.yaml': replace(/ +when: '"safety" in signals'\n/, '') };
    expect(await textOf(edits)).toContain('when: "safety" in signals -> (nothing)');
  });

  test('a limit', async () => {
    expect(await textOf({ 'rules.yaml': replace('EUR: 5000', 'EUR: 8000') })).toMatchInlineSnapshot(`
     "
     Rules
       ~ refund-small changed (refund)
           then:
             - order: { refund: { what: whole, at-most: { EUR: 5000 } } }
             + order: { refund: { what: whole, at-most: { EUR: 8000 } } }"
    `);
  });

  test('a step more, one less, one changed: the steps that stay are not told', async () => {
    const edits = {
      'rules.yaml': (text: string) =>
        text
          .replace('        - set-priority: high\n', '')
          .replace(
            '- tag: { add: [answered] }',
            '- tag: { add: [answered, tracked] }\n        - set-status: pending',
          ),
    };
    expect(await textOf(edits)).toMatchInlineSnapshot(`
     "
     Rules
       ~ late changed (order_status)
           then: set-priority: high -> (nothing)
       ~ on-its-way changed (order_status)
           then:
             - tag: { add: [ answered ] }
             + tag: { add: [ answered, tracked ] }
             + set-status: pending"
    `);
  });

  test('added and removed', async () => {
    const edits = {
      'rules.yaml': (text: string) =>
        text
          .replace(/ {4}- rule: late[^]*?(?= {4}- rule: on-its-way)/, '')
          .replace(
            'per-intent:',
            '  - rule: legal\n    why: The law.\n    when: \'"legal" in signals\'\n    then:\n      - hand-off: { reason: legal }\nper-intent:',
          ),
    };
    expect(await textOf(edits)).toMatchInlineSnapshot(`
     "
     Rules
       + legal added (first)
           why: The law.
           when: "legal" in signals
           then: hand-off: { reason: legal }
       - late removed (order_status)"
    `);
  });

  test('renamed, and nothing else', async () => {
    expect(await textOf({ 'rules.yaml': replace('rule: on-its-way', 'rule: in-transit') }))
      .toMatchInlineSnapshot(`
     "
     Rules
       = in-transit renamed (order_status, was on-its-way)"
    `);
  });

  test('renamed and changed is one less and one more', async () => {
    const { rules } = await diffOf({
      'rules.yaml': (text) =>
        text
          .replace('rule: on-its-way', 'rule: in-transit')
          .replace(
            'when: order.found\n      then:\n        - reply: on',
            'when: order.found && customer.known\n      then:\n        - reply: on',
          ),
    });
    expect(rules.map(({ name, kind }) => [name, kind])).toEqual([
      ['in-transit', 'added'],
      ['on-its-way', 'removed'],
    ]);
  });

  test('the order counts, since the first match decides: one rule moved, not all that it passed', async () => {
    const edits = {
      'rules.yaml': (text: string) => {
        const late = / {4}- rule: late[^]*?(?= {4}- rule: on-its-way)/.exec(text)?.[0] ?? '';
        return text.replace(late, '').replace('    - rule: which-order', `${late}    - rule: which-order`);
      },
    };
    expect(await textOf(edits)).toMatchInlineSnapshot(`
     "
     Rules
       > late moved (order_status, now before which-order)"
    `);
  });

  test('moved to the rules before all others', async () => {
    const edits = {
      'rules.yaml': (text: string) => {
        const late = / {4}- rule: late[^]*?(?= {4}- rule: on-its-way)/.exec(text)?.[0] ?? '';
        return text.replace(late, '').replace('per-intent:', `${late.replace(/^ {2}/gm, '')}per-intent:`);
      },
    };
    expect(await textOf(edits)).toContain('> late moved (first, was in order_status)');
  });

  test('what happens when no rule matches', async () => {
    expect(
      await textOf({
        'rules.yaml': replace('hand-off: { reason: policy }', 'hand-off: { reason: policy, group: Tier 2 }'),
      }),
    ).toMatchInlineSnapshot(`
     "
     Rules
       ~ no-rule changed (otherwise)
           then: hand-off: { reason: policy } -> hand-off: { reason: policy, group: Tier 2 }"
    `);
  });

  test('an approval', async () => {
    expect(
      await textOf({
        'rules.yaml': replace('needs-approval: false', 'needs-approval: true'),
      }),
    ).toContain('needs-approval: false -> true');
  });
});

describe('templates', () => {
  test('in one language: the line that changed', async () => {
    expect(
      await textOf({
        'templates/en.yaml': replace(
          'We are sorry, your order is late.',
          '|\n  We are very sorry.\n\n  Your order is late.',
        ),
      }),
    ).toMatchInlineSnapshot(`
     "
     Templates
       ~ sorry-late changed (en)
           en:
             - We are sorry, your order is late.
             + We are very sorry.
             + Your order is late."
    `);
  });

  test('in both', async () => {
    const diff = await diffOf({
      'templates/en.yaml': replace('Which order', 'Which one'),
      'templates/de.yaml': replace('welche Bestellung', 'was'),
    });
    expect(diff.templates).toMatchObject([{ name: 'which-order', kind: 'changed', where: 'de, en' }]);
  });

  test('added and removed', async () => {
    const diff = await diffOf({
      'rules.yaml': (text) => text.replaceAll('reply: on-its-way', 'reply: moving'),
      'templates/en.yaml': replace('on-its-way:', 'moving:'),
      'templates/de.yaml': replace('on-its-way:', 'moving:'),
    });
    expect(diff.templates.map(({ name, kind, where }) => [name, kind, where])).toEqual([
      ['on-its-way', 'removed', 'de, en'],
      ['moving', 'added', 'de, en'],
    ]);
  });
});

describe('intents', () => {
  test('examples more and less, and which orders are meant', async () => {
    const edits = {
      'intents.yaml': (text: string) =>
        text.replace('track my parcel', 'tracking please').replace('orders: open', 'orders: none'),
    };
    expect(await textOf(edits)).toMatchInlineSnapshot(`
     "
     Intents
       ~ order_status changed
           orders: open -> none
           examples: track my parcel -> tracking please"
    `);
  });

  test('added and removed', async () => {
    const diff = await diffOf({
      'intents.yaml': (text) => text.replace('refund:\n', 'money_back:\n'),
      'rules.yaml': (text) => text.replace('  refund:\n', '  money_back:\n'),
    });
    expect(diff.intents.map(({ name, kind }) => [name, kind])).toEqual([
      ['refund', 'removed'],
      ['money_back', 'added'],
    ]);
    expect(diff.rules).toMatchObject([
      { name: 'refund-small', kind: 'moved', where: 'money_back, was in refund' },
    ]);
  });
});

describe('settings', () => {
  test('each by its path', async () => {
    const edits = {
      'policy.yaml': (text: string) =>
        text
          .replace('settle-window: 3s', 'settle-window: 5s')
          .replace('hand-off-group: Support', 'hand-off-group: null')
          .replace(
            'tag: escalated }',
            'tag: escalated }\n  - { after: 2h, group: Tier 2, priority: urgent, tag: escalated_again }',
          )
          .replace('links: {', 'links: { help: https://beans.example/help,'),
    };
    expect(await textOf(edits)).toMatchInlineSnapshot(`
     "
     Settings
       shop.links.help: https://beans.example/help
       settings.settle-window: 3s -> 5s
       settings.hand-off-group: Support -> (nothing)
       escalation: after: 2h, group: Tier 2, priority: urgent, tag: escalated_again"
    `);
  });
});

test('the summary counts by kind', async () => {
  const diff = await diffOf({
    'rules.yaml': (text) =>
      text.replace('EUR: 5000', 'EUR: 8000').replace('order.late', 'order.late && customer.known'),
    'templates/en.yaml': replace('Which order', 'Which one'),
    'policy.yaml': replace('settle-window: 3s', 'settle-window: 5s'),
  });
  expect(diffSummary(diff)).toBe('2 rules changed, 1 template changed, 1 setting changed');
});

test('as JSON it goes through a pipe and back', async () => {
  const diff = await diffOf({ 'rules.yaml': replace('EUR: 5000', 'EUR: 8000') });
  expect(JSON.parse(JSON.stringify(diff))).toEqual(diff);
});
