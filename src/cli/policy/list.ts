/** `deskhand policy list`: which version is in force, since when and by whom, and which were before. */
import { readSettings } from '../../config/settings';
import { textTable } from '../textTable';
import { policiesOf, shownName } from './policiesOf';
import { policyCalled, policyWithBrands } from './whichPolicy';

export interface PolicyListOptions {
  /** One of several policies, by name; null: all of them. */
  readonly of: string | null;
  readonly json?: boolean;
}

/** @throws CommandError */
export async function runPolicyList({ of, json = false }: PolicyListOptions): Promise<void> {
  const settings = readSettings(process.env);
  const all = policiesOf(settings);
  const wanted = of === null ? all : [policyCalled(settings, of)];
  const lists = await Promise.all(
    wanted.map(async (policy) => ({ policy, versions: (await policy.store.history()).toReversed() })),
  );
  if (json) {
    const several = lists.flatMap(({ policy, versions }) =>
      versions.map((version) => (all.length === 1 ? version : { policy: shownName(policy), ...version })),
    );
    console.log(JSON.stringify(several, null, 2));
    return;
  }
  for (const { policy, versions } of lists) {
    if (all.length > 1) console.log(`${policyWithBrands(policy)}:`);
    console.log(
      versions.length === 0
        ? `Nothing was published into ${policy.store.folder} yet: \`deskhand policy publish\` does.`
        : textTable(
            ['VERSION', '', 'PUBLISHED (UTC)', 'BY', 'FROM'],
            versions.map(({ version, at, by, folder }, index) => [
              version,
              index === 0 ? 'in force' : null,
              at.slice(0, 19).replace('T', ' '),
              by,
              folder ?? 'the store',
            ]),
          ),
    );
    if (policy !== wanted.at(-1)) console.log('');
  }
}
