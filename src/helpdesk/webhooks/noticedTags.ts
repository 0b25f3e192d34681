/** Tags by which agents steer: a change of these is worth a look, of others none. */
import { modeTags } from '../../core/modes/mode';
import { handBackTag, sendTag, takeOverTag } from '../../core/ticket/tags';

const noticedTags: readonly string[] = [sendTag, takeOverTag, handBackTag, ...Object.values(modeTags)];

/** Whether one of them was set or taken away. What is no list of tags has none. */
export function hasNoticedChange(before: unknown, after: unknown): boolean {
  const [had, has] = [before, after].map((tags): readonly unknown[] => (Array.isArray(tags) ? tags : []));
  return noticedTags.some((tag) => had?.includes(tag) !== has?.includes(tag));
}

export function isNoticedTag(tag: string): boolean {
  return noticedTags.includes(tag);
}
