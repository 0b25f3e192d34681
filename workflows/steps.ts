/** Carries one step out: which activity, with which patience, and how its end becomes an outcome for the core. */
import {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  type ActivityOptions,
  type LocalActivityOptions,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  TimeoutFailure,
} from '@temporalio/workflow';
import type { DeskActivities, TicketActivities } from '../activities/types';
import { deskTaskQueueOf, type DeskAccount } from '../src/contracts/messages';
import { priorityKeys as priorities } from '../src/contracts/priorities';
import type { Step } from '../src/core/effects';
import type { StepOutcome } from '../src/core/events';
import { assertNever, failureKinds, type StepFailure } from '../src/core/failure';
import type { ModeLimit } from '../src/core/modes/mode';
import type { PolicySettings } from '../src/core/policy/plan';
import { waitsAtLeastMs } from '../src/core/spans';
import { stepSummary } from '../src/core/story';

const longestWaitForCodeMs = 15 * 60_000;

const holdWithinMs = 60_000;

/** Whoever approves waits for the answer; they can try again. */
const checkWithinMs = 60_000;

export async function carryOutStep(step: Step, settings: PolicySettings): Promise<StepOutcome> {
  try {
    return await start(step, settings);
  } catch (error) {
    return { type: 'step-failed', failure: stepFailureOf(error) };
  }
}

async function start(step: Step, settings: PolicySettings): Promise<StepOutcome> {
  const summary = stepSummary(step);
  const budgetMs = Math.max(settings.stepBudgetMs, waitsAtLeastMs);
  const ofPolicy = policyOf(settings);
  switch (step.type) {
    case 'fetch-ticket': {
      const { ref, policyVersion, withPast, known, proposed, withTold } = step;
      const past = withPast === undefined ? {} : { withPast };
      const conversation = known === undefined ? {} : { known };
      const compared = proposed === undefined ? {} : { proposed };
      const told = withTold === undefined ? {} : { withTold };
      const activities = desk(ref, summary, priorities.read);
      const fetched = await activities.fetchTicket({
        ref,
        policyVersion,
        ...past,
        ...conversation,
        ...compared,
        ...told,
        ...ofPolicy,
        budgetMs,
      });
      return { type: 'ticket-fetched', ...fetched };
    }
    case 'classify-message': {
      const { words, locale, name = null, question, patienceMs = budgetMs, waitsSince } = step;
      const classification = await beside(summary, patienceMs).classifyMessage(
        { words, locale, name, question, ...ofPolicy },
        Date.now(),
        waitsSince,
      );
      return { type: 'message-classified', classification };
    }
    case 'consult-policy': {
      const { input, patienceMs = budgetMs, waitsSince } = step;
      const plan = await beside(summary, patienceMs).consultPolicy(input, Date.now(), waitsSince);
      return { type: 'policy-consulted', plan };
    }
    case 'send-holding-reply': {
      const { ref, guard, key, isPublic, policyVersion, customer, within } = step;
      const what = { ref, guard, key, isPublic, policyVersion, customer, within, ...ofPolicy };
      // What the customer waits for is not tried meanwhile.
      const sent = await desk(ref, summary, priorities.reply).sendHoldingReply({
        ...what,
        budgetMs: holdWithinMs,
      });
      return { type: 'holding-reply-sent', ...sent };
    }
    case 'act-on-order': {
      const { ref, guard, key, action, terms, standing } = step;
      const limits = {
        ...(terms === undefined ? {} : { terms }),
        ...(standing === undefined ? {} : { standing }),
        ...modeLimit(step),
        ...ofPolicy,
      };
      const activities = desk(ref, summary, priorities.reply);
      const outcome = await activities.actOnOrder({ ref, guard, key, action, ...limits, budgetMs });
      return { type: 'order-acted', outcome };
    }
    case 'send-code': {
      const { ref, guard, key, order, mail } = step;
      // The customer waits for the reply that tells of it.
      const sent = await desk(ref, summary, priorities.reply).sendCode({
        ref,
        guard,
        key,
        order,
        mail,
        ...modeLimit(step),
        ...ofPolicy,
        budgetMs: Math.min(budgetMs, longestWaitForCodeMs),
      });
      return { type: 'code-sent', trouble: sent.trouble };
    }
    case 'update-ticket':
      return { type: 'updates-applied', applied: await updateTicket(step, settings, summary, budgetMs) };
    case 'open-follow-up': {
      const { ref, key, note, group, tags, agreed, mergedInto } = step;
      const kept = {
        ...(agreed === undefined ? {} : { agreed }),
        ...(mergedInto === undefined ? {} : { mergedInto }),
        ...ofPolicy,
      };
      // People have no other way to hear of this message: it is tried until it works.
      const activities = desk(ref, summary, priorities.people);
      const opened = await activities.openFollowUp({ ref, key, note, ...kept, group, tags, budgetMs: null });
      return { type: 'follow-up-opened', ticketId: opened.ticketId };
    }
    case 'check-approver': {
      const { ref, word, deeds } = step;
      const activities = desk(ref, summary, priorities.people);
      const answer = await activities.checkApprover({
        ...{ ref, by: word.by, deeds, budgetMs: checkWithinMs },
        ...(word.rejects === undefined ? {} : { rejects: true }),
        ...ofPolicy,
      });
      return { type: 'approver-checked', ...answer };
    }
    case 'notify-people': {
      const { ref, reason, message, about, intents, brand } = step;
      const more = {
        ...(about === undefined ? {} : { about }),
        ...(intents === undefined ? {} : { intents }),
        ...(brand === undefined ? {} : { brand }),
        ...ofPolicy,
      };
      await notifier(summary).notifyPeople({ ref, reason, message, ...more });
      return { type: 'people-notified' };
    }
    default:
      return assertNever(step);
  }
}

