/** Templates and channels: variants that are never said or only in some languages, and texts that no channel has room for. */
import { channels, type Channel } from '../../core/ticket/channel';
import { isOfCodeMail } from '../load/codeMail';
import type { ReadPolicy } from '../load/loadPolicy';
import { greeting, signOff, type ChannelRules, type LoadedPolicy } from '../policy';
import { listNames } from '../policyError';
import { inFewWords } from '../sections/channels';
import { leastLength } from '../templates/leastLength';
import { ownFrame } from '../templates/ownFrame';
import { baseName, shortVariant, variantOf } from '../templates/variants';
import type { Finding } from './finding';

export function findChannelGaps(read: ReadPolicy): readonly Finding[] {
  return [...findVariantGaps(read), ...findTooLong(read)];
}

function findVariantGaps({ policy, files }: ReadPolicy): readonly Finding[] {
  return [...policy.templates].flatMap(([name, translations]): readonly Finding[] => {
    if (variantOf(name) === '') return [];
    const language = policy.languages.find((one) => translations.has(one)) ?? policy.languages[0];
    const file = files.templates.get(language);
    if (file === undefined) return [];
    const place = file.placeOfKey([], name);
    const why = whyNeverSaid(policy, name);
    if (why !== null) {
      const message = `"${name}" is never said: ${why}`;
      return [{ ...place, severity: 'warning', kind: 'unused-template', message }];
    }
    // Where it would be needed, the words that never fit are told.
    if (variantOf(name) === shortVariant) return [];
    const base = baseName(name);
    const missing = policy.languages.filter(
      (one) => !translations.has(one) && policy.templates.get(base)?.has(one) === true,
    );
    if (missing.length === 0) return [];
    const message = `"${name}" is not there in ${listNames(missing)}: such customers read "${base}" in its place`;
    return [{ ...place, severity: 'warning', kind: 'missing-variant', message }];
  });
}

/** Goes on "it is never said: ..."; null: it is. */
function whyNeverSaid(policy: LoadedPolicy, name: string): string | null {
  const variant = variantOf(name);
  const rules = channels.map((channel) => policy.channels[channel]);
  const limited = rules.filter(({ longestReply }) => longestReply !== null);
  if (variant === shortVariant && limited.length === 0) {
    return 'no channel of policy.yaml has a longest-reply. Add one, or remove it';
  }
  const there =
    variant === shortVariant ? limited : rules.filter(({ variants }) => variants.includes(variant));
  if (there.some((channel) => isSaidOn(channel, baseName(name)))) return null;
  return `policy.yaml says "${baseName(name)}: false" there. Remove one of them`;
}

function isSaidOn({ greets, signsOff }: ChannelRules, base: string): boolean {
  return base === greeting ? greets : base === signOff ? signsOff : true;
}

function findTooLong({ policy, files }: ReadPolicy): readonly Finding[] {
  return channels.flatMap((channel) => {
    const { longestReply } = policy.channels[channel];
    if (longestReply === null) return [];
    return Object.entries(policy.content.templates).flatMap(([language, texts]) => {
      const file = files.templates.get(language);
      const lengthOf = shortestOn(policy, channel, texts);
      return Object.keys(texts).flatMap((name): readonly Finding[] => {
        if (file === undefined || variantOf(name) !== '' || isAround(name) || isOfCodeMail(name)) return [];
        const length = lengthOf(name);
        if (length <= longestReply) return [];
        const short = `${name}${shortVariant}`;
        const message = `"${name}" never fits on ${channel}: at its shortest it has ${length} characters with what stands around it, and longest-reply is ${longestReply}. ${Object.hasOwn(texts, short) ? `Shorten "${short}"` : `Add "${short}", in fewer words`}`;
        return [{ ...file.placeOfKey([], name), severity: 'error', kind: 'too-long', message }];
      });
    });
  });
}

function isAround(name: string): boolean {
  return name === greeting || name === signOff;
}

/** Of the whole reply, at the shortest: in whichever variant that is. */
function shortestOn(
  policy: LoadedPolicy,
  channel: Channel,
  texts: Readonly<Record<string, string>>,
): (name: string) => number {
  const rules = inFewWords(policy, channel).channels[channel];
  const variantsOf = (name: string) => rules.variants.flatMap((variant) => texts[name + variant] ?? []);
  const around = (name: string): number => {
    const there = isSaidOn(rules, name) ? variantsOf(name).map(leastLength) : [];
    return there.length === 0 ? 0 : Math.min(...there) + '\n\n'.length;
  };
  const before = around(greeting);
  const after = around(signOff);
  return (name) =>
    Math.min(
      ...variantsOf(name).map((text) => {
        const own = ownFrame(text);
        return leastLength(text) + (own.greets ? 0 : before) + (own.signsOff ? 0 : after);
      }),
    );
}
