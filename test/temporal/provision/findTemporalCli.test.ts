/** Finding or obtaining Temporal's program, with real executables, a real release over HTTP, a real cache folder. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { archiveName } from '../../../src/temporal/provision/download';
import {
  cachedCliPath,
  findTemporalCli,
  TemporalNotFound,
  type TemporalCli,
} from '../../../src/temporal/provision/findTemporalCli';
import type { Release } from '../../../src/temporal/provision/pinned';
import { ownPort } from '../../support/ports';

const goodProgram = '#!/bin/sh\necho "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"\n';
const archive = archiveName(process.platform, process.arch) ?? '';

let folder: string;
let said: string[];
let closers: (() => void)[];
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'deskhand-find-'));
  said = [];
  closers = [];
});
afterEach(() => {
  for (const close of closers) close();
  rmSync(folder, { recursive: true, force: true });
});

/** A machine: what is on its PATH (name to script), and an empty home. The system's tools stay reachable by path. */
function machine(programs: Record<string, string> = {}): NodeJS.ProcessEnv {
  const bin = path.join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(path.join(bin, name), script, { mode: 0o755 });
  }
  return { PATH: bin, HOME: folder };
}

function find(env: NodeJS.ProcessEnv, release?: Release): Promise<TemporalCli> {
  return findTemporalCli({
    env,
    release: release ?? { url: 'http://127.0.0.1:1', sha256: { [archive]: '0'.repeat(64) } },
    onProgress: (line) => said.push(line),
  });
}

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TemporalNotFound))
    throw new Error('was found, or failed otherwise', { cause: error });
  return error.message;
}

/** Serves `files` as a release does. */
async function publish(files: Record<string, Buffer | string>): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    const name = (request.url ?? '/').slice(1);
    asked.push(name);
    const file = files[name];
    response.statusCode = file === undefined ? 404 : 200;
    response.end(file ?? 'Not Found');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

function pack(script: string): Buffer {
  const source = path.join(folder, 'packed');
  mkdirSync(source, { recursive: true });
  writeFileSync(path.join(source, 'temporal'), script, { mode: 0o755 });
  const file = path.join(folder, 'archive.tar.gz');
  execFileSync('tar', ['-czf', file, '-C', source, 'temporal']);
  return readFileSync(file);
}

const sha256 = (data: Buffer): string => createHash('sha256').update(data).digest('hex');

describe('on PATH', () => {
  it('is taken when it works, and nothing else is tried', async () => {
    const found = await find(machine({ temporal: goodProgram }));
    expect(found).toEqual({
      path: path.join(folder, 'bin/temporal'),
      source: 'path',
      serverVersion: '1.29.1',
    });
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('on PATH');
  });

  it.each([
    [
      'another program of that name',
      '#!/bin/sh\necho "temporal tables 3.2"\n',
      /is not Temporal's.*temporal tables 3.2/,
    ],
    ['a program that fails', '#!/bin/sh\necho broken >&2; exit 3\n', /does not run/],
    [
      'a server too old for what Deskhand uses',
      '#!/bin/sh\necho "temporal version 1.1.0 (Server 1.25.0, UI 2.30.0)"\n',
      /server 1\.25\.0, older than 1\.28/,
    ],
  ])('%s is passed over, with the reason and the mend', async (_what, script, reason) => {
    const message = await refusal(find(machine({ temporal: script })));
    expect(said[0]).toMatch(reason);
    expect(message).toMatch(reason);
    expect(message).toContain('docs.temporal.io/cli#install');
  });
});

describe('in the cache', () => {
  it('is where XDG_CACHE_HOME says, or below the home folder', () => {
    expect(cachedCliPath({ HOME: '/home/ana' })).toBe('/home/ana/.cache/deskhand/temporal/1.5.1/temporal');
    expect(cachedCliPath({ HOME: '/home/ana', XDG_CACHE_HOME: '/var/cache' })).toBe(
      '/var/cache/deskhand/temporal/1.5.1/temporal',
    );
  });

  it('is taken when PATH has none', async () => {
    const env = machine();
    mkdirSync(path.dirname(cachedCliPath(env)), { recursive: true });
    writeFileSync(cachedCliPath(env), goodProgram, { mode: 0o755 });
    expect(await find(env)).toMatchObject({ path: cachedCliPath(env), source: 'cache' });
    expect(said[0]).toBe('Temporal on PATH: not found.');
  });

  it('is replaced when it is damaged', async () => {
    const data = pack(goodProgram);
    const { url } = await publish({ [archive]: data });
    const env = machine();
    mkdirSync(path.dirname(cachedCliPath(env)), { recursive: true });
    writeFileSync(cachedCliPath(env), 'half a program', { mode: 0o755 });
    const found = await find(env, { url, sha256: { [archive]: sha256(data) } });
    expect(found.source).toBe('download');
    expect(readFileSync(cachedCliPath(env), 'utf8')).toBe(goodProgram);
  });
});

