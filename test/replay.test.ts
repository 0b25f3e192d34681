/**
 * The replay gate: tickets that are open while Deskhand is deployed anew must go on. Recorded histories of every
 * released version run against today's workflow code; a change that would break them fails here. Some of the coming
 * version were recorded by the code before a patch, and tell what today's would not do.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { historyFromJson, type History } from './support/historyJson';
import { workflowBundle } from './support/temporalServer';
import { quietTemporal } from './support/quietTemporal';

quietTemporal();

const folder = path.join(__dirname, 'histories');
const recorded = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap((version) =>
    readdirSync(path.join(folder, version.name)).map(
      (file) => `${version.name}/${file.replace(/\.json$/, '')}`,
    ),
  );

function read(name: string): History {
  return historyFromJson(readFileSync(path.join(folder, `${name}.json`), 'utf8'));
}

async function replay(history: History): Promise<void> {
  await Worker.runReplayHistory({ workflowBundle: await workflowBundle() }, history, 'ticket:zendesk:demo:1');
}

it('there are histories to replay', () => {
  expect(recorded.length).toBeGreaterThanOrEqual(12);
});

it.each(recorded)("%s goes on with today's code", async (name) => {
  await expect(replay(read(name))).resolves.toBeUndefined();
});

it('the gate can fail: when the code calls another activity than the history has', async () => {
  const history = read('0.1.0/answered-twice');
  const [scheduled] = (history.events ?? []).flatMap(
    (event) => event.activityTaskScheduledEventAttributes ?? [],
  );
  if (scheduled === undefined) throw new Error('no activity in the history');
  scheduled.activityType = { name: 'readTicket' };
  await expect(replay(history)).rejects.toThrow(DeterminismViolationError);
});
