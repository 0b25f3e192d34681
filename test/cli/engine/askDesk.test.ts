/** What a server knows of a desk without asking it at every delivery. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { askDesk } from '../../../src/cli/engine/askDesk';
import { readSettings } from '../../../src/config/settings';
import { createLogger } from '../../../src/log/logger';
import { roomyLimits, TestDesk } from '../../helpdesk/embedded/zendesk/harness';

let desk: TestDesk;
let stateDir: string;
beforeAll(async () => {
  stateDir = await mkdtemp(path.join(os.tmpdir(), 'deskhand-ask-'));
  desk = await TestDesk.start({ limits: roomyLimits });
});
afterAll(async () => {
  await desk.stop();
  await rm(stateDir, { recursive: true, force: true });
});

const asked = (everyMs?: number) => {
  const { apiUrl, email, token } = desk.desk.credentials;
  const settings = readSettings({
    ...{ DESKHAND_STATE_DIR: stateDir, ZENDESK_API_URL: apiUrl },
    ...{ ZENDESK_EMAIL: email, ZENDESK_API_TOKEN: token },
  });
  // Its warnings are not the test's.
  const logger = { ...createLogger('test', 'error'), warn: () => undefined };
  return askDesk(settings, logger, everyMs);
};

test('who we are is asked once, and known from then on, whatever becomes of the desk', async () => {
  const known = asked(0);
  const id = await known.botUserId();
  expect(id).toMatch(/^\d+$/);
  desk.desk.faults.add({ fault: { type: 'status', status: 401 } });
  try {
    expect(await known.botUserId()).toBe(id);
    expect(await known.trouble()).toContain('401');
  } finally {
    desk.desk.faults.clear();
  }
  expect(await known.trouble()).toBeNull();
});

test('a desk that does not tell is not asked at every delivery', async () => {
  const fault = desk.desk.faults.add({ fault: { type: 'status', status: 503 } });
  try {
    const silent = asked();
    const answers = await Promise.all([silent.botUserId(), silent.botUserId(), silent.botUserId()]);
    expect(answers).toEqual([null, null, null]);
    expect(await silent.trouble()).toContain('503');
    expect(desk.desk.faults.list().find(({ id }) => id === fault)?.struck).toBe(1);
  } finally {
    desk.desk.faults.clear();
  }
});
