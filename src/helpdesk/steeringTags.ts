/** Tags by which agents steer: a change of these is worth a look, of others none. */
import { modeTags } from '../core/modes/mode';
import { handBackTag, sendTag, takeOverTag } from '../core/ticket/tags';

const steeringTags: readonly string[] = [sendTag, takeOverTag, handBackTag, ...Object.values(modeTags)];

export function isSteeringTag(tag: string): boolean {
  return steeringTags.includes(tag);
}
