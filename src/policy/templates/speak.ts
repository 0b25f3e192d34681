/** What a rule says, to whom and where: templates without greeting and sign-off, and those around all. */
import type { PlannedAction } from '../../core/policy/plan';
import type { Channel } from '../../core/ticket/channel';
import { greeting, signOff, type LoadedPolicy, type Template } from '../policy';
import type { OwnFrame } from './ownFrame';
import type { TemplateView } from './templates';
import { textToHtml } from './textToHtml';

export interface Listener {
  readonly language: string;
  readonly channel: Channel;
}

export interface SpokenPart extends Partial<OwnFrame> {
  /** `order-late`, or the variant of it that is said: `order-late.chat`. */
  readonly template: string;
  readonly language: string;
  readonly text: string;
}

/** What is to be said is more than the channel takes. */
class TooLong extends Error {
  override readonly name = 'TooLong';
}

/** @returns null: none does. */
export function firstThatFits<T>(ways: readonly (() => T)[]): T | null {
  for (const way of ways) {
    try {
      return way();
    } catch (error) {
      if (!(error instanceof TooLong)) throw error;
    }
  }
  return null;
}

/**
 * The template in the customer's language if it has that, else in the policy's first one; of either, the variant of
 * the channel comes first.
 * @throws Error when a fact that is absent would be printed.
 */
export function speak(
  policy: LoadedPolicy,
  { language, channel }: Listener,
  view: TemplateView,
  name: string,
): SpokenPart {
  const [fallback] = policy.languages;
  const found =
    find(policy, { language, channel }, name) ?? find(policy, { language: fallback, channel }, name);
  if (found === null) throw new Error(`there is no template "${name}"`);
  const { key, template, spoken } = found;
  const { greets, signsOff } = template;
  return { template: key, language: spoken, text: template.render(view), greets, signsOff };
}

interface Found {
  readonly key: string;
  readonly template: Template;
  readonly spoken: string;
}

function find(policy: LoadedPolicy, { language, channel }: Listener, name: string): Found | null {
  for (const variant of policy.channels[channel].variants) {
    const key = name + variant;
    const template = policy.templates.get(key)?.get(language);
    if (template !== undefined) return { key, template, spoken: language };
  }
  return null;
}

/** The templates around every reply there, by the names under which they stand. */
export function framesOf(policy: LoadedPolicy, listener: Listener): readonly string[] {
  const { greets, signsOff } = policy.channels[listener.channel];
  const frames = [...(greets ? [greeting] : []), ...(signsOff ? [signOff] : [])];
  return frames.flatMap((name) => find(policy, listener, name)?.key ?? []);
}

export type Reply = Extract<PlannedAction, { type: 'reply' }>;
/**
 * One reply of all that is said, greeting and sign-off in the language of the first part.
 * @throws TooLong
 */
export type ReplyOf = (parts: readonly [SpokenPart, ...SpokenPart[]]) => Reply;

/** For all that one plan writes, the follow-ups too: each begins and ends with the same words. */
export function replies(policy: LoadedPolicy, view: TemplateView, channel: Channel): ReplyOf {
  const { greets, signsOff, longestReply, plain } = policy.channels[channel];
  const made = new Map<string, string>();
  const around = (name: string, language: string): string => {
    const key = `${name} ${language}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const text = find(policy, { language, channel }, name)?.template.render(view) ?? '';
    made.set(key, text);
    return text;
  };
  return (parts) => {
    const [first] = parts;
    const { language } = first;
    const texts = new Set(parts.map(({ text }) => text));
    const all = [
      greets && first.greets !== true ? around(greeting, language) : '',
      ...texts,
      signsOff && parts.at(-1)?.signsOff !== true ? around(signOff, language) : '',
    ];
    const text = all.filter((one) => one !== '').join('\n\n');
    if (longestReply !== null && isLonger(text, longestReply)) {
      throw new TooLong(`the reply has more than the ${longestReply} characters that ${channel} takes`);
    }
    const template = [...new Set(parts.map((part) => part.template))].join(' + ');
    return { type: 'reply', text, html: plain ? null : textToHtml(text), template, language };
  };
}

/** Never fewer code units than characters. */
function isLonger(text: string, most: number): boolean {
  return text.length > most && Array.from(text).length > most;
}
