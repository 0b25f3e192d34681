/** What is kept and shown of a run: the memo, JUnit XML, coverage, and the command itself. */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { parseDocument } from 'htmlparser2';
import { z } from 'zod';
import type { Classifier } from '../../src/classify/port';
import { loadPolicy } from '../../src/policy/load/loadPolicy';
import { openClassificationMemo } from '../../src/scenarios/classificationMemo';
import { coverageOf } from '../../src/scenarios/report/coverage';
import { junitXml } from '../../src/scenarios/report/junit';
import { conversationText, coverageText } from '../../src/scenarios/report/report';
import { run, scenarioOf, withScenarios } from './support';

const passing = '- customer says: Where is my order 48213?\n- expect: { rule: order-in-transit }';
const failing = '- customer says: "Where is <my> order 48213? \\x01 ]]>"\n- expect: { rule: order-late }';

test('JUnit XML is XML, whatever customers write', async () => {
  const xml = junitXml([...(await run(scenarioOf(passing))), ...(await run(scenarioOf(failing)))]);
  expect(xml).toMatch(/<testsuite name="scenarios\/some.yaml" tests="2" failures="1"/);
  expect(xml).toMatch(
    /<failure type="expectation" message="rule: expected order-late, came order-in-transit/,
  );
  expect(xml).toContain('&lt;my&gt;');
  expect(xml).not.toContain('\u0001');
  expect(parseDocument(xml, { xmlMode: true }).children.length).toBeGreaterThan(0);
});

test('a passing conversation can be shown', async () => {
  const [result] = await run(scenarioOf(passing));
  const shown = conversationText(result?.happenings ?? []);
  expect(shown).toMatch(
    /Customer {2}Where is my order 48213\?\n.*\(understood: .*\n.*\(rule: order-in-transit\)/,
  );
  expect(shown).toContain('Deskhand');
  expect(shown).not.toContain('Expected');
});

test('coverage names what no scenario reached', async () => {
  await withScenarios({}, async (folder) => {
    const policy = await loadPolicy(folder);
    const results = await run(scenarioOf(passing));
    const coverage = coverageOf(
      policy,
      results.map(({ touched }) => touched),
    );
    expect(coverage.rules.used).toBe(1);
    expect(coverage.rules.never).toContain('order-late');
    expect(coverage.rules.never).not.toContain('order-in-transit');
    expect(coverage.languages.find(({ language }) => language === 'en')?.used).toBe(3);
    expect(coverageText(coverage)).toMatch(/^Rules used: 1 of \d+\. Never: /);
  });
});

describe('the memo', () => {
  const words = (text: string) => ({
    words: { text, subject: '', attachmentNames: [] },
    locale: null,
    question: null,
  });
  let asked = 0;
  const classifier: Classifier = {
    name: 'counting@1',
    classify: () => {
      asked += 1;
      return Promise.resolve({
        intent: 'a',
        confidence: 1,
        ranking: [],
        language: 'en',
        entities: { orderNumbers: [] },
        signals: [],
        classifier: 'counting@1',
      });
    },
  };
  const open = (file: string, change: { intents?: string; classifier?: string; fresh?: boolean } = {}) =>
    openClassificationMemo({
      file,
      intents: [{ intent: change.intents ?? 'a', examples: ['one'] }],
      classifier: change.classifier ?? 'counting@1',
      fresh: change.fresh ?? false,
      open: () => Promise.resolve(classifier),
    });

  it('asks once for a message, over runs, until intents, classifier, question or words change', async () => {
    await withScenarios({}, async (folder) => {
      const file = path.join(folder, 'memo', 'messages.json');
      const first = await open(file);
      const said = await first.classify(words('Hello'));
      await first.classify(words('Hello'));
      await first.save();
      expect(asked).toBe(1);
      expect(await (await open(file)).classify(words('Hello'))).toEqual(said);
      expect(asked).toBe(1);
      expect(await readFile(file, 'utf8')).not.toContain('Hello');

      await (await open(file)).classify(words('Hello!'));
      await (await open(file, { intents: 'b' })).classify(words('Hello'));
      await (await open(file, { classifier: 'counting@2' })).classify(words('Hello'));
      await (await open(file, { fresh: true })).classify(words('Hello'));
      const question = { kind: 'ask', slot: 'item', intent: 'a', choices: [] } as const;
      await (await open(file)).classify({ ...words('Hello'), question });
      expect(asked).toBe(6);
    });
  });

  it('a broken file is as good as none', async () => {
    await withScenarios({}, async (folder) => {
      const file = path.join(folder, 'memo.json');
      await writeFile(file, '{"classifications": {"x": 7}}');
      await expect((await open(file)).classify(words('Hi'))).resolves.toMatchObject({ intent: 'a' });
    });
  });
});

describe('deskhand policy test', () => {
  const command = promisify(execFile);
  const deskhand = async (folder: string, ...more: readonly string[]) => {
    const env = { ...process.env, DESKHAND_STATE_DIR: path.join(folder, 'state') };
    const args = [path.resolve('bin/deskhand.mjs'), 'policy', 'test', folder, ...more];
    return command(process.execPath, args, { env }).then(
      ({ stdout, stderr }) => ({ code: 0, text: stdout + stderr }),
      (error: unknown) => {
        const ended = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() }).parse(error);
        return { code: ended.code, text: ended.stdout + ended.stderr };
      },
    );
  };

  it('ends with 1 when one fails, 0 when all pass, and says which were left out', async () => {
    const files = { 'good.yaml': scenarioOf(passing), 'bad.yaml': scenarioOf(failing).replace('One', 'Two') };
    await withScenarios(files, async (folder) => {
      const all = await deskhand(folder, '--junit', path.join(folder, 'out', 'junit.xml'));
      expect(all.code).toBe(1);
      expect(all.text).toMatch(/FAILED {2}Two[^]*ok {6}One[^]*1 of 2 scenarios passed/);
      expect(await readFile(path.join(folder, 'out', 'junit.xml'), 'utf8')).toContain('failures="1"');
      const one = await deskhand(folder, '--filter', 'GOOD');
      expect(one).toMatchObject({
        code: 0,
        text: expect.stringMatching(/1 left out by the filter/) as unknown,
      });
      expect(one.text).not.toContain('classified anew');
      const none = await deskhand(folder, '--filter', 'nothing like it');
      expect(none).toMatchObject({
        code: 1,
        text: expect.stringContaining('None of the 2 scenarios') as unknown,
      });
    });
  });
});
