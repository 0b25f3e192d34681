/**
 * A process whose files may not grow for a while, as on a full disk: it writes before, meanwhile and after, and prints
 * what it saw. The limit is the whole process's, so that it is one of its own.
 */
import { execFileSync } from 'node:child_process';
import { DeskStore } from '../../../../src/helpdesk/embedded/zendesk/store/store';

function allow(bytes: number | 'unlimited'): void {
  execFileSync('prlimit', [`--pid=${process.pid}`, `--fsize=${bytes}:unlimited`]);
}

async function main(folder: string): Promise<void> {
  // By itself the system ends a process that goes over.
  process.on('SIGXFSZ', () => undefined);
  const store = await DeskStore.open(folder);
  const times = { created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z' };
  const add = (id: number): Promise<void> =>
    store.write((tx) => tx.put('groups', { id, name: 'x'.repeat(50_000), ...times }));
  const refusalOf = (id: number): Promise<unknown> =>
    add(id).then(
      () => null,
      (error: unknown) => (error instanceof Error ? [error.name, error.message] : null),
    );
  await add(1);
  allow(4_096);
  const refused = [await refusalOf(2), await refusalOf(3)];
  const shownMeanwhile = [...store.groups.keys()];
  allow('unlimited');
  await Promise.all([add(4), add(5)]);
  const shownAfter = [...store.groups.keys()];
  await store.close();
  process.stdout.write(JSON.stringify({ refused, shownMeanwhile, shownAfter }));
}

void main(process.argv[2] ?? '');
