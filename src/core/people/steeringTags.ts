/** Tags by which people steer a ticket without an action: seen at a look, and right before something is written. */
import { modeTags } from '../modes/mode';
import type { TicketState } from '../state';
import { handBackTag, takeOverTag } from '../ticket/tags';
import type { TicketSnapshot } from '../ticket/ticket';
import type { UpdateGuard } from '../ticket/update';

const steering = [takeOverTag, handBackTag] as const;
type SteeringTag = (typeof steering)[number];
/** Set while something is being written, they stop it. */
const holdingBack: readonly string[] = [takeOverTag, ...Object.values(modeTags)];

type Tagged = Pick<TicketSnapshot, 'tags'>;

export function steeringTagsOf({ tags }: Tagged): readonly SteeringTag[] {
  return steering.filter((tag) => tags.includes(tag));
}

/** It was not there at the look before. */
export function isNewlySet({ lastKnown }: TicketState, snapshot: Tagged, tag: SteeringTag): boolean {
  return snapshot.tags.includes(tag) && lastKnown.steeringTags?.includes(tag) !== true;
}

export function knownTagsOf({ tags }: Tagged): readonly string[] {
  return holdingBack.filter((tag) => tags.includes(tag));
}

/** Why the tags that are there now stop what is about to be written; null: they do not. */
export function stoppedByTags(
  { knownTags, kind }: Exclude<UpdateGuard, { kind: 'any' }>,
  tags: readonly string[],
): 'person-active' | 'stale-draft' | null {
  if (knownTags === undefined) return null;
  const added = holdingBack.filter((tag) => tags.includes(tag) && !knownTags.includes(tag));
  if (added.includes(takeOverTag)) return 'person-active';
  // What an agent has approved is written in `draft` too.
  const isDraftAlone = kind === 'no-newer-message' && added.every((tag) => tag === modeTags.draft);
  return added.length === 0 || isDraftAlone ? null : 'stale-draft';
}

/** As the look before has left them. */
export function tagsKnown({ lastKnown }: TicketState): Pick<TicketState['lastKnown'], 'steeringTags'> {
  const { steeringTags } = lastKnown;
  return steeringTags === undefined ? {} : { steeringTags };
}
