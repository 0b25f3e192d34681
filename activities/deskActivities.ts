/** The activities that call the desk. Each is safe to run again: the adapter applies a business key once. */
import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { toldToPeople } from '../src/classify/reading/toldToPeople';
import { isRestricted, whyNotApprover, whyNotRejecter } from '../src/core/approval/approvers';
import type { FailureKind } from '../src/core/failure';
import { holdingUpdate } from '../src/core/outage/holdingUpdate';
import { isStricter, modeFor, type ModeLimit } from '../src/core/modes/mode';
import type { CallContext, Helpdesk } from '../src/helpdesk/port';
import { actAsApproved } from '../src/orders/actAsApproved';
import type { Allowances, Shop } from '../src/orders/port';
import type { PolicyProcessor } from '../src/policy/port';
import type { TicketRef } from '../src/core/ticket/ticket';
import { attempt } from './attempt';
import { modeForbids } from './modeForbids';
import { pollDesk, type PollPorts } from './pollDesk';
import { policyNamed } from './policyNamed';
import { snapshotOf } from './readTicket';
import { readUnderPolicy } from './readUnderPolicy';
import { sentSince } from './sentWords';
import { sendCode, type CodeMailing } from './sendCode';
import { tellMergeTarget } from './tellMergeTarget';
import type { DeskActivities, UpdateTicketInput } from './types';

export interface DeskActivityPorts extends PollPorts {
  readonly policy: Omit<PolicyProcessor, 'consult'>;
  readonly shop: Shop;
  readonly allowances: Allowances;
  /** Absent: this worker sends no mail, and what a policy wants sent is people's matter. */
  readonly codeMailing?: CodeMailing;
  /** Of the attempt that is running. */
  readonly thisAttempt: () => ThisAttempt;
}

/** As src/temporal/thisAttempt.ts says. */
interface ThisAttempt extends Required<Pick<CallContext, 'stillCurrent'>> {
  /** Throws when the workflow has asked the attempt to stop. */
  readonly stillWanted: () => Promise<void>;
  /** Throws where an earlier attempt ended without a word less than so many milliseconds ago. */
  readonly settled: (withinMs: number) => Promise<void>;
}

/** Up to which mode a step is carried out, and whose modes count. */
interface UnderMode {
  readonly within?: ModeLimit;
  readonly policy?: string | undefined;
}

const shopTimeoutMs = 25_000;

/** A webhook can be faster than the desk's own reads: a ticket that is not there yet is looked for this often. */
const notFoundAttempts = 4;

