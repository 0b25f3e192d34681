/**
 * How much Deskhand does by itself: for the whole company, for an intent, for one ticket. Of all that apply the
 * strictest holds, so that `off` for the company is off everywhere.
 */

/**
 * Each is stricter than the one before. `auto` answers; `draft` proposes, and an agent sends; `shadow` notes what it
 * would do and touches neither desk nor shop; `off` does not even do that.
 */
export const modes = ['auto', 'draft', 'shadow', 'off'] as const;
export type Mode = (typeof modes)[number];

/** What holds for all tickets of a company. */
export interface Modes {
  readonly company: Mode;
  /** By intent; one that is not named has the company's. */
  readonly intents: Readonly<Record<string, Mode>>;
}

export const allAuto: Modes = { company: 'auto', intents: {} };

/** Under which modes a step may still be carried out: asked once more right before it is. */
export interface ModeLimit {
  /** A stricter one forbids it. */
  readonly strictest: Mode;
  /** What the message is about. */
  readonly intents: readonly string[];
}

/** Of what tells people what was done to an order before: so that nobody does it a second time. */
export const inAnyMode: ModeLimit = { strictest: 'off', intents: [] };

export function isMode(value: unknown): value is Mode {
  return modes.some((mode) => mode === value);
}

export function isStricter(mode: Mode, than: Mode): boolean {
  return modes.indexOf(mode) > modes.indexOf(than);
}

export function strictest(...given: readonly Mode[]): Mode {
  return given.reduce<Mode>((found, mode) => (isStricter(mode, found) ? mode : found), 'auto');
}

/** Neither the desk nor the shop is touched. */
export function isHandsOff(mode: Mode): mode is 'shadow' | 'off' {
  return isStricter(mode, 'draft');
}

export function isAllAuto({ company, intents }: Modes): boolean {
  return company === 'auto' && Object.values(intents).every((mode) => mode === 'auto');
}

/** Both hold: the policy's and those that were switched on besides. */
export function bothModes(one: Modes, other: Modes): Modes {
  const named = new Set([...Object.keys(one.intents), ...Object.keys(other.intents)]);
  return {
    company: strictest(one.company, other.company),
    intents: Object.fromEntries(
      [...named].map((intent) => [intent, strictest(ofIntent(one, intent), ofIntent(other, intent))]),
    ),
  };
}

/** @param intents - of all matters of the message; none while they are not known. */
export function modeFor(known: Modes, intents: readonly string[]): Mode {
  return strictest(known.company, ...intents.map((intent) => ofIntent(known, intent)));
}

function ofIntent({ intents }: Modes, intent: string): Mode {
  return Object.hasOwn(intents, intent) ? (intents[intent] ?? 'auto') : 'auto';
}

/** Tags of the desk that set a ticket's mode: for triggers, views and macros. */
export const modeTags = {
  draft: 'deskhand_draft',
  shadow: 'deskhand_shadow',
  off: 'deskhand_off',
} as const satisfies Record<Exclude<Mode, 'auto'>, string>;

/** For people: how a message says why Deskhand holds back. */
export const modeWords: Readonly<Record<Mode, string>> = {
  auto: 'auto: Deskhand answers',
  draft: 'draft: an agent sends what Deskhand proposes',
  shadow: 'shadow: Deskhand notes what it would do, and does nothing',
  off: 'off: Deskhand leaves the ticket to people',
};

/** `the mode is draft; of return_refund it is off`. */
export function modesText({ company, intents }: Modes): string {
  const own = Object.entries(intents)
    .filter(([, mode]) => isStricter(mode, company))
    .map(([intent, mode]) => `; of ${intent} it is ${mode}`);
  return `the mode is ${company}${own.join('')}`;
}
