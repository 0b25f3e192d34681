/** The switch that people turn while Deskhand runs: for the whole company, or for an intent. It needs no publish. */
import { allAuto, type Mode, type Modes } from './mode';

/** Who has turned it, and when. */
export interface SwitchedMode {
  readonly mode: Mode;
  /** A name or id of staff. */
  readonly by: string;
  readonly reason: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface SwitchedModes {
  /** Null: never turned. */
  readonly company: SwitchedMode | null;
  /** Those that are not auto, by intent. */
  readonly intents: Readonly<Record<string, SwitchedMode>>;
}

export const nothingSwitched: SwitchedModes = { company: null, intents: {} };

/** More than any policy has. */
const intentsAtMost = 200;

export interface ModeChange extends Omit<SwitchedMode, 'at'> {
  /** Null: the whole company. */
  readonly intent: string | null;
}

/** Why it cannot be turned so, in a sentence; null: it can. */
export function switchRefusal({ intents }: SwitchedModes, { intent, mode }: ModeChange): string | null {
  if (intent === null || mode === 'auto' || Object.hasOwn(intents, intent)) return null;
  return Object.keys(intents).length < intentsAtMost
    ? null
    : `${intentsAtMost} intents have a mode of their own already: set the company's, or set some of them to auto.`;
}

export function switchMode(
  switched: SwitchedModes,
  { intent, ...change }: ModeChange,
  now: number,
): SwitchedModes {
  const position: SwitchedMode = { ...change, at: now };
  if (intent === null) return { ...switched, company: position };
  const others = Object.entries(switched.intents).filter(([name]) => name !== intent);
  const own: typeof others = change.mode === 'auto' ? [] : [[intent, position]];
  return { ...switched, intents: Object.fromEntries([...others, ...own]) };
}

export function modesOf({ company, intents }: SwitchedModes): Modes {
  return {
    company: company?.mode ?? allAuto.company,
    intents: Object.fromEntries(Object.entries(intents).map(([intent, { mode }]) => [intent, mode])),
  };
}
