/** Before all tests: a Temporal server for the run, the bundled workflows, and the embeddings of the demo shop. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DefaultLogger } from '@temporalio/worker';
import { findTemporalCli } from '../../src/temporal/provision/findTemporalCli';
import { reapLeftOver, startTemporalServer } from '../../src/temporal/provision/startTemporalServer';
import { bundleWorkflows } from '../../src/temporal/workflowBundle';
import { compileSources } from './compiledSources';
import { embedDemoExamples } from './embeddings';
import { quietTemporal } from './quietTemporal';
import { rememberServer } from './sharedServer';
import { cacheFolder, publishTestRun } from './testRun';

const runs = path.join(cacheFolder, 'runs');

export default async function globalSetup(): Promise<void> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  quietTemporal();
  await removeDeadRuns(say);
  const stateDir = path.join(runs, String(process.pid));
  const start = async () => {
    const cli = await findTemporalCli({ onProgress: quietWhenFound(say) });
    const server = await startTemporalServer({
      cli: cli.path,
      stateDir,
      inMemory: true,
      port: 0,
      uiPort: null,
      onProgress: say,
    });
    rememberServer({ server, stateDir });
    return { address: server.address, cli: cli.path };
  };
  const bundled = bundleWorkflows(cacheFolder, new DefaultLogger('WARN'));
  const [{ address, cli }, { code, file }, deskhand] = await Promise.all([
    start(),
    bundled,
    compileSources(path.join(stateDir, 'compiled'), bundled),
    embedDemoExamples(),
  ]);
  // A copy of the run's own: another run, of other sources, replaces what is kept.
  const bundle = path.join(stateDir, path.basename(file ?? 'workflows.js'));
  await writeFile(bundle, code);
  publishTestRun({ address, cli, bundle, deskhand });
}

/** A jest that was killed could not tear down; its server is found by its folder. */
async function removeDeadRuns(say: (line: string) => void): Promise<void> {
  await mkdir(runs, { recursive: true });
  for (const name of await readdir(runs)) {
    const folder = path.join(runs, name);
    const inUse = await reapLeftOver(folder, say);
    if (inUse === null) await rm(folder, { recursive: true, force: true });
  }
}

/** The ordinary case needs no words; getting a server does. */
function quietWhenFound(say: (line: string) => void): (line: string) => void {
  const held: string[] = [];
  return (line) => {
    held.push(line);
    if (/\b(download|building|\.\.\.)/.test(line)) say(held.splice(0).join('\n'));
  };
}
