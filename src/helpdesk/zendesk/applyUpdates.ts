/**
 * Writing to a ticket so that each update happens exactly once, and only onto what was just read:
 * read the ticket (its stamp), then its audits; an update whose key an audit carries is done; the guard is checked
 * on this reading; the PUT is a `safe_update` on its stamp. Whatever changes in between, a person's comment or an
 * earlier attempt of ours that Zendesk applies late, makes Zendesk answer 409, and everything is judged anew.
 *
 * The order matters: audits read after the stamp cannot miss a comment that the stamp already covers. Zendesk's
 * stamps have whole seconds, so two changes within one second share one; what slips in there is not seen.
 */
import type { AppliedUpdate, FieldNotSet, TicketUpdate, UpdateGuard } from '../../core/ticket/update';
import { RemoteFailure, malformedAnswer } from '../../remote/failures';
import { unprovenLoss } from '../api/missingTicket';
import type { CallContext } from '../port';
import { agreedMetadata } from './agreed';
import { commentEventsOf, findByKey, keyField, readAudits } from './audits';
import type { AuthorContext } from './authorship';
import { outgoingHtml } from './commentText';
import { isShown, wantedFields, type WantedField } from './wantedFields';
import type { Directory } from './directory';
import { checkUpdateGuard } from './checkUpdateGuard';
import { deskName, type ZendeskHttp } from './http';
import { ticketAnswer, updateAnswer, type ZendeskAudit, type ZendeskTicket } from './schemas';
import { changedFields, showsFields, type TicketFields } from './ticketFields';
import { ticketPath } from './ticketPath';

/** How often a 409 is answered by reading again, before the caller's back-off takes over. */
const conflictRounds = 3;

interface AuditedTicket {
  readonly ticket: ZendeskTicket;
  /** Newest first. */
  readonly audits: readonly ZendeskAudit[];
  readonly context: AuthorContext;
}

interface Writing {
  readonly request: ZendeskHttp;
  readonly directory: Directory;
  readonly ticketId: string;
  readonly updates: readonly TicketUpdate[];
  readonly guard: UpdateGuard;
  readonly call: CallContext;
}

/** Two requests, and one for each update that is not done yet; two more for each conflict. */
export async function applyUpdates(writing: Writing): Promise<readonly AppliedUpdate[]> {
  if (writing.updates.length === 0) return [];
  const applied: AppliedUpdate[] = [];
  let view = await readView(writing);
  for (const update of writing.updates) {
    const done = await applyOne(writing, update, view);
    applied.push(done.applied);
    view = done.view;
  }
  return applied;
}

/** Two requests. */
export async function checkUnchanged(writing: Writing): Promise<void> {
  checkWritable(writing, await readView(writing));
}

async function applyOne(
  writing: Writing,
  update: TicketUpdate,
  start: AuditedTicket,
): Promise<{ applied: AppliedUpdate; view: AuditedTicket }> {
  let view = start;
  let { wanted, notSet } = await wantedFields(update, writing.directory, writing.call);
  const withTicket = (applied: AppliedUpdate, { priority = null }: ZendeskTicket): AppliedUpdate => ({
    ...applied,
    ...(update.onlyRaises ? { priority } : {}),
    ...(notSet.length === 0 ? {} : { fieldsNotSet: notSet }),
  });
  for (let round = 1; ; round += 1) {
    const earlier = findByKey(view.audits, update.key);
    if (earlier !== undefined) {
      // The attempt that did it has told nobody.
      notSet = [...notSet, ...notTaken(view.ticket, wanted)];
      return { applied: withTicket(appliedBy(earlier, update, 'already-applied'), view.ticket), view };
    }
    if (update.unless !== undefined && findByKey(view.audits, update.unless) !== undefined) {
      return { applied: { key: update.key, outcome: 'not-needed', commentId: null }, view };
    }
    checkWritable(writing, view);
    const fields = await changedFields(view.ticket, update, wanted, writing.directory, writing.call);
    if (update.comment === null && Object.keys(fields).length === 0) {
      const unchanged: AppliedUpdate = { key: update.key, outcome: 'applied', commentId: null };
      return { applied: withTicket(unchanged, view.ticket), view };
    }
    try {
      const done = await put(writing, update, fields, view);
      notSet = [...notSet, ...notTaken(done.view.ticket, wanted)];
      return { ...done, applied: withTicket(done.applied, done.view.ticket) };
    } catch (error) {
      if (isRefused(error) && fields.custom_fields !== undefined) {
        // One of them is what Zendesk refuses, or has nothing to do with it: without them that is found out.
        notSet = [...notSet, ...wanted.map(({ name }) => ({ field: name, why: error.message }))];
        wanted = [];
        continue;
      }
      if (!(error instanceof RemoteFailure) || error.kind !== 'conflict' || round === conflictRounds)
        throw unprovenLoss(error);
      view = await readView(writing);
    }
  }
}

