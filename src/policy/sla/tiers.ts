/** The tiers of a policy as they are looked through for a ticket, and every mistake in them. */
import { clockNames, type SlaSettings, type SlaTarget } from '../../core/sla/targets';
import { compileCondition, isMistake, type Condition, type ConditionMistake } from '../conditions/conditions';
import { nodesOf, pathOf } from '../conditions/conditionTree';
import { dayMs } from '../../core/spans';
import { isBusinessTime, readWait } from '../hours/durations';
import { weekdayNames, type HoursContent } from '../hours/hoursSchema';
import { daySource, shiftsOf } from '../hours/schedule';
import type { Path, PolicyFile } from '../load/policyFiles';
import { didYouMean, listNames, type Mistake } from '../policyError';
import { readWarning, type TargetContent, type TierContent } from './slaSchema';

const minuteMs = 60_000;

/** What a tier may ask for, which `SlaFacts` tells. */
const slaFacts: readonly string[] = [
  'intent',
  'customer.language',
  'customer.trusted',
  'ticket.tags',
  'ticket.channel',
  'ticket.brand',
  'ticket.priority',
];

export interface Tier {
  readonly name: string;
  /** Null: every ticket. */
  readonly condition: Condition | null;
  readonly targets: SlaSettings['targets'];
}

interface Given {
  readonly content: {
    readonly sla?: readonly TierContent[] | undefined;
    readonly hours?: HoursContent | undefined;
  };
  readonly file: PolicyFile;
}

/** @returns null: the policy promises nothing. */
export function compileTiers(
  { content, file }: Given,
  intents: readonly string[],
  mistakes: Mistake[],
): readonly Tier[] | null {
  const { sla } = content;
  if (sla === undefined) return null;
  const report = (at: Path, message: string) => mistakes.push({ ...file.placeOf(['sla', ...at]), message });
  return sla.map((tier, index) => {
    if (sla.findIndex((other) => other.tier === tier.tier) < index) {
      report([index, 'tier'], `"${tier.tier}" names a second tier. Names must differ`);
    }
    if (clockNames.every((name) => tier[name] === undefined)) {
      report([index], `"${tier.tier}" promises nothing. Give it one of ${listNames(clockNames)}`);
    }
    for (const { at, message } of targetMistakes(tier, content.hours)) {
      report([index, ...at], message);
    }
    return {
      name: tier.tier,
      condition: conditionOf(tier, ['sla', index, 'when'], file, intents, mistakes),
      targets: targetsOf(tier),
    };
  });
}

function targetsOf(tier: TierContent): SlaSettings['targets'] {
  return Object.fromEntries(
    clockNames.flatMap((name) => {
      const content = tier[name];
      return content === undefined ? [] : [[name, targetOf(content, tier.warn)]];
    }),
  );
}

function targetOf(content: TargetContent, tiersWarn: string | undefined): SlaTarget {
  const { within, warn = tiersWarn } = typeof content === 'string' ? { within: content } : content;
  return { ...readWait(within), ...(warn === undefined ? {} : { warn: readWarning(warn) }) };
}

interface Placed {
  readonly at: Path;
  readonly message: string;
}

function targetMistakes(tier: TierContent, hours: HoursContent | undefined): readonly Placed[] {
  return clockNames.flatMap((name): readonly Placed[] => {
    const content = tier[name];
    if (content === undefined) return [];
    const within = typeof content === 'string' ? content : content.within;
    const at: Path = typeof content === 'string' ? [name] : [name, 'within'];
    const target = targetOf(content, tier.warn);
    const { warn } = target;
    const isOwn = typeof content !== 'string' && content.warn !== undefined;
    const found: Placed[] = [];
    if (isBusinessTime(within) && hours === undefined) {
      found.push({
        at,
        message: `counts "${within}", but policy.yaml does not say when the team is at work. Add "hours", or "hours: always"`,
      });
    }
    if (warn !== undefined && 'beforeMs' in warn && warn.beforeMs >= longestMs(target, hours)) {
      found.push({
        at: isOwn ? [name, 'warn'] : ['warn'],
        message: `warns before the clock has begun: ${name} of "${tier.tier}" is "${within}". Write a share such as "75%", or less than the target`,
      });
    }
    return found;
  });
}

/** As the clock counts: of business days, what the team is at work of them. */
function longestMs({ afterMs, countedIn }: SlaTarget, hours: HoursContent | undefined): number {
  if (countedIn !== 'business-days' || hours === undefined || hours === 'always') return afterMs;
  const openMs = weekdayNames.map((_, day) =>
    shiftsOf(daySource(hours.week, day).shifts).reduce((sum, [from, to]) => sum + (to - from) * minuteMs, 0),
  );
  return Math.min(afterMs, (afterMs / dayMs) * Math.max(...openMs));
}

function conditionOf(
  { when, tier }: TierContent,
  at: Path,
  file: PolicyFile,
  intents: readonly string[],
  mistakes: Mistake[],
): Condition | null {
  if (when === undefined) return null;
  const compiled = compileCondition(when, intents);
  const wrong = isMistake(compiled) ? compiled : (otherFact(compiled) ?? neverSo(tier, compiled));
  if (wrong !== null) {
    const lines = when.slice(0, wrong.offset).split('\n');
    const place = file.placeInText(at, lines.length, (lines.at(-1) ?? '').length + 1);
    mistakes.push({ ...place, message: wrong.message });
  }
  return isMistake(compiled) ? null : compiled;
}

function neverSo(tier: string, { never }: Condition): ConditionMistake | null {
  if (never === null) return null;
  const message = `"${tier}" is for no ticket: its condition wants ${never}, which is never so. Take the tier out, or ask for a fact`;
  return { offset: 0, message };
}

/** Orders are not looked up when a ticket is only read, so that tiers cannot depend on them. */
function otherFact({ tree }: Condition): ConditionMistake | null {
  for (const node of nodesOf(tree)) {
    const path = pathOf(node);
    if (path === null || slaFacts.includes(path)) continue;
    if (slaFacts.some((fact) => fact.startsWith(`${path}.`))) continue;
    const message = `names "${path}", which a tier cannot ask for. Allowed here: ${slaFacts.join(', ')}.${didYouMean(path, slaFacts)}`;
    return { offset: node.start, message };
  }
  return null;
}
