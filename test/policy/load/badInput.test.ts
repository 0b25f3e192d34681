/** Files that were made to hurt, or are merely broken: a clear mistake in little time, and nothing else. */
import fc from 'fast-check';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { loadPolicy, PolicyError } from '../../../src/policy/load/loadPolicy';
import { openPolicyStore } from '../../../src/policy/store/policyStore';
import { createTemplateEngine, isCompiled } from '../../../src/policy/templates/templates';
import { writeSmallPolicy } from '../smallPolicy';
import type { OpenQuestion } from '../../../src/core/conversation/dialogue';
import { asked, consult, order } from '../support';
import { demoPolicy } from '../support';
import { processorMs } from '../../support/processorMs';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-bad-input-'));
  await writeSmallPolicy(folder);
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Null: it was loaded. @throws what is no PolicyError: a crash. */
async function mistakesOf(): Promise<readonly string[] | null> {
  try {
    await loadPolicy(folder);
    return null;
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    expect(error.mistakes.length).toBeGreaterThan(0);
    for (const { line, column, message } of error.mistakes) {
      expect(line).toBeGreaterThan(0);
      expect(column).toBeGreaterThan(0);
      expect(message).not.toMatch(/\n\s+at |undefined|\[object/);
    }
    return error.mistakes.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);
  }
}

/** On a machine with nothing else to do, each takes far less. */
const atMostMs = 5_000;
const brackets = 200_000;
const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...Array.from('bcdefghij').map(
    (key, i) =>
      `${key}: &${key} [${Array(9)
        .fill(`*${'abcdefghi'[i] ?? ''}`)
        .join(', ')}]`,
  ),
].join('\n');

