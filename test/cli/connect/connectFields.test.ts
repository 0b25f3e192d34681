/**
 * The custom fields that a policy sets: connect makes those that the desk lacks, uses people's own as they are, mends ours, and
 * takes none away with what tickets have in it, unless somebody asks for just that.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { connectDesk, type ConnectOptions } from '../../../src/cli/connect/connectDesk';
import { disconnectDesk, type DisconnectOptions } from '../../../src/cli/connect/disconnectDesk';
import { describeConnection } from '../../../src/cli/doctor/doctorConnection';
import { readSettings } from '../../../src/config/settings';
import { plainUpdate, type FieldValue } from '../../../src/core/ticket/update';
import { deskKinds } from '../../../src/helpdesk/deskKinds';
import { openHelpdesk } from '../../../src/helpdesk/openHelpdesk';
import { openPolicyStore } from '../../../src/policy/store/policyStore';
import type { TestDouble } from '../../helpdesk/embedded/common/testDouble';
import { writeSmallPolicy } from '../../policy/smallPolicy';
import { Connecting } from './connectHarness';
import { fieldDesks } from './fieldDesks';
import { talk, type Told } from './talk';

const call = () => ({ signal: AbortSignal.timeout(10_000) });
const setByPolicy = [
  '{ Reason code: parcel, Parcel number: "{{ order.number }}", Cancelled: true, Pieces: 2 }',
  '{ Reason code: lost }',
];

describe.each(fieldDesks)('$name', (desk) => {
  const { name, start, variables, creation, right } = desk;
  const { switchOff, rename, dropOption, addOption, remove, archives, makeDropDown, valueOn } = desk;
  let double: TestDouble;
  let folder: string;
  let env: Record<string, string>;
  let ticketId: string;
  let keys = 0;

  beforeAll(async () => {
    double = await start();
    folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-fields-'));
    const policy = path.join(folder, 'policy');
    env = { DESKHAND_STATE_DIR: folder, DESKHAND_POLICY: policy, ...variables(double) };
    await policySets(...setByPolicy);
    ticketId = (await double.people.customerOpens('Where is my parcel?')).ticketId;
  });
  afterAll(async () => {
    await double.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Actions of a rule. In one language, since it is read by every command. */
  const policySets = async (...settings: readonly string[]) => {
    const policy = path.join(folder, 'policy');
    const actions = settings.map((fields) => `        - set-field: ${fields}\n`).join('');
    await writeSmallPolicy(policy, {
      'policy.yaml': (text) => text.replace('[en, de]', '[en]'),
      'rules.yaml': (text) => text.replace('        - tag: { add: [answered] }\n', actions),
    });
    await rm(path.join(policy, 'templates/de.yaml'));
  };
  const connect = (options: ConnectOptions = {}, told: Told = {}) => {
    const usual = { yes: true, views: false, publicUrl: 'http://127.0.0.1:9' };
    return talk((from) => connectDesk(name, { ...usual, ...options }, from), env, told);
  };
  const disconnect = (options: DisconnectOptions = {}) =>
    talk((from) => disconnectDesk(name, { yes: true, ...options }, from), env);
  const doctor = async () => {
    const settings = readSettings(env);
    if (settings.desk.kind === 'embedded') throw new Error('no desk is set');
    return describeConnection(settings, settings.desk).then(
      () => 'content',
      (error: unknown) => (error instanceof Error ? error.message : ''),
    );
  };
  const adapter = () => openHelpdesk(readSettings(env));
  const fieldCalled = async (wanted: string) =>
    (await (await adapter()).customFields(call())).find((field) => field.name === wanted);
  const idOf = async (wanted: string) => (await fieldCalled(wanted))?.id ?? `no ${wanted}`;
  const tagsOf = async (wanted: string) => (await fieldCalled(wanted))?.options.map(({ tag }) => tag);
  /** As a rule does it: which of them were not set. */
  const setOnTicket = async (fields: Readonly<Record<string, FieldValue>>) => {
    const update = plainUpdate(`ticket/${(keys += 1)}`, { addTags: ['seen'], fields });
    const [applied] = await (await adapter()).applyUpdates(ticketId, [update], { kind: 'any' }, call());
    return applied;
  };

  it('are shown first, each with what it is, and not made when somebody only looks', async () => {
    const before = await (await adapter()).customFields(call());
    const said = await connect({ dryRun: true });
    expect(said).toMatch(
      / {2}create {2}field "Reason code" \(drop-down: parcel, lost\)\n {2}create {2}field "Parcel number" \(text\)\n {2}create {2}field "Cancelled" \(checkbox\)\n {2}create {2}field "Pieces" \(whole number\)\n/,
    );
    expect(await (await adapter()).customFields(call())).toEqual(before);
  });

  it('without the right it says which and how far it came, and --no-fields does without', async () => {
    double.desk.faults.add({ route: creation, times: 1, fault: { type: 'status', status: 403 } });
    await expect(connect()).rejects.toThrow(right);
    expect(await connect({ fields: false })).not.toMatch(/create {2}field/);
    expect(await fieldCalled('Reason code')).toBeUndefined();
    expect(await doctor()).toBe('content');
  });

  it('one that was made while its answer was lost is found by the next run, which makes the rest', async () => {
    await policySets('{ Pieces: 2 }');
    double.desk.faults.add({ route: creation, times: 1, fault: { type: 'reset-after' } });
    await expect(connect()).rejects.toThrow(/\d of \d steps were done: run/);
    await policySets(...setByPolicy);
    const said = await connect();
    expect(said).toMatch(/ {2}create {2}field "Cancelled" \(checkbox\)\n {2}leave {3}field "Pieces"/);
    expect(await connect()).toMatch(/nothing was written/);
    expect(await doctor()).toBe('content');
  });

  it('take what the policy sets, by the very update that a rule makes', async () => {
    const fields = { 'Reason code': 'parcel', 'Parcel number': '72003', Cancelled: true, Pieces: 2 };
    expect(await setOnTicket(fields)).not.toHaveProperty('fieldsNotSet');
    expect(await fieldCalled('Reason code')).toMatchObject({ kind: 'choice' });
    expect(await fieldCalled('Parcel number')).toMatchObject({ kind: 'text' });
    expect(await fieldCalled('Cancelled')).toMatchObject({ kind: 'yes-no' });
  });

  const reason = 'the field "Reason code"';
  const mend = `run "deskhand connect ${name}"`;
  it('whatever an admin does to one, the doctor says so, and connecting again mends all of it', async () => {
    await dropOption(double, await idOf('Reason code'), 'parcel');
    await rename(double, await idOf('Parcel number'), 'Parcel no.');
    await remove(double, await idOf('Cancelled'));
    const title = deskKinds[name].title;
    const troubles = [
      `${reason} lacks the option parcel: ${mend}`,
      `the field "Parcel number" is called "Parcel no." there, and the policy knows it by its name: ${mend}`,
      archives
        ? `the field "Cancelled" is switched off: ${mend}`
        : `the field "Cancelled" is gone from ${title}: ${mend}, it makes a new one`,
    ];
    expect(await doctor()).toBe(troubles.join('; '));
    await connect();
    expect(await doctor()).toBe('content');
    expect(await tagsOf('Reason code')).toContain('parcel');
    expect(await fieldCalled('Cancelled')).toBeDefined();
  });

  if (switchOff !== null) {
    it('one that was switched off is switched on again, and has its values', async () => {
      const id = await idOf('Parcel number');
      await switchOff(double, id);
      expect(await doctor()).toBe(`the field "Parcel number" is switched off: ${mend}`);
      await connect();
      expect(await doctor()).toBe('content');
      expect(await valueOn(double, ticketId, id)).toBe('72003');
    });
  }

  it('gain an option when the policy sets a new one, and lose none that it sets no more', async () => {
    await setOnTicket({ 'Reason code': 'parcel' });
    const id = await idOf('Reason code');
    await policySets('{ Reason code: damaged_bag, Cancelled: true }', '{ reason code: late }');
    expect(await doctor()).toBe(`${reason} lacks the options damaged_bag, late: ${mend}`);
    const said = await connect();
    expect(said).toMatch(/change {2}field "Reason code": it lacks the options damaged_bag, late\n/);
    expect(said).toMatch(
      /keep {4}field "Parcel number" \(\w+\): nothing needs it any more, and yet it stays: with/,
    );
    expect(await tagsOf('Reason code')).toEqual(
      expect.arrayContaining(['parcel', 'lost', 'damaged_bag', 'late']),
    );
    expect(await idOf('Reason code')).toBe(id);
    expect(await valueOn(double, ticketId, id)).toBe('parcel');
  });

  it('a field whose kind is too narrow by now is told, and another is made once it was put aside', async () => {
    await policySets('{ Reason code: "{{ intent }}" }');
    const narrow =
      /leave {3}field "Reason code"\n {2}note {4}field "Reason code" does not take all that .*: give it another name/;
    expect(await connect()).toMatch(narrow);
    const old = await idOf('Reason code');
    await rename(double, old, 'Reason code of 2026');
    expect(await connect()).toMatch(/create {2}field "Reason code" \(text\)\n/);
    expect(await idOf('Reason code')).not.toBe(old);
    expect(await valueOn(double, ticketId, old)).toBe('parcel');
    await policySets('{ Reason code of 2026: parcel }');
    expect(await connect()).toMatch(/leave {3}field "Reason code of 2026"\n {2}keep/);
    expect(await idOf('Reason code of 2026')).toBe(old);
  });

  it("somebody's own is used as it is, and what it lacks is told with the mend", async () => {
    const id = await makeDropDown(double, 'Mood', ['angry', 'calm']);
    await policySets('{ mood: calm }', '{ mood: delighted }');
    const said = await connect();
    expect(said).toMatch(/leave {3}field "mood", which somebody else made, as it is\n/);
    expect(said).toMatch(
      /note {4}field "mood" lacks the option delighted, which the policy sets \(it has angry, calm\): add to it there, or/,
    );
    expect(await tagsOf('Mood')).toEqual(['angry', 'calm']);
    expect(await connect()).toMatch(/But for the notes, all of it is as it should be: nothing was written/);
    await disconnect({ deleteFields: true });
    expect(await idOf('Mood')).toBe(id);
  });

  it('keep an option that somebody adds while connect waits for its answer', async () => {
    await policySets('{ Size: small }');
    await connect();
    await policySets('{ Size: small }', '{ Size: large }', '{ Size: tiny }');
    const meanwhile = async () => {
      const id = await idOf('Size');
      await addOption(double, id, 'huge');
      await addOption(double, id, 'tiny');
    };
    const said = await connect({ yes: false }, { answers: ['y'], meanwhile });
    expect(said).toMatch(/changed field "Size"/);
    expect((await tagsOf('Size'))?.toSorted()).toEqual(['huge', 'large', 'small', 'tiny']);
  });

  it('two who connect at once make each once, and the second writes nothing', async () => {
    await policySets('{ Size: small }', '{ Twice: true }');
    const said = (await Promise.all([connect(), connect()])).join('\n');
    expect(said.match(/created field "Twice"|nothing was written/g)).toHaveLength(2);
  });

  it('one that somebody renamed to make one of that name themselves stays so, and theirs is used', async () => {
    const ours = await idOf('Size');
    await rename(double, ours, 'Size of old');
    const id = await makeDropDown(double, 'Size', ['small']);
    await policySets('{ Size: small }');
    expect(await doctor()).toBe('content');
    const said = await connect();
    expect(said).toMatch(
      /leave {3}field "Size", which somebody else made, as it is\n[^]*keep {4}field "Size of old" \(\w+\): another one takes its place/,
    );
    expect(await idOf('Size of old')).toBe(ours);
    expect(await idOf('Size')).toBe(id);
    expect(await connect()).toMatch(/nothing was written/);
    await disconnect({ deleteFields: true });
    expect(await idOf('Size')).toBe(id);
    expect(await fieldCalled('Size of old')).toBeUndefined();
  });

  it('stay with all that tickets have in them when Deskhand goes, unless somebody asks for that as well', async () => {
    await policySets('{ Reason code: parcel }');
    await connect();
    await setOnTicket({ 'Reason code': 'parcel' });
    const id = await idOf('Reason code');
    const asked: DisconnectOptions = { deleteFields: true };
    expect(await disconnect({ ...asked, dryRun: true })).toMatch(
      /remove {2}field "Reason code" \(\w+\): Deskhand/,
    );
    const said = await disconnect();
    expect(said).toMatch(/keep {4}field "Reason code" \(\w+\): Deskhand made it, and yet it stays: with/);
    expect(said).toMatch(/note {4}--delete-fields takes the fields away as well/);
    // Freshdesk has no room for a mark.
    expect(said.includes('now, since nobody knows them')).toBe(name === 'freshdesk');
    expect(await valueOn(double, ticketId, id)).toBe('parcel');
    expect(await connect()).toMatch(/leave {3}field "Reason code"/);
    await remove(double, id);
    await connect();
    expect(await disconnect(asked)).toMatch(/removed field "Reason code"/);
    expect(await fieldCalled('Reason code')).toBeUndefined();
    expect(await disconnect(asked)).toMatch(/nothing was done/);
  });
});

