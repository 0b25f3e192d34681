/** `deskhand up` as a process of its own, with what it says and what belongs to it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readTestRun, repository } from '../../support/testRun';
import { until } from '../../support/until';

export interface Run {
  readonly child: ChildProcess;
  readonly exitCode: Promise<number | null>;
  hasEnded(): boolean;
  output(): string;
}

const started: Run[] = [];

/** Runs `deskhand ARGS` on any free ports, with nothing of the caller's own settings. */
export function start(args: readonly string[], env: Record<string, string>): Run {
  return startProgram([process.execPath, readTestRun().deskhand, ...args], env, repository);
}

export function startProgram(
  [program = '', ...args]: readonly string[],
  env: Record<string, string>,
  cwd: string,
): Run {
  const own = Object.entries(process.env).filter(([name]) => !/^(TEMPORAL|DESKHAND|ZENDESK|npm)_/.test(name));
  const child = spawn(program, args, {
    cwd,
    env: { ...Object.fromEntries(own), DESKHAND_PORT: '0', DESKHAND_DESK_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (text += data.toString()));
  let ended = false;
  const exitCode = new Promise<number | null>((resolve) =>
    child.once('close', (code) => {
      ended = true;
      resolve(code);
    }),
  );
  const run = { child, exitCode, hasEnded: () => ended, output: () => text };
  started.push(run);
  return run;
}

/** For the end of a test that failed on the way. */
export async function endAll(): Promise<void> {
  for (const run of started.splice(0)) {
    if (run.child.exitCode === null && run.child.signalCode === null) run.child.kill('SIGTERM');
    await run.exitCode;
  }
}

/** The program that this test run uses, as on any machine that has it: a folder for PATH. */
export function folderWithTemporal(folder: string): string {
  const programs = path.join(folder, 'bin');
  mkdirSync(programs);
  const script = `#!/bin/sh\nexec ${readTestRun().cli} "$@"\n`;
  writeFileSync(path.join(programs, 'temporal'), script, { mode: 0o755 });
  return programs;
}

/** Processes that belong to a state folder, by what they were started with. */
export function processesOf(dir: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const about = ['cmdline', 'environ'].map((file) => {
        try {
          return readFileSync(`/proc/${pid}/${file}`, 'utf8');
        } catch {
          return '';
        }
      });
      return about.some((text) => text.includes(dir))
        ? [`${pid} ${about[0]?.replaceAll('\0', ' ') ?? ''}`]
        : [];
    });
}

/** @throws Error with all it said, when it ends without these words. */
export async function saying(run: Run, pattern: RegExp): Promise<RegExpExecArray> {
  const found = await until<RegExpExecArray | 'ended'>(`${String(pattern)} in what it says`, () =>
    Promise.resolve(pattern.exec(run.output()) ?? (run.hasEnded() ? 'ended' : null)),
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}:\n${run.output()}`);
  });
  if (found === 'ended') throw new Error(`it ended without ${String(pattern)}:\n${run.output()}`);
  return found;
}
