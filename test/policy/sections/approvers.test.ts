/** `approvers` and `approvals` in policy.yaml: what they say, and what they may not say. */
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { checkPolicy } from '../../../src/policy/check/checkPolicy';
import { loadPolicy } from '../../../src/policy/load/loadPolicy';
import type { LoadedPolicy } from '../../../src/policy/policy';
import { PolicyError } from '../../../src/policy/policyError';
import { createVersionedProcessor } from '../../../src/policy/processor';
import { repository } from '../../support/testRun';
import { inForceAndOwn, shopOf } from '../support';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-approvers-'));
  await cp(path.join(repository, 'policies/demo-shop'), folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function written(entries: string, key = 'approvers'): Promise<LoadedPolicy> {
  await appendFile(path.join(folder, 'policy.yaml'), `\n${key}:\n${entries}\n`);
  return loadPolicy(folder);
}

async function mistakeOf(entries: string, key = 'approvers'): Promise<string> {
  const error = await written(entries, key).catch((thrown: unknown) => thrown);
  if (!(error instanceof PolicyError)) throw new Error('it was loaded');
  return error.message;
}

it('are of groups and agents, by what is approved, up to an amount', async () => {
  const { settings } = await written(
    '  - { actions: [refund, store-credit], up-to: { EUR: 10000 }, groups: [Support] }\n' +
      '  - { actions: [refund, change-address], groups: [Tier 2], agents: [lea@shop.example, "7"] }',
  );
  expect(settings.approvers).toEqual([
    { actions: ['refund', 'store-credit'], upTo: { EUR: 10_000 }, groups: ['Support'], agents: [] },
    {
      ...{ actions: ['refund', 'change-address'], upTo: null, groups: ['Tier 2'] },
      agents: ['lea@shop.example', '7'],
    },
  ]);
});

it('make another version of the policy; without them it is the one that it was', async () => {
  const before = await loadPolicy(folder);
  expect(before.settings.approvers).toBeUndefined();
  const after = await written('  - { actions: [reply], groups: [Support] }');
  expect(after.version).not.toBe(before.version);
});

it.each([
  ['nobody', '  - { actions: [refund] }', 'must name somebody, in groups or agents'],
  ['nothing to approve', '  - { actions: [], groups: [Support] }', 'actions'],
  ['an action that there is not', '  - { actions: [repay], groups: [Support] }', 'repay'],
  [
    'no amount of its own',
    '  - { actions: [cancel], up-to: { EUR: 1 }, groups: [A] }',
    'up-to, which counts',
  ],
  ['no currency', '  - { actions: [refund], up-to: { EURO: 1 }, groups: [Support] }', 'ISO 4217'],
  ['an amount below nothing', '  - { actions: [refund], up-to: { EUR: -1 }, groups: [Support] }', 'EUR'],
  ['a name in place of an agent', '  - { actions: [refund], agents: [Lea] }', 'id or the e-mail address'],
  ['an empty list', '  []', 'approvers'],
  ['a key that there is not', '  - { actions: [refund], group: [Support] }', 'group'],
])('%s is told with its place', async (_what, approvers, words) => {
  const message = await mistakeOf(approvers);
  expect(message).toContain(words);
  expect(message).toMatch(/policy\.yaml:\d+/);
});

it('a group that the desk does not have is found by the check', async () => {
  await written('  - { actions: [refund], groups: [Support, Tear 2] }');
  const { findings } = await checkPolicy(folder, {
    classifierOf: null,
    groups: ['Support', 'Tier 2', 'Billing'],
  });
  const unknown = findings.filter(({ kind }) => kind === 'unknown-group');
  expect(unknown.map(({ message }) => message)).toEqual([
    expect.stringContaining('names the group "Tear 2", which the desk does not have'),
  ]);
});

it('are those of the version in force, whichever a conversation began under', async () => {
  const old = await loadPolicy(folder);
  const current = await written('  - { actions: [refund], groups: [Tier 2] }');
  const processor = (inForce: LoadedPolicy, other: LoadedPolicy) =>
    createVersionedProcessor(inForceAndOwn(inForce, other), shopOf());
  const tierTwo = [{ actions: ['refund'], upTo: null, groups: ['Tier 2'], agents: [] }];
  expect((await processor(current, old).settingsOf(old.version)).approvers).toEqual(tierTwo);
  expect((await processor(current, old).settingsOf(null)).approvers).toEqual(tierTwo);
  expect((await processor(old, current).settingsOf(current.version)).approvers).toBeUndefined();
});

describe('approvals', () => {
  it('are times since the draft, with a group or without', async () => {
    const { settings } = await written('  - { after: 30m }\n  - { after: 2h, group: Tier 2 }', 'approvals');
    expect(settings.approvalPath).toEqual([
      { afterMs: 1_800_000, group: null },
      { afterMs: 7_200_000, group: 'Tier 2' },
    ]);
    expect(settings.approvalMs).toBe(14_400_000);
  });

  it('may go by business time, where the policy has hours', async () => {
    await appendFile(path.join(folder, 'policy.yaml'), '\nhours: always\n');
    const { settings } = await written('  - { after: 2 business hours }', 'approvals');
    expect(settings.approvalPath).toEqual([{ afterMs: 7_200_000, countedIn: 'business-hours', group: null }]);
  });

  it.each([
    ['the same time twice', '  - { after: 1h }\n  - { after: 1h }', 'is due before the entry above it, 1h'],
    ['a time before', '  - { after: 2h }\n  - { after: 1h }', 'is due before the entry above it, 2h'],
    ['one that is never due', '  - { after: 4h }', 'settings.approval-time hands the draft off after 4h'],
    [
      'business time without hours',
      '  - { after: 1 business hour }',
      'does not say when the team is at work',
    ],
    ['no time', '  - { group: Tier 2 }', 'after'],
    ['a negative one', '  - { after: -1h }', 'after'],
    ['none', '  []', 'approvals'],
    ['too many', Array.from({ length: 11 }, (_, at) => `  - { after: ${at + 1}m }`).join('\n'), 'approvals'],
  ])('%s is told with its place', async (_what, entries, words) => {
    const message = await mistakeOf(entries, 'approvals');
    expect(message).toContain(words);
    expect(message).toMatch(/policy\.yaml:\d+/);
  });

  it('a group that the desk does not have is found by the check', async () => {
    await written('  - { after: 30m, group: Tear 2 }', 'approvals');
    const groups = ['Support', 'Tier 2', 'Billing'];
    const { findings } = await checkPolicy(folder, { classifierOf: null, groups });
    expect(findings).toContainEqual(
      expect.objectContaining({
        kind: 'unknown-group',
        message: expect.stringContaining('Tear 2') as string,
      }),
    );
  });
});
