import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Of package.json: beside the sources, and copied beside what is compiled. */
export function deskhandVersion(): string {
  const file = path.resolve(__dirname, '../../package.json');
  const facts: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return typeof facts === 'object' && facts !== null && 'version' in facts
    ? String(facts.version)
    : 'unknown';
}
