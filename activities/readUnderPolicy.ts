/** The ticket as the desk tells it, with the settings of the policy that it goes by. */
import type { ConversationFacts } from '../src/core/effects';
import type { PolicySettings } from '../src/core/policy/plan';
import type { DeskTicket } from '../src/helpdesk/port';
import type { PolicyProcessor } from '../src/policy/port';
import { policyNamed } from './policyNamed';

interface Conversation {
  /** Null: none is open, and the ticket's brand says which policy the next one goes by. */
  readonly policyVersion: string | null;
  /** The one that the open conversation goes by. */
  readonly policy: string | undefined;
  readonly known: ConversationFacts;
}

interface ReadTicket {
  readonly ticket: DeskTicket;
  readonly settings: PolicySettings;
  /** As in what `fetchTicket` answers. */
  readonly movesTo?: string | null;
}

/** @param reading - under way: where the brand says nothing, the settings are asked for beside it. */
export async function readUnderPolicy(
  policy: Pick<PolicyProcessor, 'settingsOf' | 'holdingReplyOf' | 'modes' | 'brands'>,
  { policyVersion, policy: name, known }: Conversation,
  reading: Promise<DeskTicket>,
): Promise<ReadTicket> {
  const { brands } = policy;
  const isOpen = policyVersion !== null;
  const settingsUnder = (named: string | undefined): Promise<PolicySettings> =>
    policyNamed(policy, named).settingsOf(policyVersion, undefined, async () => ({
      ...(await reading),
      ...known,
    }));
  if (brands === undefined || isOpen) {
    const [ticket, settings] = await Promise.all([reading, settingsUnder(isOpen ? name : undefined)]);
    const next = brands?.nameFor(ticket.brand);
    const isMoved = brands !== undefined && next !== name;
    return { ticket, settings, ...(isMoved ? { movesTo: next ?? null } : {}) };
  }
  const ticket = await reading;
  return { ticket, settings: await settingsUnder(brands.nameFor(ticket.brand)) };
}
