/** Whether a file is a Temporal command-line program that Deskhand can use. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { oldestServer } from './pinned';

const run = promisify(execFile);

export type CliCheck =
  | { readonly usable: true; readonly serverVersion: string }
  | { readonly usable: false; readonly why: string };

/** Runs `<file> --version`: `temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)`. */
export async function checkCli(file: string): Promise<CliCheck> {
  let output: string;
  try {
    output = (await run(file, ['--version'], { timeout: 10_000 })).stdout;
  } catch (error) {
    return { usable: false, why: `${file} does not run: ${firstLine(error)}` };
  }
  const server = /\bServer (\d+)\.(\d+)\.(\d+)/.exec(output);
  if (server === null) {
    return {
      usable: false,
      why: `${file} is not Temporal's: it answers "${firstLine(output)}" to --version`,
    };
  }
  const [major, minor] = [Number(server[1]), Number(server[2])];
  const serverVersion = server[0].slice('Server '.length);
  if (major < oldestServer.major || (major === oldestServer.major && minor < oldestServer.minor)) {
    return {
      usable: false,
      why: `${file} carries server ${serverVersion}, older than ${oldestServer.major}.${oldestServer.minor}`,
    };
  }
  return { usable: true, serverVersion };
}

function firstLine(value: unknown): string {
  const text = value instanceof Error ? value.message : String(value);
  return (text.trim().split('\n')[0] ?? '').slice(0, 120);
}
