/** The log file of a process that `deskhand up` started: this run's, and beside it what came before. */
import { copyFileSync, existsSync, renameSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';

/** `worker.log` -> `worker.previous.log`. */
export function previousLogFile(file: string): string {
  const { dir, name, ext } = path.parse(file);
  return path.join(dir, `${name}.previous${ext}`);
}

/** Keeps the log of the last run, so that a failure can still be read after the start that follows it. */
export function keepPreviousLog(file: string): void {
  if (existsSync(file) && statSync(file).size > 0) renameSync(file, previousLogFile(file));
}

/**
 * Starts the file over when it has grown too large; what it held becomes the previous log, so that both together never
 * hold much more than twice the limit. The writer goes on: it must have opened the file for appending.
 */
export function boundLog(file: string, maxBytes: number): void {
  if (!existsSync(file) || statSync(file).size <= maxBytes) return;
  // Copied, not renamed: the writer keeps writing to the file it opened.
  copyFileSync(file, previousLogFile(file));
  truncateSync(file);
}
