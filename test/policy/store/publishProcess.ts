/**
 * A process of its own that publishes two folders in turn, again and again: `tsx publishProcess.ts STORE ONE TWO`.
 * Tells each version on a line once it is in force.
 */
import { openPolicyStore } from '../../../src/policy/store/policyStore';

async function main(): Promise<void> {
  const [folder = '', ...sources] = process.argv.slice(2);
  const store = openPolicyStore(folder);
  for (;;) {
    for (const source of sources) {
      const { version } = await store.keep(source);
      await store.bringIntoForce({ version, by: 'maria', folder: source });
      process.stdout.write(`${version}\n`);
    }
  }
}

void main();