function isRefused(error: unknown): error is RemoteFailure {
  return error instanceof RemoteFailure && error.kind === 'rejected';
}

/** Answers without custom fields tell nothing. */
function notTaken(ticket: ZendeskTicket, wanted: readonly WantedField[]): readonly FieldNotSet[] {
  if (!ticket.custom_fields) return [];
  return wanted
    .filter((one) => !isShown(ticket, one))
    .map(({ name }) => ({ field: name, why: 'the ticket does not show the value' }));
}

function checkWritable(writing: Writing, { ticket, audits, context }: AuditedTicket): void {
  if (ticket.status === 'closed') {
    throw new RemoteFailure('ticket-closed', 'the ticket is closed for good', { retryable: false });
  }
  if (!isBegun(writing, audits)) checkUpdateGuard(writing.guard, ticket, audits, context);
}

/** What was begun is finished: a reply that is out gets its note even when a person has answered it meanwhile. */
function isBegun({ updates }: Writing, audits: readonly ZendeskAudit[]): boolean {
  return updates.some((update) => findByKey(audits, update.key) !== undefined);
}

async function put(
  writing: Writing,
  update: TicketUpdate,
  fields: TicketFields,
  view: AuditedTicket,
): Promise<{ applied: AppliedUpdate; view: AuditedTicket }> {
  const { comment, key } = update;
  const { beforeWriting, beforePublicWords } = writing.call;
  await Promise.all([
    isBegun(writing, view.audits) ? undefined : beforeWriting?.(),
    comment?.public === true ? beforePublicWords?.() : undefined,
  ]);
  const answer = await writing.request(
    {
      method: 'PUT',
      path: ticketPath(writing.ticketId),
      body: {
        ticket: {
          ...fields,
          ...(comment === null
            ? {}
            : { comment: { html_body: outgoingHtml(comment), public: comment.public } }),
          metadata: { [keyField]: key, ...agreedMetadata(update.agreed) },
          safe_update: true,
          updated_stamp: view.ticket.updated_at,
        },
      },
      answer: updateAnswer,
      about: 'ticket',
    },
    writing.call,
  );
  // When nothing changed, Zendesk answers with an older update's audit: only the key tells ours.
  const audit = findByKey(answer.audit ? [answer.audit] : [], key);
  if (audit !== undefined) {
    const after = { ...view, ticket: answer.ticket, audits: [audit, ...view.audits] };
    return { applied: appliedBy(audit, update, 'applied'), view: after };
  }
  const after = await readView(writing);
  const found = findByKey(after.audits, key);
  if (found !== undefined) return { applied: appliedBy(found, update, 'applied'), view: after };
  if (comment === null && showsFields(after.ticket, fields)) {
    return { applied: { key, outcome: 'applied', commentId: null }, view: after };
  }
  throw malformedAnswer(deskName, 200, 'the ticket does not show the update');
}

/** @throws RemoteFailure `rejected` when a reply was kept, but not shown to the customer. */
function appliedBy(
  audit: ZendeskAudit,
  update: TicketUpdate,
  outcome: AppliedUpdate['outcome'],
): AppliedUpdate {
  const event = commentEventsOf(audit)[0];
  if (update.comment?.public && event?.public === false) {
    throw new RemoteFailure(
      'rejected',
      'Zendesk kept the reply as an internal note: the user of the credentials may not write public comments',
      { retryable: false },
    );
  }
  return { key: update.key, outcome, commentId: event?.id ?? null };
}

async function readView({ request, directory, ticketId, guard, call }: Writing): Promise<AuditedTicket> {
  const ownUserId = await directory.ownUserId(call);
  const { ticket } = await request(
    { method: 'GET', path: ticketPath(ticketId), answer: ticketAnswer, about: 'ticket' },
    call,
  );
  const { audits, users } = await readAudits(request, ticketId, call);
  const roles = new Map(users.map((user) => [user.id, user.role]));
  if (guard.kind !== 'any') {
    const told = [ownUserId, ticket.requester_id];
    const authors = audits.flatMap((audit) =>
      commentEventsOf(audit).map((event) => event.author_id ?? audit.author_id),
    );
    const missing = authors.filter((id) => Number(id) > 0 && !roles.has(id) && !told.includes(id));
    for (const user of await directory.users([...new Set(missing)], call)) roles.set(user.id, user.role);
  }
  return { ticket, audits, context: { ownUserId, requesterId: ticket.requester_id, roles } };
}
