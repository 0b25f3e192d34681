/** A policy as commands are given one: a published version, or a folder. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadPolicy, PolicyError, type LoadedPolicy } from '../../policy/load/loadPolicy';
import { PolicyVersionError, type PolicyStore } from '../../policy/store/policyStore';
import { versionPattern } from '../../core/policy/policyChoice';
import { CommandError } from '../failure';

export function isVersion(named: string): boolean {
  return versionPattern.test(named);
}

/** @throws PolicyError of a folder; CommandError of a version, or of what is neither. */
export async function findPolicy(store: PolicyStore, named: string): Promise<LoadedPolicy> {
  if (isVersion(named)) return storedVersion(store, named);
  const folder = path.resolve(named);
  if (/^p-/.test(named) && !existsSync(folder)) {
    throw new CommandError(
      `${JSON.stringify(named)} is no version, such as p-3f2a91c07b4e, and no folder: \`deskhand policy list\` names the versions.`,
    );
  }
  return loadPolicy(folder);
}

/** @throws CommandError: it is not there, or is not what was published. */
async function storedVersion(store: PolicyStore, version: string): Promise<LoadedPolicy> {
  try {
    return await store.load(version);
  } catch (error) {
    if (!(error instanceof PolicyVersionError)) throw error;
    const mistakes = error.cause instanceof PolicyError ? `\n${error.cause.message}` : '';
    throw new CommandError(
      `The version ${version} ${error.message} (${store.folder}). \`deskhand policy list\` shows those that were ` +
        `published; publish its folder again if you have it.${mistakes}`,
    );
  }
}
