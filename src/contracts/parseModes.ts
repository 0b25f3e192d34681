/** Reads what reaches the switch of modes, and what it has kept. Total, as in parse.ts. */
import { isMode, modes } from '../core/modes/mode';
import {
  nothingSwitched,
  type ModeChange,
  type SwitchedMode,
  type SwitchedModes,
} from '../core/modes/modeSwitch';
import { agentMessageLimits } from './messages';
import { expected, isReadableObject, isText, refuse, type Parsed } from './parse';
import { asShown, oneLine } from './shownText';

/** What a policy calls an intent. */
export const intentPattern = /^[a-z][a-z0-9_-]{0,59}$/;

export function parseSetMode(value: unknown): Parsed<ModeChange> {
  if (!isReadableObject(value))
    return expected(value, '{"mode": "draft", "by": "maria", "intent": "refund"}');
  const { mode, by, reason = null, intent = null } = value;
  const limits = agentMessageLimits;
  if (!isMode(mode)) return refuse(`mode must be one of ${modes.join(', ')}`);
  if (!isText(by, limits.by)) return refuse(`by must name who acts, in 1 to ${limits.by} characters`);
  if (reason !== null && !isText(reason, limits.reason)) {
    return refuse(`reason must be a text of 1 to ${limits.reason} characters`);
  }
  if (intent !== null && !isIntent(intent)) {
    return refuse('intent must be the name of an intent of the policy, such as refund');
  }
  const shown = { by: oneLine(by), reason: reason === null ? null : asShown(reason) };
  return { ok: true, value: { mode, ...shown, intent } };
}

/** Nothing given: a switch that nobody has turned. */
export function parseSwitchedModes(value: unknown): Parsed<SwitchedModes> {
  if (value === undefined || value === null) return { ok: true, value: nothingSwitched };
  const example = '{"company": null, "intents": {}}';
  if (!isReadableObject(value)) return expected(value, example);
  const { company, intents } = value;
  if (company !== null && !isSwitched(company)) return refuse(`company must be null or ${position}`);
  if (!isReadableObject(intents)) return expected(intents, example);
  const known = Object.entries(intents).filter((entry): entry is [string, SwitchedMode] =>
    isSwitched(entry[1]),
  );
  return known.length === Object.keys(intents).length
    ? { ok: true, value: { company, intents: Object.fromEntries(known) } }
    : refuse(`each of intents must be ${position}`);
}

const position = '{"mode": "draft", "by": "maria", "reason": null, "at": 0}';

function isSwitched(value: unknown): value is SwitchedMode {
  if (!isReadableObject(value)) return false;
  const { mode, by, reason, at } = value;
  return (
    isMode(mode) &&
    typeof by === 'string' &&
    (reason === null || typeof reason === 'string') &&
    typeof at === 'number'
  );
}

function isIntent(value: unknown): value is string {
  return typeof value === 'string' && intentPattern.test(value);
}
