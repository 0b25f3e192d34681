/** Starts Temporal's development server (`temporal server start-dev`) and answers for it until it is stopped. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { searchAttributeKeys } from '../../contracts/searchAttributes';
import { commandLineType } from '../searchAttributeTypes';
import { choosePort, describeHolder, portHolder } from './ports';
import { identify, isRunning, terminate, type ProcessIdentity } from './processes';
import { sayingProgress, type OnProgress } from './progress';
import { readRecord, removeRecord, writeRecord, type ServerRecord } from './serverRecord';

export interface ServerOptions {
  /** The program: `findTemporalCli`. */
  readonly cli: string;
  /** Keeps the state, the log and the record of who runs it. */
  readonly stateDir: string;
  /** True: workflows are gone when the server stops, as tests want it. */
  readonly inMemory?: boolean;
  readonly namespace?: string;
  /** Preferred; the next free one is taken and said when it is busy. 0: any. */
  readonly port: number;
  /** The same for the Web UI; null: no Web UI. */
  readonly uiPort: number | null;
  /** More flags of `temporal server start-dev`. */
  readonly flags?: readonly string[];
  readonly onProgress: OnProgress;
  /** The server ended though nobody asked it to. */
  readonly onExit?: (why: string) => void;
}

export interface RunningServer {
  readonly address: string;
  /** Without a trailing slash; null without a Web UI. */
  readonly uiUrl: string | null;
  /** The server's own Prometheus page; its `action` counter is what Temporal Cloud would bill. */
  readonly metricsUrl: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** The server did not come up. The message is for people and names the mend. */
export class ServerStartError extends Error {
  override readonly name = 'ServerStartError';
}

export const databaseFile = 'temporal.db';
/** Beside the database: `inTurns` holds for it. */
const inTurnsMark = `${databaseFile}.in-turns`;
/** What SQLite says: https://sqlite.org/rescode.html#corrupt and #notadb */
const brokenDatabase = /database disk image is malformed|file is not a database/;
export const afterLoss =
  'the desk tells which tickets are open, and those that changed within three days are looked at; what else is lost, ' +
  'docs/deployment.md says';

const host = '127.0.0.1';
const readyWithinMs = 60_000;
const stopGraceMs = 10_000;

/**
 * The development server looks for work 20 times a second by default, so that each step of a workflow waits up to
 * 50 ms. https://docs.temporal.io/references/dynamic-configuration
 */
const responsive = {
  'history.transferProcessorMaxPollRPS': 2_000,
  'history.timerProcessorMaxPollRPS': 2_000,
  'history.visibilityProcessorMaxPollRPS': 2_000,
};

/** Tasks come in the order of their priority: server 1.29 does not keep to it by itself. Queued ones take no harm. */
const byPriority = { 'matching.useNewMatcher': true };
/**
 * In that order over a whole queue, and accounts take turns. Never over a state that has begun without: what is queued
 * there would not be found again.
 */
const inTurns = {
  'matching.enableFairness': true,
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
};

/** @throws ServerStartError */
export async function startTemporalServer(options: ServerOptions): Promise<RunningServer> {
  const { stateDir, onProgress } = options;
  await mkdir(stateDir, { recursive: true });
  const inUse = await reapLeftOver(stateDir, onProgress);
  if (inUse !== null) {
    // Two servers on one state file would ruin it.
    throw new ServerStartError(
      `A Temporal server (pid ${inUse.server.pid}, ${inUse.address}) of process ${inUse.owner.pid} uses ` +
        `${stateDir} already. Stop that process, or set DESKHAND_STATE_DIR to another folder.`,
    );
  }

  const port = await choosePort(options.port, 'Temporal', onProgress);
  const uiPort =
    options.uiPort === null
      ? null
      : await choosePort(options.uiPort, "Temporal's Web UI", onProgress, { taken: [port] });
  const metricsPort = await choosePort(0, "Temporal's metrics", onProgress);

  const logFile = path.join(stateDir, 'temporal.log');
  const takesTurns = options.inMemory === true || (await hasBegunInTurns(stateDir));
  const child = spawnServer(options, { port, uiPort, metricsPort, logFile, takesTurns });
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`);
    });
  });
  const server = await identityOf(child, logFile);
  const owner = await identify(process.pid);
  if (owner === null) throw new ServerStartError('This system does not tell when a process was started.');
  const address = `${host}:${port}`;
  await writeRecord(stateDir, { server, owner, address });

  let wanted = true;
  const stop = async (): Promise<void> => {
    wanted = false;
    await terminate(server, stopGraceMs);
    await removeRecord(stateDir);
  };
  const settled = new AbortController();
  try {
    await sayingProgress(
      'Temporal starts',
      onProgress,
      Promise.race([
        serving(address, options.namespace ?? 'default', settled.signal),
        ended.then(async (how) => {
          throw new ServerStartError(await explainExit(how, [port, uiPort], logFile));
        }),
      ]),
    );
  } catch (error) {
    await stop();
    throw error;
  } finally {
    settled.abort();
  }
  void ended.then((how) => {
    if (wanted) options.onExit?.(`Temporal ended by itself (${how}); its log is ${logFile}`);
  });
  return {
    address,
    uiUrl: uiPort === null ? null : `http://localhost:${uiPort}`,
    metricsUrl: `http://${host}:${metricsPort}/metrics`,
    pid: server.pid,
    stop,
  };
}

