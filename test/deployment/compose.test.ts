/** docker-compose.yml against what it relies on: the CLI, the settings, the image, and itself. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { readSettings } from '../../src/config/settings';
import { factsOf, isVariableName } from '../../src/config/variables';
import { deskVariables } from '../../src/helpdesk/deskKinds';
import { repository } from '../support/testRun';

const serviceSchema = z.object({
  image: z.string().optional(),
  build: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  restart: z.string(),
});
const text = readFileSync(path.join(repository, 'docker-compose.yml'), 'utf8');
const dockerfile = readFileSync(path.join(repository, 'Dockerfile'), 'utf8');
const compose = z
  .object({ services: z.record(z.string(), serviceSchema), volumes: z.record(z.string(), z.unknown()) })
  .parse(parse(text, { merge: true }));
const services = Object.entries(compose.services);
const ours = services.filter(([, service]) => service.build !== undefined);

/** What compose would make of `${NAME:-default}` and `${NAME:?message}`. */
function filledIn(value: string, env: Record<string, string>): string {
  return value.replace(/\$\{(\w+)(?::-([^}]*))?(?::\?[^}]*)?\}/g, (_all, name: string, fallback?: string) =>
    env[name] !== undefined && env[name] !== '' ? env[name] : (fallback ?? ''),
  );
}
const common = {
  TEMPORAL_DB_PASSWORD: 'a-password',
  DESKHAND_API_TOKEN: 'a-token-of-enough-characters',
};
const zendesk = {
  ...common,
  ZENDESK_API_URL: 'https://acme.zendesk.com/api/v2',
  ZENDESK_EMAIL: 'bot@acme.example',
  ZENDESK_API_TOKEN: 'desk-token',
};

test.each(services)('%s depends only on services that are there and tell their health', (_name, service) => {
  for (const [name, { condition }] of Object.entries(service.depends_on)) {
    expect(compose.services[name]).toBeDefined();
    if (condition === 'service_healthy') expect(compose.services[name]?.healthcheck).toBeDefined();
  }
});

test.each(services)('%s has no secret written down', (_name, { environment }) => {
  for (const [name, value] of Object.entries(environment)) {
    const isSecret = /PASSWORD|PWD|TOKEN|SECRET/.test(name) || (isVariableName(name) && factsOf(name).secret);
    if (isSecret) expect(value).toMatch(/^\$\{\w+:(\?.+|-)\}$/);
  }
});

test.each(services)('%s mounts only declared volumes and folders that are there', (_name, { volumes }) => {
  for (const mount of volumes) {
    const [source = ''] = mount.split(':');
    if (source.startsWith('.')) execFileSync('test', ['-d', path.join(repository, source)]);
    else expect(Object.keys(compose.volumes)).toContain(source);
  }
});

test.each(services)('%s is open to this machine alone', (_name, { ports }) => {
  for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
});

test.each(services)('%s, if it is pulled, is pulled in one version', (_name, { image, build }) => {
  if (build === undefined) expect(image).toMatch(/:\d+[\w.-]*$/);
});

test('worker and server are commands of the CLI', () => {
  expect(ours.map(([name]) => name)).toEqual(['worker', 'server']);
  const bin = path.join(repository, 'bin/deskhand.mjs');
  const help = execFileSync(process.execPath, [bin, '--help'], { encoding: 'utf8' });
  for (const [, { command = [] }] of ours) expect(help).toMatch(new RegExp(`^ +${command[0]} `, 'm'));
});

const freshdesk = {
  ...common,
  FRESHDESK_API_URL: 'https://acme.freshdesk.com/api/v2',
  FRESHDESK_API_KEY: 'desk-key',
};

describe.each(ours)('%s', (_name, { environment }) => {
  const given = (env: Record<string, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filledIn(value, env)]));

  test.each([
    ['zendesk', zendesk],
    ['freshdesk', freshdesk],
  ])('is given settings that exist and are valid for a %s, and warns of none', (kind, env) => {
    expect(Object.keys(environment).filter((name) => !isVariableName(name))).toEqual([]);
    const settings = readSettings(given(env));
    expect(settings.warnings).toEqual([]);
    expect(settings.temporal.address).toBe('temporal:7233');
    expect(settings.desk.kind).toBe(kind);
  });

  test('is given every variable of every desk', () => {
    for (const name of Object.keys(deskVariables)) expect(environment).toHaveProperty(name);
  });

  test('goes by a file of accounts, too', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'deskhand-compose-'));
    try {
      const file = path.join(folder, 'accounts.yaml');
      writeFileSync(
        file,
        'accounts: [{ name: acme, desk: freshdesk, address: https://acme.freshdesk.com/api/v2, apiKey: { env: KEY } }]',
      );
      const env = { ...given({ ...common, DESKHAND_ACCOUNTS: file }), KEY: 'desk-key' };
      expect(readSettings(env)).toMatchObject({ account: 'acme', warnings: [] });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test('the health checks ask where the programs listen', () => {
  const check = (name: string): string => compose.services[name]?.healthcheck?.test.at(-1) ?? '';
  expect(check('server')).toContain(`127.0.0.1:${readSettings({}).api.port}/health/live`);
  const metrics = compose.services['worker']?.environment['DESKHAND_WORKER_METRICS'];
  expect(check('worker')).toContain(`127.0.0.1:${metrics?.split(':')[1] ?? ''}/metrics`);
});

test('the image runs as a user without rights, with its state where the volume is', () => {
  const lines = dockerfile.split('\n');
  expect(lines.findLastIndex((line) => line === 'USER node')).toBeLessThan(
    lines.findLastIndex((line) => line.startsWith('ENTRYPOINT')),
  );
  const stateDir = /DESKHAND_STATE_DIR=(\S+)/.exec(dockerfile)?.[1] ?? 'nowhere';
  expect(dockerfile).toContain(`chown node:node ${stateDir}`);
  for (const [, { volumes }] of ours) expect(volumes.join()).toContain(`:${stateDir}`);
});

test('what the image copies is there', () => {
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, from = '']) =>
    from.split(' '),
  );
  expect(copied).toContain('policies');
  for (const name of copied) execFileSync('test', ['-e', path.join(repository, name)]);
});

const docker = spawnSync('docker', ['compose', 'version']).status === 0;
(docker ? test : test.skip)('docker compose itself reads it', () => {
  const { status, stderr } = spawnSync('docker', ['compose', 'config', '-q'], {
    cwd: repository,
    env: { PATH: process.env['PATH'], ...zendesk },
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});
