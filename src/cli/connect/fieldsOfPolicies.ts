/** Which custom fields the policies of an account set: of each brand, as what is in force or would come into force says. */
import type { DeskConnectionFile } from '../../config/deskConnection';
import type { Settings } from '../../config/settings';
import type { DeskSetup } from '../../helpdesk/setup/deskSetup';
import type { CallContext } from '../../helpdesk/port';
import { fieldKind } from '../../helpdesk/setup/fieldPieces';
import { neededFields, type FieldUse, type NeededField } from '../../helpdesk/setup/neededFields';
import type { AnyPiece } from '../../helpdesk/setup/pieces';
import { placedRules } from '../../policy/check/policyRules';
import { loadPolicy, PolicyError, type LoadedPolicy } from '../../policy/load/loadPolicy';
import { RemoteFailure } from '../../remote/failures';
import { CommandError } from '../failure';
import { policyInForce } from '../policy/inForce';
import { policiesOf } from '../policy/policiesOf';

/** @throws CommandError for a policy with mistakes, PolicyStoreError */
export async function fieldsToMake(settings: Settings): Promise<readonly NeededField[]> {
  return fieldsOfPolicies(settings).catch((error: unknown) => {
    if (!(error instanceof PolicyError)) throw error;
    throw new CommandError(
      `${error.message}\nIts custom fields cannot be told: mend it, or leave them out with --no-fields.`,
    );
  });
}

/** @throws PolicyError, PolicyStoreError */
async function fieldsOfPolicies(settings: Settings): Promise<readonly NeededField[]> {
  const uses: FieldUse[] = [];
  for (const { folder, store } of policiesOf(settings)) {
    const inForce = await policyInForce(store);
    uses.push(...usesIn(await (inForce === null ? loadPolicy(folder) : store.load(inForce.version))));
  }
  return neededFields(uses);
}

/** Those that connecting again would see to; none where a policy cannot be read, of which its own check tells. */
export async function watchedFields(
  settings: Settings,
  { fields = false }: DeskConnectionFile,
): Promise<readonly NeededField[]> {
  if (!fields) return [];
  return fieldsOfPolicies(settings).catch((error: unknown) => {
    if (error instanceof PolicyError) return [];
    throw error;
  });
}

function usesIn(policy: LoadedPolicy): readonly FieldUse[] {
  return placedRules(policy).flatMap(({ rule }) =>
    rule.actions.flatMap((action) => {
      if (action.type !== 'set-field') return [];
      return action.fields.map(({ field, value, source }): FieldUse => {
        const written = typeof value === 'object' ? source : value;
        return { name: field, value: /\{[{%]/.test(String(written)) ? null : written };
      });
    }),
  );
}

/** Without the kind where nobody needs it: who sets no fields needs no right to see them. */
export function withFields<S extends DeskSetup>(
  setup: S,
  fields: readonly NeededField[],
  kept: DeskConnectionFile | null,
): S {
  const isNeeded = fields.length > 0 || kept?.pieces.some(({ kind }) => kind === fieldKind) === true;
  return isNeeded ? setup : { ...setup, kinds: setup.kinds.filter(({ name }) => name !== fieldKind) };
}

/**
 * Where nothing is done to fields, nobody needs the right to see them: those that were made are known by what was kept, so that
 * the file goes on knowing them.
 */
export function evenUnseen<S extends DeskSetup>(setup: S, kept: DeskConnectionFile | null): S {
  const unseen = (kept?.pieces ?? [])
    .filter(({ kind }) => kind === fieldKind)
    .map((piece): AnyPiece => ({ ...piece, name: 'made before', record: {} }));
  const unlessRefused = (error: unknown): readonly AnyPiece[] => {
    if (error instanceof RemoteFailure && (error.status === 401 || error.status === 403)) return unseen;
    throw error;
  };
  const kinds = setup.kinds.map((kind) =>
    kind.name === fieldKind
      ? { ...kind, list: (call: CallContext) => kind.list(call).catch(unlessRefused) }
      : kind,
  );
  return { ...setup, kinds };
}