/**
 * Stops the server that a killed parent left behind in this folder. Returns the record of a server whose parent
 * lives: that one is not touched.
 */
export async function reapLeftOver(stateDir: string, onProgress: OnProgress): Promise<ServerRecord | null> {
  const record = await readRecord(stateDir);
  if (record === null) return null;
  if (await isRunning(record.server)) {
    if (await isRunning(record.owner)) return record;
    onProgress(`Temporal: stopping the server (pid ${record.server.pid}) that an earlier run left behind.`);
    await terminate(record.server, stopGraceMs);
  }
  await removeRecord(stateDir);
  return null;
}

interface Place {
  readonly port: number;
  readonly uiPort: number | null;
  readonly metricsPort: number;
  readonly logFile: string;
  readonly takesTurns: boolean;
}

/** A new state has. */
async function hasBegunInTurns(stateDir: string): Promise<boolean> {
  const mark = path.join(stateDir, inTurnsMark);
  if (existsSync(path.join(stateDir, databaseFile))) return existsSync(mark);
  await writeFile(mark, '');
  return true;
}

/** Not asynchronous: whoever awaits between the spawn and its listeners misses the child's first events. */
function spawnServer(options: ServerOptions, place: Place): ChildProcess {
  const args = [
    ...['server', 'start-dev', '--log-level', 'error'],
    ...['--ip', host, '--port', String(place.port), '--metrics-port', String(place.metricsPort)],
    ...(place.uiPort === null ? ['--headless'] : ['--ui-port', String(place.uiPort)]),
    ...(options.namespace === undefined ? [] : ['--namespace', options.namespace]),
    ...(options.inMemory === true ? [] : stateFile(options.stateDir)),
    ...searchAttributeKeys.flatMap((key) => [
      '--search-attribute',
      `${key.name}=${commandLineType(key.type)}`,
    ]),
    ...Object.entries({ ...responsive, ...byPriority, ...(place.takesTurns ? inTurns : {}) }).flatMap(
      ([key, value]) => ['--dynamic-config-value', `${key}=${value}`],
    ),
    ...(options.flags ?? []),
  ];
  const log = openSync(place.logFile, 'w');
  try {
    return spawn(options.cli, args, {
      stdio: ['ignore', log, log],
      env: withoutTemporalSettings(),
      // In a process group of its own: Ctrl-C reaches us alone, and the server is stopped last.
      detached: true,
    });
  } finally {
    closeSync(log);
  }
}

/** Without write-ahead logging a state file costs two thirds of the throughput. https://sqlite.org/pragma.html */
function stateFile(stateDir: string): string[] {
  const pragmas = ['journal_mode=WAL', 'synchronous=NORMAL'];
  return [
    ...['--db-filename', path.join(stateDir, databaseFile)],
    ...pragmas.flatMap((pragma) => ['--sqlite-pragma', pragma]),
  ];
}

/** TEMPORAL_ADDRESS and its like are meant for clients; the program reads some of them for itself. */
function withoutTemporalSettings(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_')));
}

async function identityOf(child: ChildProcess, logFile: string): Promise<ProcessIdentity> {
  await new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(new ServerStartError(`Temporal cannot be run: ${error.message}`)));
  });
  const identity = child.pid === undefined ? null : await identify(child.pid);
  if (identity === null) throw new ServerStartError(`Temporal ended at once; its log is ${logFile}`);
  return identity;
}

/** Serving means that the namespace answers, not only that the port is open. */
async function serving(address: string, namespace: string, signal: AbortSignal): Promise<void> {
  const end = Date.now() + readyWithinMs;
  for (;;) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 1_000 });
      try {
        await connection.workflowService.describeNamespace({ namespace });
        return;
      } finally {
        await connection.close();
      }
    } catch (error) {
      if (signal.aborted) return;
      if (Date.now() > end) {
        const why = error instanceof Error ? error.message : String(error);
        throw new ServerStartError(`Temporal does not answer at ${address} within 60 s: ${why}`);
      }
      await delay(50);
    }
  }
}

async function explainExit(how: string, ports: readonly (number | null)[], logFile: string): Promise<string> {
  const log = await readFile(logFile, 'utf8').catch(() => '');
  const busy = ports.find((port) => port !== null && log.includes(`:${port}: bind`));
  if (busy !== undefined && busy !== null) {
    return `Port ${busy} was taken${describeHolder(await portHolder(busy))} while Temporal started. Start again.`;
  }
  if (brokenDatabase.test(log)) {
    const file = path.join(path.dirname(logFile), databaseFile);
    return (
      `Temporal's database ${file} is broken. Put a copy in its place, or move it away (with ${databaseFile}-wal and ` +
      `${databaseFile}-shm) and start again: ${afterLoss}.`
    );
  }
  const lines = log.trim().split('\n').slice(-5).join('\n  ');
  return `Temporal did not start (${how}). The end of ${logFile}:\n  ${lines}`;
}
