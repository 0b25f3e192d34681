/** What `npm start` and `npm test` do before anything else: the packages as the lock file says, by the real npm. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { repository } from '../../support/testRun';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'deskhand-prepare-'));
  mkdirSync(path.join(folder, 'local'));
  writePackage('local', { name: 'local', version: '1.0.0' });
  writePackage('.', { name: 'clone', version: '1.0.0', dependencies: { local: 'file:local' } });
  npm('install', '--package-lock-only');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function writePackage(at: string, content: unknown): void {
  writeFileSync(path.join(folder, at, 'package.json'), JSON.stringify(content));
}

function npm(...args: string[]): void {
  const { status, stderr } = spawnSync('npm', [...args, '--offline'], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

function prepare(nodeVersion = process.versions.node): { status: number | null; said: string } {
  const script = `
    Object.defineProperty(process.versions, 'node', { value: '${nodeVersion}' });
    const { prepare } = await import('${repository}/scripts/prepare.mjs');
    await prepare('${folder}');`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  return { status, said: stderr };
}

it('installs on a bare clone, and has nothing to do the next time', () => {
  expect(prepare()).toEqual({
    status: 0,
    said: expect.stringMatching(
      /^Packages: installing \(none are there yet\) \.\.\.[^]*Packages: installed in \d+ s\.\n$/,
    ) as string,
  });
  expect(existsSync(path.join(folder, 'node_modules/local/package.json'))).toBe(true);
  expect(prepare()).toEqual({ status: 0, said: '' });
});

it('installs again when the lock file asks for something else', () => {
  prepare();
  mkdirSync(path.join(folder, 'more'));
  writePackage('more', { name: 'more', version: '1.0.0' });
  writePackage('.', {
    name: 'clone',
    version: '1.0.0',
    dependencies: { local: 'file:local', more: 'file:more' },
  });
  npm('install', '--package-lock-only');
  expect(prepare().said).toContain('installing (package-lock.json changed)');
  expect(existsSync(path.join(folder, 'node_modules/more/package.json'))).toBe(true);
});

it('leaves alone what npm itself has installed', () => {
  npm('install');
  writeFileSync(path.join(folder, 'node_modules/mark'), '');
  expect(prepare()).toEqual({ status: 0, said: '' });
  expect(existsSync(path.join(folder, 'node_modules/mark'))).toBe(true);
});

it('that fails ends with one sentence and exit code 1', () => {
  writePackage('.', { name: 'clone', version: '1.0.0', dependencies: { other: '1.0.0' } });
  const { status, said } = prepare();
  expect(status).toBe(1);
  expect(said).toMatch(
    /Packages: npm ci failed \(exit code \d+\); its reason is above\. Mend it and start again/,
  );
});

it.each(['18.20.0', '20.18.3'])('says that Node %s is too old', (version) => {
  expect(prepare(version)).toEqual({
    status: 1,
    said: `This is Node ${version}; Deskhand needs 20.19 or newer: https://nodejs.org/en/download\n`,
  });
});

it.each([
  ['deskhand', ['bin/deskhand.mjs']],
  ['a benchmark', ['scripts/withPackages.mjs', 'src/cli/main.ts']],
])('%s as the first command on a bare clone installs what it needs, and then runs', (_which, command) => {
  for (const part of ['bin', 'scripts']) {
    cpSync(path.join(repository, part), path.join(folder, part), { recursive: true });
  }
  mkdirSync(path.join(folder, 'src/cli'), { recursive: true });
  writeFileSync(
    path.join(folder, 'src/cli/main.ts'),
    "const words: string = 'it ran';\nconsole.log(words);\n",
  );
  mkdirSync(path.join(folder, 'programs'));
  const install = `#!/bin/sh\nmkdir node_modules && ln -s ${repository}/node_modules/tsx node_modules/tsx\n`;
  writeFileSync(path.join(folder, 'programs/npm'), install, { mode: 0o755 });
  const run = () =>
    spawnSync(process.execPath, command, {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: `${folder}/programs:${process.env['PATH'] ?? ''}` },
    });
  expect(run()).toMatchObject({
    status: 0,
    stdout: 'it ran\n',
    stderr: expect.stringContaining('Packages: installing (none are there yet)') as string,
  });
  expect(run()).toMatchObject({ status: 0, stdout: 'it ran\n', stderr: '' });
});