test.each<[string, string, RegExp]>([
  ['a bomb of aliases', bomb, /at most 50 are read/],
  ['an alias of itself', 'a: &a [*a]\n', /unknown key "a"|circular|alias/i],
  ['open brackets without end', '['.repeat(brackets), /^rules.yaml:1:41 nests deeper than 40 levels/],
  ['closed brackets, as deep', '['.repeat(brackets) + ']'.repeat(brackets), /nests deeper than 40 levels/],
  ['groups without end', '{a: '.repeat(50_000), /nests deeper than 40 levels/],
  ['lists in lists', `${'- '.repeat(brackets)}x`, /nests deeper than 40 levels/],
  [
    'stairs',
    Array.from({ length: 700 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    /^rules.yaml:202:1 is indented by 201 spaces/,
  ],
  [
    'a million keys',
    Array.from({ length: 40_000 }, (_, i) => `k${i}: 1`).join('\n'),
    /more than 60000 words and signs/,
  ],
  [
    'aliases one by one',
    Array.from({ length: 60 }, (_, i) => `- &a${i} x\n- *a${i}`).join('\n'),
    /at most 50 are read/,
  ],
  ['the same key twice', 'first: []\nfirst: []\n', /^rules.yaml:2:1 is a key that stands here a second time/],
  ['a tab', 'first:\n\t- rule: x\n', /^rules.yaml:2:1 is indented with a tab/],
  ['two documents', 'first: []\n---\nfirst: []\n', /multiple documents/],
  ['a tag of another language', 'first: !!js/function "x"\n', /^rules.yaml:1:8 /],
  ['nothing', '', /^rules.yaml:1:1 the file: is empty/],
  ['a number', '42', /^rules.yaml:1:1 the file: is 42/],
  ['bytes that are no text', '\u0000\u0001\ufffd', /^rules.yaml:1:1 /],
  ['the keys of an object', 'constructor: 1\n', /unknown key "constructor"/],
  [
    'the prototype of an object',
    'first: []\n__proto__: { first: [] }\n',
    /^rules.yaml:2:1 is a name that JavaScript keeps/,
  ],
  [
    'one within',
    'first:\n  - { rule: x, "__proto__": 1 }\n',
    /^rules.yaml:2:16 is a name that JavaScript keeps/,
  ],
])('%s', async (_what, text, message) => {
  await writeFile(path.join(folder, 'rules.yaml'), text);
  const used = processorMs();
  const mistakes = await mistakesOf();
  expect(used()).toBeLessThan(atMostMs);
  expect(mistakes?.join('\n')).toMatch(message);
});

describe('a file that is not UTF-8 is not guessed at', () => {
  const german = 'greeting: Hallo,\nsorry-late: Das tut uns leid für Sie.\n';

  test.each<[string, string, Buffer, RegExp]>([
    [
      'Latin-1',
      'templates/de.yaml',
      Buffer.from(german, 'latin1'),
      /^templates\/de.yaml:2:31 is not written in UTF-8/,
    ],
    [
      'UTF-16',
      'policy.yaml',
      Buffer.from(`\ufeff${german}`, 'utf16le'),
      /^policy.yaml:1:1 is not written in UTF-8/,
    ],
    ['cut in a letter', 'rules.yaml', Buffer.from('first: ü').subarray(0, -1), /^rules.yaml:1:8 is not/],
    ['no text at all', 'rules.yaml', Buffer.from([0xff, 0xfe, 0x0a, 0x80]), /^rules.yaml:1:1 is not/],
  ])('%s', async (_what, name, bytes, place) => {
    await writeFile(path.join(folder, name), bytes);
    expect(await mistakesOf()).toContainEqual(expect.stringMatching(place));
  });

  test('a byte order mark is none of the text', async () => {
    const file = path.join(folder, 'policy.yaml');
    await writeFile(file, `\ufeff${await readFile(file, 'utf8')}`);
    expect(await mistakesOf()).toBeNull();
  });

  test('a letter that looks like a guess is one', async () => {
    const file = path.join(folder, 'templates', 'de.yaml');
    await writeFile(file, `${await readFile(file, 'utf8')}\n# \ufffd`);
    expect(await mistakesOf()).toBeNull();
  });
});

test('a file of five megabytes is not read', async () => {
  await writeFile(path.join(folder, 'rules.yaml'), `# ${'x'.repeat(5_000_000)}`);
  expect(await mistakesOf()).toEqual([
    expect.stringMatching(/^rules.yaml:1:1 has 5000002 bytes; at most 524288/),
  ]);
});

test('nor are many files, or much in all of them', async () => {
  for (let i = 0; i < 60; i += 1) await writeFile(path.join(folder, `more-${i}.yaml`), 'x');
  expect(await mistakesOf()).toEqual([expect.stringMatching(/^\.:1:1 has 65 files .* at most 60 files/)]);
});

test('a folder with the name of a file', async () => {
  await rm(path.join(folder, 'rules.yaml'));
  await mkdir(path.join(folder, 'rules.yaml'));
  expect(await mistakesOf()).toEqual(['rules.yaml:1:1 is no file. Remove it from the policy']);
});

describe('conditions', () => {
  test.each<[string, string, RegExp]>([
    ['too long', `order.found${' || order.late'.repeat(100)}`, /at most 1000 characters/],
    ['too deep', `${'('.repeat(300)}order.found${')'.repeat(300)}`, /is not a condition/],
    [
      'loops in loops',
      'orders.list.all(a, orders.list.all(b, orders.list.all(c, a.late && b.late && c.late)))',
      /more than 2 deep/,
    ],
    ['a regular expression', 'message.text.matches("(a+)+$")', /uses matches\(\), which can run without end/],
    ['a number', '1 + 1', /a condition must give true or false/],
    ['half a condition', 'order.found &&', /is not a condition/],
  ])('%s', async (_what, condition, message) => {
    const file = path.join(folder, 'rules.yaml');
    const text = await readFile(file, 'utf8');
    await writeFile(
      file,
      text.replace('order.found && order.late', () => JSON.stringify(condition)),
    );
    expect((await mistakesOf())?.join('\n')).toMatch(message);
  });
});

describe('templates', () => {
  const engine = createTemplateEngine('en', []);

  test.each<[string, string, RegExp]>([
    [
      'loops in loops',
      '{% for a in order.items %}'.repeat(3) + '{% endfor %}'.repeat(3),
      /loops more than 2 deep/,
    ],
    ['a file', '{% include "/etc/passwd" %}', /uses the tag "include"/],
    ['half a tag', '{% if order.found %}', /not closed/],
    ['half a print', '{{ order.number', /not closed/],
  ])('%s is a mistake', (_what, source, message) => {
    const compiled = engine.compile(source);
    expect(isCompiled(compiled) ? '' : compiled[0]?.message).toMatch(message);
  });

  test.each([
    ['a range without end', '{% for i in (1..1000000000) %}x{% endfor %}'],
    ['ranges in ranges', '{% for i in (1..90000) %}{% for j in (1..90000) %}x{% endfor %}{% endfor %}'],
    ['a loop that writes a book', `{% for i in (1..90000) %}${'y'.repeat(4_000)}{% endfor %}`],
    ['a loop that writes blanks', `{% for i in (1..1000) %}${' '.repeat(1_000)}{% endfor %}x`],
  ])('%s stops by itself', (_what, source) => {
    const compiled = engine.compile(source);
    if (!isCompiled(compiled)) throw new Error('it is a template');
    const used = processorMs();
    expect(() => compiled.render({})).toThrow(/limit|more than 30000 characters/);
    expect(used()).toBeLessThan(atMostMs);
  });

  test('blanks within the bounds are tidied in no time', () => {
    const compiled = engine.compile(`{% for i in (1..29) %}${' '.repeat(1_000)}{% endfor %}x`);
    if (!isCompiled(compiled)) throw new Error('it is a template');
    const used = processorMs();
    expect(compiled.render({})).toBe('x');
    expect(used()).toBeLessThan(500);
  });
});

test('what is in force stays in force when a bad folder is published', async () => {
  const store = openPolicyStore(path.join(folder, 'store'));
  const source = path.join(folder, 'source');
  await writeSmallPolicy(source);
  const { version } = await store.adopt(source);
  await writeFile(path.join(source, 'rules.yaml'), bomb);
  await expect(store.adopt(source)).rejects.toThrow(PolicyError);
  expect((await store.history()).map((change) => change.version)).toEqual([version]);
  expect((await store.load(version)).version).toBe(version);
});

const fileNames = ['policy.yaml', 'intents.yaml', 'rules.yaml', 'templates/en.yaml'] as const;

test('any tree of YAML in any file is loaded or has its mistakes, never a crash', async () => {
  const words = [
    'first',
    'per-intent',
    'rule',
    'when',
    'then',
    'include',
    'ask',
    '__proto__',
    'constructor',
    'toString',
  ];
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6, depthSize: 'medium' },
      fc.oneof(
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.double(),
        fc.constant(null),
        fc.constantFrom('is.x', '{{ order.x }}', 'shared/a.yaml'),
      ),
      fc.array(tie('tree'), { maxLength: 5 }),
      fc.dictionary(fc.oneof(fc.string(), fc.constantFrom(...words)), tie('tree'), { maxKeys: 5 }),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...fileNames), tree, async (name, content) => {
      await writeSmallPolicy(folder);
      await writeFile(path.join(folder, name), stringify(content));
      await mistakesOf();
    }),
    { numRuns: 200 },
  );
});

