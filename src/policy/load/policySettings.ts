/** The numbers and limits of policy.yaml, as the core reads them: durations in milliseconds, what is left out absent. */
import type { MoneyLimits } from '../../core/orders/moneyLimits';
import type { PolicySettings } from '../../core/policy/plan';
import { durationMs, readWait } from '../hours/durations';
import type { PolicyContent } from '../schema';
import { badRatingOf } from '../sections/ratingsSchema';
import { thirdPartiesOf } from '../sections/thirdPartiesSchema';

export function policySettings({
  settings,
  escalation,
  limits,
  mode,
  approvers,
  approvals,
  'hand-back': handBack,
  outages,
  ratings,
  'third-parties': thirdParties,
}: PolicyContent): PolicySettings {
  const [first, ...others] = escalation.map(({ after, ...rung }) => ({
    ...readWait(after),
    ...rung,
  }));
  if (first === undefined) throw new Error('the schema lets no empty escalation through');
  const silence = readWait(settings['customer-silence']);
  const approval = readWait(settings['approval-time']);
  const countedIn = {
    ...(silence.countedIn === undefined ? {} : { customerSilence: silence.countedIn }),
    ...(approval.countedIn === undefined ? {} : { approval: approval.countedIn }),
  };
  return {
    settleMs: durationMs(settings['settle-window']),
    fragmentSettleMs: durationMs(settings['fragment-window']),
    repliesPerHour: settings['replies-per-hour'],
    ...(settings['replies-without-person'] === undefined
      ? {}
      : { repliesWithoutPerson: settings['replies-without-person'] }),
    customerSilenceMs: silence.afterMs,
    personCheckMs: durationMs(settings['person-check']),
    approvalMs: approval.afterMs,
    stepBudgetMs: durationMs(settings['step-budget']),
    ...(outages === undefined ? {} : { holdingReplyAfterMs: durationMs(outages['holding-reply'].after) }),
    handOffGroup: settings['hand-off-group'],
    ladder: [first, ...others],
    ...(Object.keys(countedIn).length === 0 ? {} : { countedIn }),
    ...(limits === undefined ? {} : { limits: moneyLimits(limits.refunds) }),
    ...(approvals === undefined
      ? {}
      : { approvalPath: approvals.map(({ after, group = null }) => ({ ...readWait(after), group })) }),
    ...(approvers === undefined
      ? {}
      : { approvers: approvers.map(({ 'up-to': upTo = null, ...rule }) => ({ ...rule, upTo })) }),
    ...(handBack === undefined ? {} : { handBack: { ...readWait(handBack.after), except: handBack.except } }),
    ...(mode === undefined ? {} : { modes: { company: mode.default, intents: mode.intents } }),
    ...badRatingOf(ratings),
    ...thirdPartiesOf(thirdParties),
  };
}

function moneyLimits(refunds: NonNullable<PolicyContent['limits']>['refunds']): MoneyLimits {
  const perCustomer = refunds['per-customer'];
  return {
    perCustomer:
      perCustomer === undefined
        ? null
        : {
            withinMs: durationMs(perCustomer.within),
            amount: perCustomer.amount ?? null,
            count: perCustomer.count ?? null,
          },
    perDay: refunds['per-day'] ?? null,
  };
}
