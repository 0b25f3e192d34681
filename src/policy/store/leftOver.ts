/** What a publish that was killed left in the store: a draft of a version, a draft of the record. */
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** Longer than any publish takes: a younger one may be somebody's at this very moment. */
const youngestMs = 3_600_000;
const isDraft = /^(?:draft-[0-9a-f-]{36}|published\.json\.\d+)$/;

export async function removeLeftOver(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!isDraft.test(name)) continue;
    const draft = path.join(folder, name);
    // Whoever else publishes may have removed it.
    const age = await stat(draft).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > youngestMs) await rm(draft, { recursive: true, force: true });
  }
}
