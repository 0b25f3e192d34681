/** Which policy decides, and where it came from: said at the start, in the worker's log and by `deskhand doctor`. */
import type { PolicyStore, Published } from '../../policy/store/policyStore';

/** Null before anything was published. */
export async function policyInForce(store: PolicyStore): Promise<Published | null> {
  return (await store.history()).at(-1) ?? null;
}

/** `p-3f2a91c07b4e from /srv/policies/acme`. */
export function inForceWords({ version, folder }: Pick<Published, 'version' | 'folder'>): string {
  return `${version} from ${folder ?? 'the store'}`;
}

/**
 * The same, beside what the folder of DESKHAND_POLICY, or of a brand's policy, holds: where that is another version, it was published over, and
 * whoever looks for their edit must learn of it.
 */
export function inForceBeside(
  inForce: Published,
  own: Pick<Published, 'version'> & { readonly folder: string; readonly name?: string | undefined },
): string {
  const words = inForceWords(inForce);
  if (inForce.version === own.version) return words;
  const when = inForce.at.slice(0, 16).replace('T', ' ');
  return (
    `${words} (by ${inForce.by}, ${when} UTC); ${own.name ?? 'DESKHAND_POLICY'}, ${own.folder}, holds ${own.version}, ` +
    `which \`deskhand policy publish ${own.folder}\` brings into force`
  );
}