/** Whose modes, words and approvers count; an open conversation stays with the policy it began under. */
function policyOf({ policy }: PolicySettings): { readonly policy?: string } {
  return policy === undefined ? {} : { policy };
}

/** Absent as in the step. */
function modeLimit({ within }: { readonly within?: ModeLimit }): { readonly within?: ModeLimit } {
  return within === undefined ? {} : { within };
}

function updateTicket(
  step: Extract<Step, { type: 'update-ticket' }>,
  settings: PolicySettings,
  summary: string,
  budgetMs: number,
): ReturnType<DeskActivities['replyToTicket']> {
  const { ref, updates, guard } = step;
  const what = { ref, updates, guard, ...modeLimit(step), ...policyOf(settings) };
  switch (step.purpose) {
    case 'reply':
      return desk(ref, summary, priorities.reply).replyToTicket({ ...what, budgetMs });
    case 'note':
      return desk(ref, summary, priorities.note).addNote({ ...what, budgetMs });
    // A hand-off that gave up would leave the ticket to nobody, so these have no budget.
    case 'hand-off':
      return desk(ref, summary, priorities.people).handOff({ ...what, budgetMs: null });
    case 'escalate':
      return desk(ref, summary, priorities.people).escalateTicket({ ...what, budgetMs: null });
    case 'close':
      return desk(ref, summary, priorities.chore).closeTicket({ ...what, budgetMs });
    case 'follow-up':
      return desk(ref, summary, priorities.chore).followUpWithCustomer({ ...what, budgetMs });
    default:
      return assertNever(step.purpose);
  }
}

/**
 * Desk calls: retried by Temporal until the activity itself says that it is no use, or that the budget is used up.
 * An activity that was asked to stop is waited for, because what it did must be known.
 */
function desk(account: DeskAccount, summary: string, priorityKey: number) {
  const options: ActivityOptions = {
    taskQueue: deskTaskQueueOf(account),
    startToCloseTimeout: '45 seconds',
    heartbeatTimeout: '12 seconds',
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
    summary,
    priority: { priorityKey },
  };
  return proxyActivities<DeskActivities>(options);
}

/**
 * Classification and policy run in the worker that runs the workflow, without a trip over the server: two of a
 * turn's four steps cost no events of their own beyond a marker.
 */
function beside(summary: string, budgetMs: number) {
  const options: LocalActivityOptions = {
    startToCloseTimeout: '30 seconds',
    scheduleToCloseTimeout: budgetMs,
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
    // A longer wait is a timer of the workflow: waited out within its task, it would cost events every few seconds.
    localRetryThreshold: '5 seconds',
    summary,
  };
  return proxyLocalActivities<Pick<TicketActivities, 'classifyMessage' | 'consultPolicy'>>(options);
}

function notifier(summary: string) {
  const options: ActivityOptions = {
    startToCloseTimeout: '30 seconds',
    scheduleToCloseTimeout: '1 day',
    retry: { initialInterval: '2 seconds', backoffCoefficient: 2, maximumInterval: '5 minutes' },
    summary,
  };
  return proxyActivities<Pick<TicketActivities, 'notifyPeople'>>(options);
}

export function stepFailureOf(error: unknown): StepFailure {
  if (isCancellation(error))
    return { kind: 'cancelled', message: 'stopped at the word of an agent', attempts: 1 };
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof TimeoutFailure) {
    const last = cause.cause instanceof ApplicationFailure ? `gave up: ${cause.cause.message}` : null;
    const message = last ?? `no answer in time (${cause.timeoutType})`;
    return { kind: 'budget-used-up', message, attempts: attemptsOf(cause.cause) };
  }
  if (cause instanceof ApplicationFailure) {
    const kind = failureKinds.find((known) => known === cause.type) ?? 'unknown';
    return {
      kind,
      message: kind === 'unknown' ? `unexpected failure (${cause.type ?? 'untyped'})` : cause.message,
      attempts: attemptsOf(cause),
    };
  }
  return { kind: 'unknown', message: 'unexpected failure', attempts: 1 };
}

/** As the attempt that failed last has told (activities/attempt.ts). */
function attemptsOf(failure: Error | undefined): number {
  const told: unknown = failure instanceof ApplicationFailure ? failure.details?.[0] : undefined;
  return typeof told === 'number' ? told : 1;
}
