/** Who works in a scenario's company, as its desk would tell: who decides about a draft is looked up there. */
import { whyNotApprover, whyNotRejecter, type DeskAgent } from '../../core/approval/approvers';
import type { Step } from '../../core/effects';
import type { PolicySettings } from '../../core/policy/plan';
import type { GivenContent } from '../schema';

type Team = NonNullable<GivenContent['team']>;

/** @param team - absent: whoever is said to decide may. */
export function whoDecides(
  team: Team | undefined,
  { approvers = [] }: Pick<PolicySettings, 'approvers'>,
  { word, deeds }: Pick<Extract<Step, { readonly type: 'check-approver' }>, 'word' | 'deeds'>,
): { readonly why: string | null; readonly name: string | null } {
  if (team === undefined) return { why: null, name: word.by };
  const agent = agentCalled(team, word.by);
  const judge = word.rejects === undefined ? whyNotApprover : whyNotRejecter;
  const why = judge(approvers, deeds, agent, word.by);
  return { why, name: why === null ? (agent?.name ?? null) : null };
}

function agentCalled(team: Team, who: string): DeskAgent | null {
  const wanted = who.toLowerCase();
  const found = team.find(
    ({ name, email }) => name.toLowerCase() === wanted || email?.toLowerCase() === wanted,
  );
  if (found === undefined) return null;
  const { name, email = null, groups = [], left = false } = found;
  return { id: name, name, email, isActive: !left, groups: left ? [] : groups };
}