describe('the official download', () => {
  it('is checked against the pinned checksum, kept, and not fetched twice', async () => {
    const data = pack(goodProgram);
    const { url, asked } = await publish({ [archive]: data });
    const release = { url, sha256: { [archive]: sha256(data) } };
    const env = machine();
    expect(await find(env, release)).toMatchObject({ path: cachedCliPath(env), source: 'download' });
    expect(await find(env, release)).toMatchObject({ path: cachedCliPath(env), source: 'cache' });
    expect(asked).toEqual([archive]);
  });

  it('without a pinned checksum is checked against the one the release publishes', async () => {
    const data = pack(goodProgram);
    const { url, asked } = await publish({
      [archive]: data,
      'checksums.txt': `${'1'.repeat(64)}  other.zip\n${sha256(data)}  ${archive}\n`,
    });
    expect((await find(machine(), { url, sha256: {} })).source).toBe('download');
    expect(asked).toEqual(['checksums.txt', archive]);
  });

  it('that hashes to something else is thrown away', async () => {
    const { url } = await publish({ [archive]: pack(goodProgram) });
    const env = machine();
    const message = await refusal(find(env, { url, sha256: { [archive]: 'a'.repeat(64) } }));
    expect(message).toMatch(/has SHA-256 [0-9a-f]{64}, expected a{64}; it was thrown away/);
    expect(existsSync(cachedCliPath(env))).toBe(false);
    expect(readdirSync(path.dirname(cachedCliPath(env)))).toEqual([]);
  });

  it.each([
    ['is not in the release', {}, /cannot be had: .*404/],
    [
      'is not listed in checksums.txt',
      { 'checksums.txt': `${'1'.repeat(64)}  other.zip\n` },
      /does not list/,
    ],
  ])('that %s is said', async (_what, files, reason) => {
    const { url } = await publish(files);
    expect(await refusal(find(machine(), { url, sha256: {} }))).toMatch(reason);
  });

  it('that is out of reach fails at once', async () => {
    const begin = Date.now();
    const url = `http://127.0.0.1:${await ownPort()}`;
    const message = await refusal(find(machine(), { url, sha256: { [archive]: 'a'.repeat(64) } }));
    expect(message).toMatch(/ECONNREFUSED/);
    expect(message).toMatch(/let this machine reach 127\.0\.0\.1:\d+ \(HTTPS_PROXY is obeyed\)/);
    expect(Date.now() - begin).toBeLessThan(30_000);
  });

  it('by two processes at once leaves one whole program', async () => {
    const data = pack(goodProgram);
    const { url } = await publish({ [archive]: data });
    const release = { url, sha256: { [archive]: sha256(data) } };
    const env = machine();
    const both = await Promise.all([find(env, release), find(env, release)]);
    expect(both.map((found) => found.path)).toEqual([cachedCliPath(env), cachedCliPath(env)]);
    expect(readdirSync(path.dirname(cachedCliPath(env)))).toEqual(['temporal']);
  });
});

describe('go install', () => {
  it('builds the pinned version into the cache, and says that it takes a while', async () => {
    const env = machine({
      go: `#!/bin/sh\necho "$@" > ${folder}/asked\n/bin/cp ${folder}/built "$GOBIN/temporal"\n`,
    });
    writeFileSync(path.join(folder, 'built'), goodProgram, { mode: 0o755 });
    expect(await find(env)).toMatchObject({ path: cachedCliPath(env), source: 'go-install' });
    expect(readFileSync(path.join(folder, 'asked'), 'utf8')).toBe(
      'install github.com/temporalio/cli/cmd/temporal@v1.5.1\n',
    );
    expect(said.join('\n')).toMatch(/building 1\.5\.1 with Go.*several minutes/);
  });

  it('shows progress when it takes longer than two seconds', async () => {
    const env = machine({
      go: `#!/bin/sh\necho "go: downloading a module" >&2\n/bin/sleep 2.6\n/bin/cp ${folder}/built "$GOBIN/temporal"\n`,
    });
    writeFileSync(path.join(folder, 'built'), goodProgram, { mode: 0o755 });
    await find(env);
    expect(said.join('\n')).toMatch(/\.\.\. building Temporal with Go, \d+ s, go: downloading a module/);
  });

  it('that fails is told with its last words', async () => {
    const env = machine({ go: '#!/bin/sh\necho "dial tcp: no such host" >&2\nexit 1\n' });
    expect(await refusal(find(env))).toMatch(/go install .* failed: dial tcp: no such host/);
  });

  it('is ended when the caller gives up', async () => {
    const env = machine({ go: '#!/bin/sh\nexec /bin/sleep 600\n' });
    const giveUp = new AbortController();
    const begin = Date.now();
    setTimeout(() => giveUp.abort(new Error('Ctrl-C')), 300);
    await expect(
      findTemporalCli({
        env,
        release: { url: 'http://127.0.0.1:1', sha256: { [archive]: 'a'.repeat(64) } },
        onProgress: (line) => said.push(line),
        signal: giveUp.signal,
      }),
    ).rejects.toThrow('Ctrl-C');
    expect(Date.now() - begin).toBeLessThan(30_000);
  });
});

it('when nothing works, one screen says what was tried and what to do', async () => {
  const message = await refusal(find(machine()));
  const lines = message.split('\n');
  expect(lines.length).toBeLessThanOrEqual(24);
  for (const step of ['on PATH', 'in the cache', 'download', 'go install']) {
    const index = lines.findIndex((line) => line.startsWith(`  ${step}: `));
    expect(lines[index + 1]).toMatch(/^ +mend: \S/);
  }
  expect(lines.at(-1)).toContain('TEMPORAL_ADDRESS=host:port');
});

it('a cache folder that cannot be made is said', async () => {
  const env = machine();
  writeFileSync(path.join(folder, '.cache'), 'a file where a folder should be');
  expect(await refusal(find(env))).toMatch(/cannot be made.*\n +mend: set XDG_CACHE_HOME/);
});
