/** A policy as commands are given one: a published version, or a folder. */
import path from 'node:path';
import { loadPolicy, PolicyError, type LoadedPolicy } from '../../policy/load/loadPolicy';
import { PolicyVersionError, type PolicyStore } from '../../policy/store/policyStore';
import { versionPattern } from '../../core/policy/policyChoice';
import { CommandError } from '../failure';

export function isVersion(named: string): boolean {
  return versionPattern.test(named);
}

/** @throws PolicyError of a folder; CommandError of a version. */
export async function findPolicy(store: PolicyStore, named: string): Promise<LoadedPolicy> {
  return isVersion(named) ? storedVersion(store, named) : loadPolicy(path.resolve(named));
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
