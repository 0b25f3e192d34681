/** docs/first-rule.md, step by step: its texts go into the files it names, and its commands are run as they stand. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fillStateFolder } from '../../support/stateFolder';
import { readTestRun, repository } from '../../support/testRun';

let folder: string;
let policy: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-first-rule-'));
  policy = path.join(folder, 'my-shop');
  await fillStateFolder(path.join(folder, 'state'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Its own policies folder aside, exactly what the page says; `deskhand` is compiled, which starts in half the time. */
function run(commands: string): Promise<{ readonly code: number | null; readonly out: string }> {
  const child = spawn('sh', ['-e', '-c', commands.replaceAll('policies/my-shop', policy)], {
    cwd: path.resolve(path.dirname(readTestRun().deskhand), '..'),
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      DESKHAND_STATE_DIR: path.join(folder, 'state'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out })));
}

/** `# rules.yaml, right under "  order_status:"`: where the text goes. */
async function write(block: string): Promise<void> {
  const [hint = '', ...lines] = block.split('\n');
  const text = `${lines.join('\n')}\n`;
  const [, name = '', where = ''] = /^# (\S+), (.*)$/.exec(hint) ?? [];
  const file = path.join(policy, name);
  if (where === 'a new file') {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text, { flag: 'wx' });
    return;
  }
  const before = await readFile(file, 'utf8');
  const under = /^right under "(.*)"$/.exec(where)?.[1];
  const after = under === undefined ? before + text : before.replace(`\n${under}\n`, `\n${under}\n${text}`);
  expect(after).not.toBe(before);
  await writeFile(file, after);
}

test('the page leads to a rule in force', async () => {
  const page = await readFile(path.join(repository, 'docs/first-rule.md'), 'utf8');
  const said: string[] = [];
  for (const [, language, block = ''] of page.matchAll(/^```(sh|yaml)\n([\s\S]*?)\n```$/gm)) {
    if (language === 'yaml') {
      await write(block);
      continue;
    }
    const { code, out } = await run(block);
    expect(code === 0 ? '' : `${block}\n${out}`).toBe('');
    said.push(out);
  }
  const [before, words, proof, published] = said;
  expect(before).toMatch(/has 0 errors/);
  expect(words).toMatch(/warning "large-order-late" has no translation for "de"/);
  expect(words).not.toMatch(/large-order-late" prints/);
  expect(proof).toMatch(/2 of 2 scenarios passed/);
  expect(proof).toMatch(/large-order-late/);
  expect(published).toMatch(/p-[0-9a-f]{12} is in force/);
});