export function createDeskActivities({
  desk,
  policy,
  shop,
  allowances,
  codeMailing,
  thisAttempt,
  hintTicket,
  notifier,
}: DeskActivityPorts): DeskActivities {
  const expectMode = async ({ within, policy: name }: UnderMode): Promise<void> => {
    const { strictest, intents } = within ?? upToDraft;
    const mode = strictest === 'off' ? 'auto' : modeFor(await policyNamed(policy, name).modes(), intents);
    if (isStricter(mode, strictest)) throw modeForbids(mode);
  };
  const writing = (signal: AbortSignal, under: UnderMode): CallContext => {
    const { stillWanted, stillCurrent } = thisAttempt();
    return {
      ...{ signal, stillCurrent },
      beforeWriting: () => expectMode(under),
      beforePublicWords: stillWanted,
    };
  };
  /**
   * One that may write to the desk. It asks first of all: an attempt that fails before it has asked would pass for one that
   * has, and the next one would write what the dead one may have sent.
   */
  const attemptToWrite = <T>(
    { ref, budgetMs }: Pick<UpdateTicketInput, 'ref' | 'budgetMs'>,
    run: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> =>
    attempt(budgetMs, async (signal) => {
      expectOurDesk(desk, ref);
      if (desk.settleMs !== undefined) await thisAttempt().settled(desk.settleMs);
      return run(signal);
    });
  const update = (input: UpdateTicketInput) =>
    attemptToWrite(input, (signal) =>
      desk.applyUpdates(input.ref.ticketId, input.updates, input.guard, writing(signal, input)),
    );
  const wantedShop = (under: UnderMode): Pick<Shop, 'act' | 'findByNumber'> => ({
    findByNumber: (number, signal) => shop.findByNumber(number, signal),
    act: async (action, key, signal) => {
      await Promise.all([thisAttempt().stillWanted(), expectMode(under)]);
      return shop.act(action, key, signal);
    },
  });

  return {
    fetchTicket: ({
      ref,
      policyVersion = null,
      withPast: past = false,
      known = nothingKnown,
      proposed,
      withTold = false,
      policy: name,
      budgetMs,
    }) =>
      attempt(budgetMs, async (signal) => {
        expectOurDesk(desk, ref);
        const { ticket, ...under } = await readUnderPolicy(
          policy,
          { policyVersion, policy: name, known },
          desk.fetchTicket(ref.ticketId, { signal }, { past }).catch(waitForNewTicket),
        );
        const sent = proposed === undefined ? null : sentSince(ticket.comments, proposed);
        const said = ticket.comments.map(({ body, ...comment }) => ({ ...comment, text: body }));
        const told = withTold ? toldToPeople(said) : null;
        return {
          snapshot: snapshotOf(ticket),
          ...under,
          ...(sent === null ? {} : { sent }),
          ...(told === null ? {} : { told }),
        };
      }),
    actOnOrder: ({ ref, guard, key, action, terms, standing, budgetMs, ...under }) =>
      attempt(budgetMs, async (signal) => {
        expectOurDesk(desk, ref);
        await desk.checkUnchanged(ref.ticketId, guard, { signal });
        // Before the ledgers are asked: what was taken there stays taken.
        await Promise.all([thisAttempt().stillWanted(), expectMode(under)]);
        // Not the step's own signal: an order half-way through a cancellation is nobody's wish.
        return actAsApproved(
          { shop: wantedShop(under), allowances },
          { action, key },
          terms,
          { standing, attempt: activityInfo().attempt },
          AbortSignal.timeout(shopTimeoutMs),
        );
      }),
    sendCode: ({ guard, budgetMs, ...code }) =>
      attempt(
        budgetMs,
        async (signal) => {
          expectOurDesk(desk, code.ref);
          if (codeMailing === undefined) throw sendsNoMail();
          await desk.checkUnchanged(code.ref.ticketId, guard, { signal });
          await Promise.all([thisAttempt().stillWanted(), expectMode(code)]);
          return { trouble: await sendCode({ ...codeMailing, orders: shop }, code, signal) };
        },
        // No customer waits for a mail server's password: a person can help without the code.
        { outlastsRefusal: false },
      ),
    sendHoldingReply: ({ ref, guard, budgetMs, ...holding }) =>
      attemptToWrite({ ref, budgetMs }, async (signal) => {
        const ofPolicy = policyNamed(policy, holding.policy);
        const words = await ofPolicy.holdingReplyOf(holding.policyVersion, holding.customer);
        if (words === null) return { commentId: null };
        const updates = [holdingUpdate(holding, words)];
        const [applied] = await desk.applyUpdates(ref.ticketId, updates, guard, writing(signal, holding));
        return { commentId: applied?.commentId ?? null };
      }),
    replyToTicket: update,
    addNote: update,
    handOff: update,
    escalateTicket: update,
    closeTicket: update,
    followUpWithCustomer: update,
    checkApprover: ({ ref, by, deeds, rejects = false, policy: name, budgetMs }) =>
      attempt(
        budgetMs,
        async (signal) => {
          expectOurDesk(desk, ref);
          // Those of the policy in force: a version that a conversation began under lets nobody approve for ever.
          const { approvers = [] } = await policyNamed(policy, name).settingsOf(null);
          if (!isRestricted(approvers, deeds)) return { why: null, name: null };
          const agent = await desk.findAgent(by, { signal });
          const judge = rejects ? whyNotRejecter : whyNotApprover;
          const why = judge(approvers, deeds, agent, by);
          return { why, name: why === null ? (agent?.name ?? null) : null };
        },
        // Somebody waits for the answer.
        { outlastsRefusal: false },
      ),
    openFollowUp: ({ ref, policy: name, budgetMs, mergedInto, ...followUp }) =>
      attemptToWrite({ ref, budgetMs }, async (signal) => {
        await expectMode({ policy: name });
        const call = { signal, stillCurrent: thisAttempt().stillCurrent };
        // It may have been merged since it was read.
        const into = mergedInto ?? (await desk.fetchTicket(ref.ticketId, call)).mergedInto;
        const opened =
          into === undefined
            ? await desk.openFollowUp(ref.ticketId, followUp, call)
            : await tellMergeTarget(desk, into, followUp, call).catch((error: unknown) => {
                // The other one was deleted: people find it beside the one that they have merged.
                if (isNotFound(error)) return desk.openFollowUp(ref.ticketId, followUp, call);
                throw error;
              });
        // The desk's own word of it is about a ticket of ours, which nobody looks at.
        await hintTicket({ ...ref, ticketId: opened.ticketId }, `follows:${ref.ticketId}`);
        return opened;
      }),
    pollDesk: (input) => attempt(null, (signal) => pollDesk({ desk, hintTicket, notifier }, input, signal)),
    findTicketsLeftOpen: ({ since }) =>
      attempt(null, async (signal) => {
        const found = await desk.ticketsLeftOpen(since, { signal });
        const { account } = desk;
        for (const ticketId of found) {
          await hintTicket({ desk: desk.desk, account, ticketId }, `left-open:${ticketId}:${since}`);
        }
        return { hinted: found.length };
      }),
  };
}

/** Of a conversation that has not begun. */
const nothingKnown = { intent: null, language: null } as const;

function waitForNewTicket(error: unknown): never {
  const { attempt: attempts } = activityInfo();
  if (isNotFound(error) && attempts < notFoundAttempts) {
    throw ApplicationFailure.create({
      message: 'the desk does not know the ticket (yet)',
      type: 'ticket-not-found',
      details: [attempts],
    });
  }
  throw error;
}

function isNotFound(error: unknown): boolean {
  return (
    error instanceof Error && 'kind' in error && error.kind === ('ticket-not-found' satisfies FailureKind)
  );
}

/** @throws ApplicationFailure when the ticket belongs to a desk or account this worker has no access to. */
function expectOurDesk(desk: Helpdesk, ref: TicketRef): void {
  if (ref.desk === desk.desk && ref.account === desk.account) return;
  throw ApplicationFailure.nonRetryable(
    `this worker serves ${desk.desk}/${desk.account}, not ${ref.desk}/${ref.account}: check ${desk.desk.toUpperCase()}_API_URL`,
    'rejected' satisfies FailureKind,
    1,
  );
}

function sendsNoMail(): ApplicationFailure {
  return ApplicationFailure.nonRetryable(
    'this worker sends no mail: set DESKHAND_SMTP_URL and DESKHAND_MAIL_FROM',
    'rejected' satisfies FailureKind,
    1,
  );
}

/** Of steps that say nothing: what people are told in draft, too. */
const upToDraft: ModeLimit = { strictest: 'draft', intents: [] };
