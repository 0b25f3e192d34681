/**
 * Reads what arrives in signals and updates, which anybody with access to Temporal can type by hand. Runs inside
 * workflows, hence without a schema library; total, so that no message can stop a ticket.
 */
import type { AgentAction, AgentActionName, Hint } from '../core/events';
import { isObject } from '../core/isObject';
import { isMode, modes } from '../core/modes/mode';
import { versionPattern, type PolicyChoice } from '../core/policy/policyChoice';
import { agentMessageLimits, type AgentMessage } from './messages';
import { asShown, oneLine } from './shownText';

export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };

/** In place of a value whose payload cannot be decoded: of an unknown encoding, or broken. */
export class UnreadablePayload {
  readonly why = 'its payload cannot be decoded: send JSON, in the encoding json/plain';
}

const sources: readonly Hint['source'][] = ['webhook', 'poll', 'api', 'chatbot', 'agent'];
const idLength = 200;

/** `fallbackId` names a hint that came without an id: by hand, say. */
export function parseHint(value: unknown, fallbackId: string): Parsed<Hint> {
  if (value === undefined || value === null) {
    return { ok: true, value: { id: fallbackId, source: 'agent', kind: 'changed', commentId: null } };
  }
  if (!isReadableObject(value)) return expected(value, '{"id": "...", "source": "api", "commentId": null}');
  const { id = fallbackId, source = 'agent', kind = 'changed', commentId = null } = value;
  if (!isText(id, idLength)) return refuse(`id must be a text of 1 to ${idLength} characters`);
  if (commentId !== null && !isText(commentId, idLength)) return refuse('commentId must be a text or null');
  const known = sources.find((candidate) => candidate === source);
  if (known === undefined) return refuse(`source must be one of ${sources.join(', ')}`);
  if (kind !== 'created' && kind !== 'changed') return refuse('kind must be created or changed');
  return { ok: true, value: { id, source: known, kind, commentId } };
}

export function parseAgentMessage(
  action: AgentActionName,
  value: unknown,
  fallbackId: string,
): Parsed<AgentAction> {
  if (!isReadableObject(value)) return expected(value, '{"by": "maria"}');
  const {
    by,
    reason = null,
    draftId = null,
    mode,
    id = fallbackId,
  } = value satisfies Partial<Record<keyof AgentMessage, unknown>>;
  const limits = agentMessageLimits;
  if (!isText(by, limits.by)) return refuse(`by must name who acts, in 1 to ${limits.by} characters`);
  if (reason !== null && !isText(reason, limits.reason)) {
    return refuse(`reason must be a text of 1 to ${limits.reason} characters`);
  }
  if (draftId !== null && !isText(draftId, limits.draftId)) {
    return refuse(`draftId must be a text of 1 to ${limits.draftId} characters`);
  }
  if (!isText(id, limits.id)) return refuse(`id must be a text of 1 to ${limits.id} characters`);
  // Cleaned and not refused: a signal that was taken once must be taken again at replay.
  const told = {
    ...{ id, action, by: oneLine(by), draftId },
    reason: reason === null ? null : asShown(reason),
  };
  if (action !== 'set-mode') return { ok: true, value: told };
  return isMode(mode)
    ? { ok: true, value: { ...told, mode } }
    : refuse(`mode must be one of ${modes.join(', ')}`);
}

export function parsePolicyChoice(value: unknown): Parsed<PolicyChoice> {
  if (!isReadableObject(value)) return expected(value, '{"version": "p-3f2a91c07b4e", "by": "maria"}');
  const { version, by } = value;
  if (typeof version !== 'string' || !versionPattern.test(version)) {
    return refuse('version must be that of a policy, such as p-3f2a91c07b4e');
  }
  const { by: longest } = agentMessageLimits;
  return isText(by, longest)
    ? { ok: true, value: { version, by: oneLine(by) } }
    : refuse(`by must name who acts, in 1 to ${longest} characters`);
}

export function expected(value: unknown, example: string): { ok: false; why: string } {
  return refuse(value instanceof UnreadablePayload ? value.why : `expected an object such as ${example}`);
}

export function refuse(why: string): { ok: false; why: string } {
  return { ok: false, why };
}

export function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= longest;
}

/** A JSON object that could be decoded. */
export function isReadableObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && !(value instanceof UnreadablePayload);
}
