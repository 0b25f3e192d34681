/** Scenarios on several threads: what comes out is what one thread makes, in the same order. */
import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import type { Classification } from '../../src/core/conversation/understanding';
import { loadPolicy } from '../../src/policy/load/loadPolicy';
import {
  NotRemembered,
  openClassificationMemo,
  recall,
  type ClassificationMemo,
} from '../../src/scenarios/classificationMemo';
import { loadScenarios, type Scenario } from '../../src/scenarios/load/loadScenarios';
import { failureText } from '../../src/scenarios/report/report';
import { runScenarios, type ScenarioResult } from '../../src/scenarios/runScenarios';
import { openScenarioThreads } from '../../src/scenarios/threads/scenarioThreads';
import type { LoadedPolicy } from '../../src/policy/policy';
import { withScenarios } from './support';

/** Knows the words that these scenarios use. */
const understood = (text: string): Classification => ({
  intent: text.includes('order') ? 'order_status' : null,
  confidence: 0.97,
  ranking: [],
  language: 'en',
  entities: { orderNumbers: text.match(/\d{5}/g) ?? [] },
  signals: [],
  classifier: 'words@1',
});

const scenarios = `given:
  orders: [{ number: 48213, status: in-transit }]
scenarios:
  - scenario: Goes well
    steps:
      - customer says: Where is my order 48213?
      - expect: { intent: order_status, reply contains: '48213' }
  - scenario: Goes wrong
    steps:
      - customer says: Where is my order 48213, please?
      - expect: { intent: order_status }
      - customer says: Thank you, and order 48213 again
      - expect: { status: closed, reply contains: no such words }
  - scenario: Goes well for days
    steps:
      - customer says: My order 48213?
      - expect: { intent: order_status }
      - after: 3 days
      - expect: { status: pending }
`;

interface Loaded {
  readonly folder: string;
  readonly policy: LoadedPolicy;
  readonly all: readonly Scenario[];
  readonly memo: ClassificationMemo;
  /** What the classifier was asked, in order. */
  readonly asked: readonly string[];
}

async function withLoaded(use: (loaded: Loaded) => Promise<void>): Promise<void> {
  await withScenarios({ 'some.yaml': scenarios }, async (folder) => {
    const policy = await loadPolicy(folder);
    const asked: string[] = [];
    const memo = await openClassificationMemo({
      file: path.join(folder, 'memo.json'),
      intents: policy.intents,
      classifier: 'words@1',
      open: () =>
        Promise.resolve({
          name: 'words@1',
          classify: ({ words }) => {
            asked.push(words.text);
            return Promise.resolve(understood(words.text));
          },
        }),
    });
    await use({ folder, policy, all: await loadScenarios(folder, policy), memo, asked });
  });
}

const plain = ({ scenario, failed, touched }: ScenarioResult) => ({ name: scenario.name, failed, touched });

test('many scenarios come out as from one thread, in their order, and a failed one shows its conversation', async () => {
  await withLoaded(async ({ folder, policy, all, memo }) => {
    const many = Array.from({ length: 100 }, () => all).flat();
    const alone = await runScenarios(many, { policy, classify: memo.classify });
    const threads = openScenarioThreads({ folder, policy, memo, keeps: 'failed', threads: 2 });
    try {
      const spread = await threads.run(many);
      expect(spread.map(plain)).toEqual(alone.map(plain));
      expect(spread.map(failureText)).toEqual(alone.map(failureText));
      expect(spread.map(failureText)[1]).toMatch(/some\.yaml:13:[\s\S]*no such words/);
      expect(spread[0]?.touched.rules.length).toBe(1);
    } finally {
      await threads.stop();
    }
  });
});

test('what happened is kept of those that failed, or of all, whichever thread played them', async () => {
  await withLoaded(async ({ folder, policy, all, memo }) => {
    const many = Array.from({ length: 100 }, () => all).flat();
    const alone = await runScenarios(all, { policy, classify: memo.classify, keeps: 'failed' });
    expect(alone.map(({ happenings }) => happenings.length > 0)).toEqual([false, true, false]);
    for (const keeps of ['failed', 'all'] as const) {
      const threads = openScenarioThreads({ folder, policy, memo, keeps, threads: 1 });
      try {
        const results = await threads.run(many);
        const told = results.filter(({ happenings }) => happenings.length > 0);
        const passedToo = told.filter(({ failed }) => failed === null);
        expect(told.length - passedToo.length).toBe(100);
        expect(passedToo.length).toBe(keeps === 'all' ? 200 : 0);
      } finally {
        await threads.stop();
      }
    }
  });
});

test('a message that is not remembered is classified by the main thread, once', async () => {
  await withLoaded(async ({ folder, policy, all, memo, asked }) => {
    const threads = openScenarioThreads({ folder, policy, memo, keeps: 'failed', threads: 1 });
    try {
      const results = await threads.run(Array.from({ length: 40 }, () => all).flat());
      expect(results.map(({ failed }) => failed === null)).toEqual(
        Array.from({ length: 40 }, () => [true, false, true]).flat(),
      );
      expect(asked.toSorted()).toEqual([...new Set(asked)].toSorted());
      expect(memo.classified()).toBe(asked.length);
    } finally {
      await threads.stop();
    }
  });
});

test('a policy that changes on disk while its scenarios run is said, and not mixed with the one before', async () => {
  await withLoaded(async ({ folder, policy, all, memo }) => {
    await appendFile(
      path.join(folder, 'intents.yaml'),
      '\nnews:\n  about: wants news\n  orders: none\n  examples: [news, new, newer]\n',
    );
    const threads = openScenarioThreads({ folder, policy, memo, keeps: 'failed', threads: 1 });
    try {
      await expect(threads.run(Array.from({ length: 40 }, () => all).flat())).rejects.toThrow(
        /was changed while its scenarios ran\. Run them again/,
      );
    } finally {
      await threads.stop();
    }
  });
});

test('without another core everything is played by the main thread', async () => {
  await withLoaded(async ({ folder, policy, all, memo }) => {
    const threads = openScenarioThreads({ folder, policy, memo, keeps: 'failed', threads: 0 });
    expect((await threads.run(all)).map(({ failed }) => failed === null)).toEqual([true, false, true]);
    expect(await threads.run([])).toEqual([]);
    await threads.stop();
  });
});

test('a classifier that fails ends the run with its own words, and is no failed scenario', async () => {
  await withLoaded(async ({ policy, all }) => {
    const classify = () => Promise.reject(new Error('the model cannot be read'));
    await expect(runScenarios(all, { policy, classify })).rejects.toThrow('the model cannot be read');
  });
});

test('memory answers what was classified in the same words, and nothing else', async () => {
  await withLoaded(async ({ memo }) => {
    const said = (text: string) => ({
      words: { text, subject: '', attachmentNames: [] },
      locale: null,
      question: null,
    });
    await memo.classify(said('My order 48213?'));
    const fromMemory = recall(memo.memory());
    await expect(fromMemory(said('My order 48213?'))).resolves.toEqual(understood('My order 48213?'));
    await expect(fromMemory(said('My order 48214?'))).rejects.toThrow(NotRemembered);
    await expect(fromMemory({ ...said('My order 48213?'), locale: 'de' })).rejects.toThrow(NotRemembered);
  });
});
