/** What editors leave behind, what breaks a writer of YAML, and what was made to break the reader: a mistake with its place. */
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { compileCondition, isMistake } from '../../../src/policy/conditions/conditions';
import { conditionScope } from '../../../src/policy/conditions/conditionScope';
import { loadPolicy, PolicyError, type LoadedPolicy } from '../../../src/policy/load/loadPolicy';
import type { Mistake } from '../../../src/policy/policyError';
import { openPolicyStore } from '../../../src/policy/store/policyStore';
import { createTemplateEngine, isCompiled } from '../../../src/policy/templates/templates';
import { processorMs } from '../../support/processorMs';
import { writeSmallPolicy } from '../smallPolicy';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-hostile-'));
  await writeSmallPolicy(folder);
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function loaded(): Promise<LoadedPolicy | readonly Mistake[]> {
  try {
    return await loadPolicy(folder);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return error.mistakes;
  }
}

async function told(): Promise<readonly string[]> {
  const found = await loaded();
  return 'version' in found
    ? []
    : found.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);
}

const place = (name: string) => path.join(folder, name);
const replaceIn = async (name: string, from: string, to: string) => {
  const text = await readFile(place(name), 'utf8');
  expect(text).toContain(from);
  await writeFile(
    place(name),
    text.replace(from, () => to),
  );
};

describe('files that are none', () => {
  test('what an editor keeps beside them is no policy', async () => {
    const before = await loadPolicy(folder);
    await symlink('ana@desk.4711:1700000000', place('.#rules.yaml'));
    await writeFile(place('._intents.yaml'), Buffer.from([0, 5, 22, 7]));
    await writeFile(place('templates/.en.yaml'), 'half: "');
    expect((await loadPolicy(folder)).version).toBe(before.version);
  });

  test('a link that leads to nothing is named', async () => {
    await rm(place('rules.yaml'));
    await symlink('nowhere.yaml', place('rules.yaml'));
    expect(await told()).toEqual([
      'rules.yaml:1:1 is a link that leads to nothing. Mend it, or remove it from the policy',
    ]);
  });

  test('a link to itself is named', async () => {
    await symlink('more.yaml', place('more.yaml'));
    expect(await told()).toEqual(['more.yaml:1:1 cannot be read. Mend it, or remove it from the policy']);
  });

  test('a link to what never ends is not followed', async () => {
    await rm(place('rules.yaml'));
    await symlink('/dev/zero', place('rules.yaml'));
    expect(await told()).toEqual(['rules.yaml:1:1 is no file. Remove it from the policy']);
  });
});

describe('many mistakes', () => {
  test('of a file the first hundred are told, and how many more there are', async () => {
    const keys = Array.from({ length: 4_000 }, (_, i) => `per-inten${i}: 1`).join('\n');
    await writeFile(place('rules.yaml'), `${await readFile(place('rules.yaml'), 'utf8')}\n${keys}\n`);
    const used = processorMs();
    const mistakes = await told();
    expect(used()).toBeLessThan(5_000);
    expect(mistakes).toHaveLength(101);
    expect(mistakes[0]).toMatch(/^rules\.yaml:\d+:1 has the unknown key "per-inten0"/);
    expect(mistakes[100]).toMatch(
      /^rules\.yaml:\d+:1 begins 3900 more mistakes of this file\. Mend those above first$/,
    );
  });

  test('those of another file are told all the same', async () => {
    const keys = Array.from({ length: 150 }, (_, i) => `k${i}: 1`).join('\n');
    await writeFile(place('rules.yaml'), keys);
    await replaceIn('policy.yaml', 'replies-per-hour: 5', 'replies-per-hour: none');
    const files = (await told()).map((line) => line.split(':')[0]);
    expect([files.filter((file) => file === 'rules.yaml').length, files.includes('policy.yaml')]).toEqual([
      101,
      true,
    ]);
  });
});

test.each([
  ['.inf', 'Infinity'],
  ['-.inf', '-Infinity'],
  ['.nan', 'NaN'],
  ['1e999', 'Infinity'],
  ['-0', '0'],
])('%s is called what it is', async (written, found) => {
  await replaceIn('policy.yaml', 'replies-per-hour: 5', `replies-per-hour: ${written}`);
  expect((await told())[0]).toContain(`settings.replies-per-hour: is ${found}, but it `);
});

