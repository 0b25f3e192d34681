/** policy.yaml's `channels`, as replies and waits go by them: an entry for each channel, named or not. */
import { channelOf, channels, type Channel } from '../../core/ticket/channel';
import type { PolicySettings } from '../../core/policy/plan';
import { durationMs } from '../hours/durations';
import type { PolicyFile } from '../load/policyFiles';
import type { ChannelRules, LoadedPolicy } from '../policy';
import type { Mistake } from '../policyError';
import type { PolicyContent } from '../schema';
import { shortVariant, variantOf } from '../templates/variants';
import type { ChannelsContent } from './channelsSchema';

/** @param templates - the names of all there are, variants too. */
export function compileChannels(
  { channels: written = {} }: Pick<PolicyContent, 'channels'>,
  templates: readonly string[],
): LoadedPolicy['channels'] {
  const variants = new Set(templates.map(variantOf));
  const rulesOf = (channel: Channel): ChannelRules => {
    const own = written[channel] ?? {};
    const { like } = own;
    const rules = { ...(like === undefined ? {} : written[like]), ...own };
    const endings = [channel, ...(like === undefined ? [] : [like])].map((name) => `.${name}`);
    return {
      variants: [...endings.filter((ending) => variants.has(ending)), ''],
      greets: rules.greeting ?? true,
      signsOff: rules['sign-off'] ?? true,
      longestReply: rules['longest-reply'] ?? null,
      plain: rules.format === 'plain',
      windows: windowsOf(rules),
    };
  };
  return {
    email: rulesOf('email'),
    form: rulesOf('form'),
    chat: rulesOf('chat'),
    messaging: rulesOf('messaging'),
    phone: rulesOf('phone'),
    social: rulesOf('social'),
    api: rulesOf('api'),
    other: rulesOf('other'),
  };
}

function windowsOf({
  'settle-window': settle,
  'fragment-window': fragment,
}: NonNullable<ChannelsContent[Channel]>): ChannelRules['windows'] {
  if (settle === undefined && fragment === undefined) return null;
  return {
    ...(settle === undefined ? {} : { settleMs: durationMs(settle) }),
    ...(fragment === undefined ? {} : { fragmentSettleMs: durationMs(fragment) }),
  };
}

export function channelMistakes({
  content,
  file,
}: {
  readonly content: PolicyContent;
  readonly file: PolicyFile;
}): readonly Mistake[] {
  const written = content.channels ?? {};
  return channels.flatMap((channel) => {
    const like = written[channel]?.like;
    if (like === undefined) return [];
    const why =
      like === channel
        ? 'is the channel itself. Name another one'
        : written[like]?.like === undefined
          ? null
          : `is like "${written[like].like}" in turn. Name that one`;
    return why === null
      ? []
      : [{ ...file.placeOf(['channels', channel, 'like']), message: `"${like}" ${why}` }];
  });
}

/** With the short texts first: for what was too long otherwise. */
export function inFewWords(policy: LoadedPolicy, channel: Channel): LoadedPolicy {
  const rules = policy.channels[channel];
  const short = { ...rules, variants: [shortVariant, ...rules.variants] };
  return { ...policy, channels: { ...policy.channels, [channel]: short } };
}

/**
 * @param word - how the ticket came in, as it was read.
 * @param settings - the policy's own, or what was made of them.
 */
export function settingsOn(
  policy: Pick<LoadedPolicy, 'settings' | 'channels'>,
  word: string,
  settings = policy.settings,
): PolicySettings {
  const { windows } = policy.channels[channelOf(word)];
  return windows === null ? settings : { ...settings, ...windows };
}

/** Whether the settings of a ticket depend on how it came in. */
export function hasWindows({ channels: rules }: Pick<LoadedPolicy, 'channels'>): boolean {
  return channels.some((channel) => rules[channel].windows !== null);
}