test('the demo policy with a piece cut out, doubled or put elsewhere is loaded or has its mistakes', async () => {
  const names = [...fileNames, 'templates/de.yaml'] as const;
  const texts = new Map(
    await Promise.all(
      names.map(async (name) => [name, await readFile(path.join(demoPolicy, name), 'utf8')] as const),
    ),
  );
  const all = await readdir(path.join(demoPolicy, 'templates'));
  await mkdir(path.join(folder, 'templates'), { recursive: true });
  const languages = all.filter((name) => !names.some((known) => known.endsWith(name)));
  for (const name of languages) {
    await writeFile(
      path.join(folder, 'templates', name),
      await readFile(path.join(demoPolicy, 'templates', name)),
    );
  }
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      share,
      fc.integer({ min: 0, max: 60 }),
      share,
      fc.constantFrom(
        'cut',
        'double',
        'move',
        'swap-case',
        ': ',
        '- ',
        '"',
        '{',
        '\t',
        '{{',
        '%}',
        '&a ',
        '*a',
        '|',
        '&&',
      ),
      async (name, from, length, to, what) => {
        for (const [file, text] of texts) await writeFile(path.join(folder, file), text);
        const text = texts.get(name) ?? '';
        const start = Math.floor(from * text.length);
        const piece = text.slice(start, start + length);
        const without = text.slice(0, start) + text.slice(start + length);
        const target = Math.floor(to * without.length);
        const insert = (words: string) => without.slice(0, target) + words + without.slice(target);
        const changed =
          what === 'cut'
            ? without
            : what === 'double'
              ? text.slice(0, start) + piece + text.slice(start)
              : what === 'move'
                ? insert(piece)
                : what === 'swap-case'
                  ? text.slice(0, start) + piece.toUpperCase() + text.slice(start + length)
                  : text.slice(0, start) + what + text.slice(start);
        await writeFile(path.join(folder, name), changed);
        await mistakesOf();
      },
    ),
    { numRuns: 60 },
  );
});

/** Six messages of one customer, each as long as is read of one, are heard together. */
test.each<Partial<OpenQuestion> | null>([
  null,
  { slot: 'address', order: '48213' },
  { slot: 'order-number' },
  { kind: 'confirm', order: '48213', intent: 'cancel_order' },
])('a burst of the longest messages is decided on at once (%j)', async (question) => {
  await consult({ text: 'hi' }, order());
  const used = processorMs();
  for (const piece of ['a', '-', '1 ', '48213 ', '🙂', 'Lange ', ' \n', 'no ', ', ', 'please ', 'to ']) {
    const text = piece.repeat(120_000 / piece.length);
    const plan = await consult({ text, question: question === null ? null : asked(question) }, order());
    expect(plan.actions).not.toEqual([]);
  }
  expect(used()).toBeLessThan(3_000);
});
