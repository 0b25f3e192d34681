/** Log files of the processes of `deskhand up`: the last run's is kept, and none grows without bounds. */
import { appendFileSync, closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { writeFileSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { boundLog, keepPreviousLog, previousLogFile } from '../../../src/cli/up/logFile';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'deskhand-log-'));
  file = path.join(folder, 'worker.log');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');

it('the previous log lies beside the log', () => {
  expect(previousLogFile('/state/worker.log')).toBe('/state/worker.previous.log');
});

it('the log of the last run is set aside, and the one before it goes', () => {
  writeFileSync(file, 'first');
  keepPreviousLog(file);
  expect(existsSync(file)).toBe(false);
  writeFileSync(file, 'second');
  keepPreviousLog(file);
  expect(read('worker.previous.log')).toBe('second');
});

it('a run that wrote nothing does not push out one that did', () => {
  writeFileSync(file, 'why it failed');
  keepPreviousLog(file);
  writeFileSync(file, '');
  keepPreviousLog(file);
  expect(read('worker.previous.log')).toBe('why it failed');
});

it('without a log there is nothing to do', () => {
  keepPreviousLog(file);
  boundLog(file, 10);
  expect(existsSync(previousLogFile(file))).toBe(false);
});

it('a log within its bounds is left alone', () => {
  writeFileSync(file, '0123456789');
  boundLog(file, 10);
  expect(read('worker.log')).toBe('0123456789');
  expect(existsSync(previousLogFile(file))).toBe(false);
});

it('a log that is too large starts over under the hands of its writer', () => {
  const writer = openSync(file, 'a');
  try {
    writeSync(writer, 'old line\n');
    boundLog(file, 5);
    writeSync(writer, 'new line\n');
  } finally {
    closeSync(writer);
  }
  expect(read('worker.previous.log')).toBe('old line\n');
  expect(read('worker.log')).toBe('new line\n');
  appendFileSync(file, 'more');
  boundLog(file, 5);
  expect(read('worker.previous.log')).toBe('new line\nmore');
});
