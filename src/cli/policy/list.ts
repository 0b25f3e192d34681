/** `deskhand policy list`: which version is in force, since when and by whom, and which were before. */
import { readSettings } from '../../config/settings';
import { openPolicyStore } from '../../policy/store/policyStore';
import { textTable } from '../textTable';

export async function runPolicyList({ json = false }: { readonly json?: boolean }): Promise<void> {
  const store = openPolicyStore(readSettings(process.env).policyStoreDir);
  const newestFirst = (await store.history()).toReversed();
  if (json) {
    console.log(JSON.stringify(newestFirst, null, 2));
    return;
  }
  if (newestFirst.length === 0) {
    console.log(`Nothing was published into ${store.folder} yet: \`deskhand policy publish\` does.`);
    return;
  }
  const rows = newestFirst.map(({ version, at, by, folder }, index) => [
    version,
    index === 0 ? 'in force' : null,
    at.slice(0, 19).replace('T', ' '),
    by,
    folder ?? 'the store',
  ]);
  console.log(textTable(['VERSION', '', 'PUBLISHED (UTC)', 'BY', 'FROM'], rows));
}
