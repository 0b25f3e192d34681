/** Who somebody is on the desk, by what they call themselves: developers.freshdesk.com/api/#agents. */
import type { DeskAgent } from '../../core/approval/approvers';
import { findByIdOrEmail } from '../findByIdOrEmail';
import type { CallContext } from '../port';
import type { Directory } from './directory';

/** Two requests where somebody is found, and the list of groups once. */
export async function findAgent(
  directory: Directory,
  who: string,
  call: CallContext,
): Promise<DeskAgent | null> {
  const agent = await findByIdOrEmail(
    who,
    (id) => directory.agentById(id, call),
    (email) => directory.agentByEmail(email, call),
  );
  if (agent === null) return null;
  const { id, contact, type, deactivated, group_ids: groupIds } = agent;
  // A collaborator reads along, and answers nobody.
  const isOurs = id === (await directory.ownUserId(call));
  const isActive = contact.active !== false && deactivated !== true && type !== 'collaborator';
  return {
    id,
    name: contact.name ?? id,
    email: contact.email ?? null,
    isActive,
    ...(isOurs ? { isOurs } : {}),
    groups: isActive ? await directory.groupNamesOf(groupIds ?? [], call) : [],
  };
}