describe('the policies of an account', () => {
  let run: Connecting;
  let folder: string;
  beforeAll(async () => {
    run = await Connecting.start();
    folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-fields-'));
  });
  afterAll(async () => {
    await run.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const policy = async (name: string, edit: (rules: string) => string) => {
    const where = path.join(folder, name);
    await writeSmallPolicy(where, { 'rules.yaml': edit });
    return where;
  };
  const setting =
    (...settings: readonly string[]) =>
    (rules: string) =>
      rules.replace(
        '- tag: { add: [answered] }',
        settings.map((fields) => `- set-field: ${fields}`).join('\n        '),
      );

  it('of its brands as well, have their fields made: one that two of them set is one', async () => {
    run.env['DESKHAND_POLICY'] = await policy('all', setting('{ Mood: calm, Gift: true }'));
    const kids = await policy('kids', setting('{ Mood: angry, Toy: "{{ order.number }}" }'));
    run.env['DESKHAND_BRANDS'] = `Kids=${kids}`;
    const said = await run.connect({ dryRun: true });
    expect(said.match(/create {2}field .*/g)).toEqual([
      'create  field "Mood" (drop-down: calm, angry)',
      'create  field "Gift" (checkbox)',
      'create  field "Toy" (text)',
    ]);
  });

  it('count as they are in force, not as the folder has them by now', async () => {
    delete run.env['DESKHAND_BRANDS'];
    const { policyStoreDir } = readSettings(run.env);
    const published = await policy('published', setting('{ Published: true }'));
    const store = openPolicyStore(policyStoreDir);
    const { version } = await store.keep(published);
    await store.bringIntoForce({ version, by: 'Ada', folder: published });
    expect(await run.connect({ dryRun: true })).toMatch(
      /create {2}view[^]*create {2}field "Published" \(checkbox\)\n {2}write/,
    );
  });

  it('with mistakes are named, and --no-fields connects without; the doctor leaves them to their own check', async () => {
    run.env['DESKHAND_STATE_DIR'] = path.join(run.stateDir, 'another');
    run.env['DESKHAND_POLICY'] = await policy('fine', setting('{ Mood: calm }'));
    await run.connect();
    run.env['DESKHAND_POLICY'] = await policy('broken', setting('{ Mood: [calm] }'));
    await expect(run.connect()).rejects.toThrow(
      /broken has one mistake:\nrules\.yaml:\d+:\d+ [^]*Its custom fields cannot be told: mend it, or leave them out with --no-fields\./,
    );
    expect(await run.troubles()).toBe('');
    expect(await run.connect({ fields: false })).toMatch(
      /keep {4}field "Mood" \(\d+\): with --no-fields it stays as it is\n/,
    );
  });

  it('whose field an admin has deleted are told so by the doctor in both lines, each with the mend', async () => {
    run.env['DESKHAND_POLICY'] = path.join(folder, 'fine');
    await run.connect();
    const { body } = await run.desk.get('/api/v2/ticket_fields');
    const fields = z.object({ ticket_fields: z.array(z.object({ id: z.number(), title: z.string() })) });
    const mood = fields.parse(body).ticket_fields.find(({ title }) => title === 'Mood');
    await run.desk.call('DELETE', `/api/v2/ticket_fields/${mood?.id}`);
    expect(await run.troubles()).toMatch(
      /the field "Mood" is gone from Zendesk: run "deskhand connect zendesk"/,
    );
    expect(await run.troubles('policy')).toMatch(
      /sets the field "Mood", which the desk does not have.* "deskhand connect zendesk" makes a field that is not there\.$/,
    );
    await run.connect();
    expect(await run.troubles()).toBe('');
    expect(await run.troubles('policy')).toBe('');
  });

  it('gain several options, one of which is too much for the desk at first: each is there once', async () => {
    run.env['DESKHAND_STATE_DIR'] = path.join(run.stateDir, 'options');
    run.env['DESKHAND_POLICY'] = await policy('few', setting('{ Weather: dry }'));
    await run.connect();
    const more = ['{ Weather: dry }', '{ Weather: wet }', '{ Weather: snow }'];
    run.env['DESKHAND_POLICY'] = await policy('more', setting(...more));
    const { faults } = run.desk.desk;
    const route = 'POST /api/v2/ticket_fields/*/options';
    // The first one passes.
    faults.add({ route, times: 1, fault: { type: 'delay', ms: 0 } });
    faults.add({ route, times: 1, fault: { type: 'status', status: 429, retryAfter: 1 } });
    expect(await run.connect()).toMatch(
      /wait {4}the desk has had too many requests[^]*changed field "Weather"/,
    );
    faults.clear();
    expect(await run.connect()).toMatch(/leave {3}field "Weather"\n[^]*nothing was written/);
  });

  it('gain two hundred options at once', async () => {
    const many = Array.from({ length: 200 }, (_, at) => `{ Weather: sky_${at} }`);
    run.env['DESKHAND_POLICY'] = await policy('many', setting(...many));
    expect(await run.connect()).toMatch(/lacks the options sky_0, .* and 180 more\n[^]*changed field/);
    expect(await run.connect()).toMatch(/leave {3}field "Weather"\n[^]*nothing was written/);
    const weather = (await (await openHelpdesk(readSettings(run.env))).customFields(call())).find(
      ({ name }) => name === 'Weather',
    );
    expect(weather?.options).toHaveLength(203);
  });

  it('may have one word for two fields: on Zendesk each has a tag of its own for it, so that one does not set the other', async () => {
    run.env['DESKHAND_STATE_DIR'] = path.join(run.stateDir, 'tags');
    run.env['DESKHAND_POLICY'] = await policy(
      'tags',
      setting('{ Cause: other, Outcome: other }', '{ Outcome: other_2 }'),
    );
    await run.connect();
    expect(await run.connect()).toMatch(
      /leave {3}field "Cause"\n {2}leave {3}field "Outcome"\n[^]*nothing was written/,
    );
    const desk = await openHelpdesk(readSettings(run.env));
    const ticketId = await run.desk.newTicket();
    const set = async (fields: Readonly<Record<string, FieldValue>>) => {
      const update = plainUpdate(`ticket/${JSON.stringify(fields)}`, { fields });
      await desk.applyUpdates(ticketId, [update], { kind: 'any' }, call());
      const { body } = await run.desk.get(`/api/v2/tickets/${ticketId}`);
      const shown = z.object({ ticket: z.object({ tags: z.array(z.string()) }) }).parse(body);
      return shown.ticket.tags;
    };
    expect(await set({ Outcome: 'other' })).toEqual(['other_3']);
    expect(await set({ Cause: 'other' })).toEqual(['other_3', 'other']);
    expect(await set({ Outcome: 'other_2' })).toEqual(['other', 'other_2']);
  });
});