describe('conditions that are read, and written anew for the note', () => {
  const compiled = (source: string) => {
    const condition = compileCondition(source);
    if (isMistake(condition)) throw new Error(condition.message);
    return condition;
  };

  test.each([
    'message.text.contains("😡")',
    'message.text.contains("👨‍👩‍👧") || message.text.contains("🤬")',
    'message.text == "\\U0001F621" && order.found',
    'message.text == "\\\\ud83d\\\\ude21"',
    'message.text == "\\u0007\\t\\n\\"\'"',
    `${Array.from({ length: 80 }, (_, i) => i + 1).join('+')} == order.total`,
    `order.total == ${Array(40).fill('9').join(' * ')} + 1`,
    Array(45).fill('order.late').join(' || '),
    Array(45).fill('order.late').join(' && '),
    'confidence > 1.0e21 || confidence < 1.0e-9',
    'order.total > -9223372036854775808 && order.total < 9223372036854775807',
    "message.text == r'\\d' || message.text == '''a\nb'''",
    'order.found ? order.late : !order.late',
    'order.found // a remark\n && order.late',
  ])('%j', (source) => {
    const condition = compiled(source);
    expect(compileCondition(source)).toMatchObject({ source });
    expect(condition.never).toBeNull();
  });

  test('an emoji holds where the message has it, and stands in the note as it is', async () => {
    await replaceIn(
      'rules.yaml',
      'order.found && order.late',
      `'message.text.contains("😡") && order.found'`,
    );
    const policy = await loaded();
    if (!('rules' in policy)) throw new Error('it has mistakes');
    const [late] = policy.rules.perIntent.get('order_status') ?? [];
    const judged = (text: string) =>
      late?.condition?.judge(conditionScope({ message: { text }, order: { found: true } }));
    expect(judged('where is it 😡')).toEqual({ holds: true });
    expect(judged('where is it 😊')).toMatchObject({
      ...{ holds: false, why: expect.stringContaining('contains("😡")') as string },
    });
  });

  test.each([
    ['too many steps', Array(200).fill('1').join('+') + ' == 1', /maxAstNodes/],
    ['half an emoji', '"\\ud83d" == intent', /Invalid Unicode surrogate/],
    ['an emoji for a name', '😡 == 1', /Unexpected character/],
    ['a letter of no width', 'order\u200b.found', /Unexpected character/],
    ['a group with fields', 'Order{found: true}.found', /Unexpected character/],
    ['what may be there', 'order.?found.orValue(true)', /Expected IDENTIFIER/],
    ['a number out of all bounds', 'confidence > 1e400', /Invalid number/],
    ['every object’s own', 'order.constructor == "x"', /names "constructor", which is no fact/],
  ])('%s is a mistake: %s', (_what, source, message) => {
    const condition = compileCondition(source);
    expect(isMistake(condition) ? condition.message : '').toMatch(message);
  });
});

describe('templates', () => {
  const engine = createTemplateEngine('en', ['returns']);
  const mistakeIn = (source: string) => {
    const compiled = engine.compile(source);
    return isCompiled(compiled)
      ? null
      : `${compiled[0]?.line}:${compiled[0]?.column} ${compiled[0]?.message}`;
  };

  test.each([
    [
      'one\n{% assign order = "x" %}{{ order.number }}',
      /^2:\d+ assigns "order", which is a fact\. Give it another/,
    ],
    ['{% assign links = order.number %}{{ links }}', /assigns "links", which is a fact/],
    ['{{ intent.name }}', /prints "intent\.name", and "intent" is one value\. Print \{\{ intent \}\}/],
    ['Hello\n  a\u0000b', /^2:4 has the control character U\+0000 in it, which no desk shows\. Take it out$/],
    ['\u001b[31mred', /^1:1 has the control character U\+001B/],
  ])('%j is a mistake', (source, message) => {
    expect(mistakeIn(source)).toMatch(message);
  });

  test.each([
    'a\tb\r\nc',
    '{% assign name = order.number %}{{ name }}',
    '{{ signals.size }} {{ signals.first }} {{ intent.size }}',
    '{% for parcel in order.parcels %}{{ parcel.carrier }}{% endfor %}',
    '😡 naïve שלום',
  ])('%j is none', (source) => {
    expect(mistakeIn(source)).toBeNull();
  });

  /** As long as a template may be, and a little more. */
  const filled = (piece: string, close = '') => {
    const times = Math.floor(5_000 / (piece.length + close.length));
    return piece.repeat(times) + 'x' + close.repeat(times);
  };

  test.each([
    ['ifs in ifs', filled('{% if order.found %}', '{% endif %}')],
    ['unlesses in unlesses', filled('{% unless order.found %}', '{% endunless %}')],
    ['one if with many ends', `{% if order.found %}${filled('{% elsif order.late %}')}{% endif %}`],
    ['a long question', `{% if order.found${filled(' and order.late')} %}`],
    ['a path without end', `{{ order${filled('.number')} }}`],
    ['a path in a path', `{{ order${filled('[order', ']')} }}`],
    ['filters without end', `{{ order.number${filled(' | upcase')} }}`],
    ['pipes', `{{ order.total ${filled('|')} }}`],
    ['quotation marks', `{{ order.total | money: ${filled('"')} }}`],
    ['tags that are never closed', filled('{%')],
    ['prints that are never closed', filled('{{ ')],
    ['blanks', `{% for${filled(' ')}in order.items %}`],
    ['comments in comments', filled('{% comment %}')],
    ['names without end', filled('{% assign a = order.number %}')],
  ])('%s: %#', (_what, source) => {
    const used = processorMs();
    const compiled = engine.compile(source);
    if (isCompiled(compiled)) {
      const order = { found: true, late: true, number: '48213', total: 5, items: ['a'] };
      expect(() => compiled.render({ order }).length).not.toThrow(RangeError);
    }
    expect(used()).toBeLessThan(2_000);
  });
});

test('none of it replaces what is in force', async () => {
  const store = openPolicyStore(place('store'));
  const source = place('source');
  await writeSmallPolicy(source);
  const { version } = await store.adopt(source);
  const rules = await readFile(path.join(source, 'rules.yaml'), 'utf8');
  for (const bad of ['\u0000', 'first: .inf', `${rules}\nmore: 1`, '%YAML 9.9\n---\n']) {
    await writeFile(path.join(source, 'rules.yaml'), bad);
    await expect(store.adopt(source)).rejects.toThrow(PolicyError);
  }
  expect((await store.load(version)).version).toBe(version);
  expect((await store.history()).map((change) => change.version)).toEqual([version]);
});
