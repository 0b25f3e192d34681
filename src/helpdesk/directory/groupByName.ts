/** The group that a policy names. */
import type { RemoteFailure } from '../../remote/failures';
import type { CallContext } from '../port';
import { rejected } from '../api/rejected';

export type Groups = readonly { readonly id: string; readonly name: string }[];

/** The exact name wins over the same name in other case. */
function findGroup(groups: Groups, name: string): string | undefined {
  const wanted = name.trim().toLowerCase();
  const match =
    groups.find((group) => group.name === name) ??
    groups.find((group) => group.name.trim().toLowerCase() === wanted);
  return match?.id;
}

/** @param deskName - as people call it: `Freshdesk`. */
function noSuchGroup(deskName: string, groups: Groups, name: string): RemoteFailure {
  const names = groups.map((group) => `"${group.name}"`).join(', ');
  return rejected(`${deskName} has no group "${name}"; it has ${names === '' ? 'none' : names}`);
}

/** The account's groups, asked for anew where one is named that was not among them. */
export function createGroupList<G extends Groups[number]>(
  deskName: string,
  readAll: (call: CallContext) => Promise<readonly G[]>,
) {
  let known: readonly G[] = [];
  const all = async (call: CallContext): Promise<readonly G[]> => {
    known = await readAll(call);
    return known;
  };
  return {
    all,
    names: async (call: CallContext) => (await all(call)).map(({ name }) => name),
    /** @throws RemoteFailure `rejected`, naming the group and the known ones. */
    idOf: async (name: string, call: CallContext): Promise<string> => {
      const id = findGroup(known, name) ?? findGroup(await all(call), name);
      if (id === undefined) throw noSuchGroup(deskName, known, name);
      return id;
    },
    /** Those of these ids; asked for anew where one is not among the known. */
    withIds: async (ids: readonly string[], call: CallContext): Promise<readonly G[]> => {
      const areKnown = ids.every((id) => known.some((group) => group.id === id));
      return (areKnown ? known : await all(call)).filter(({ id }) => ids.includes(id));
    },
  };
}
