/**
 * Writing to a ticket so that each update happens exactly once. Freshdesk takes a comment and the ticket's fields in two
 * requests, has no idempotency key and no write that depends on what was read. So, in this order:
 *
 * 1. Read the ticket, then its conversations; what stands there under the key is done (businessKeyMark.ts).
 * 2. Check the guard on this reading, right before the first write.
 * 3. A reply first, then its fields: the customer's words must not wait. A note last, behind its fields: one that is
 *    there says that all of it is there.
 * 4. After a reply, look again: who spoke while it was on its way is heard (afterReply.ts).
 *
 * A request without an answer may still be applied: the failure asks for the time that a desk takes to finish or drop
 * it, so that the next attempt reads what became of it. docs/freshdesk.md says what is left.
 */
import type { AppliedUpdate, FieldNotSet, OutgoingComment, TicketUpdate } from '../../core/ticket/update';
import { RemoteFailure } from '../../remote/failures';
import { fittingFields, type WantedField } from '../fittingFields';
import { checkUpdateGuard } from '../updateGuard';
import { afterReply, fieldsAfterReply } from './afterReply';
import { changedFields, isShown, type TicketFields } from './changedFields';
import { deskName } from './http';
import { priorityOf, statusOf } from './numbers';
import { findWritten, lookAgain, readView, type TicketView, type WrittenComment } from './ticketView';
import { post, put, withComment, type Writing } from './writeRequests';

interface Done {
  readonly applied: AppliedUpdate;
  readonly view: TicketView;
}

/** Two requests; one for a note, one for fields, three for a reply with fields. */
export async function applyUpdates(writing: Writing): Promise<readonly AppliedUpdate[]> {
  if (writing.updates.length === 0) return [];
  const applied: AppliedUpdate[] = [];
  let view = await readView(writing, writing.ticketId, writing.call);
  for (const update of writing.updates) {
    const done = await applyOne(writing, update, view);
    applied.push(done.applied);
    view = done.view;
  }
  return applied;
}

/** Two requests. */
export async function checkUnchanged(writing: Writing): Promise<void> {
  await checkGuard(writing, await readView(writing, writing.ticketId, writing.call));
}

async function applyOne(writing: Writing, update: TicketUpdate, view: TicketView): Promise<Done> {
  const { key, unless, comment } = update;
  const earlier = comment === null ? undefined : findWritten(view.comments, key, comment);
  if (earlier === undefined) {
    if (unless !== undefined && findWritten(view.comments, unless, null) !== undefined) {
      return { applied: { key, outcome: 'not-needed', commentId: null }, view };
    }
    await checkGuard(writing, view);
  }
  const { wanted, notSet } = await fittingFields(deskName, update, (name) =>
    writing.directory.customFields(name, writing.call),
  );
  const step: Step = { writing, update, wanted, notSet };
  if (comment?.public === true) return reply(step, comment, view, earlier);
  if (earlier !== undefined) return done(step, view, earlier, 'already-applied');
  await ask(writing, view, false);
  const set = await setFields(step, view);
  if (comment === null) return done(set.step, set.view, null, 'applied');
  const note = await post(writing, update.key, comment);
  return done(set.step, withComment(set.view, note), note, 'applied');
}

interface Step {
  readonly writing: Writing;
  readonly update: TicketUpdate;
  readonly wanted: readonly WantedField[];
  readonly notSet: readonly FieldNotSet[];
}

async function reply(
  step: Step,
  comment: OutgoingComment,
  start: TicketView,
  earlier: WrittenComment | undefined,
): Promise<Done> {
  const { writing, update } = step;
  let view = start;
  let sent = earlier;
  if (sent === undefined) {
    await ask(writing, view, true);
    sent = await post(writing, update.key, comment);
    view = withComment(view, sent);
  }
  const set = await setFields(step, view, (fields) =>
    earlier === undefined ? Promise.resolve(fields) : fieldsAfterReply(writing, view, earlier, fields),
  );
  const isFresh = earlier === undefined || set.hasSet;
  const seen = isFresh ? await lookAgain(writing, set.view, writing.call) : set.view;
  const after = await afterReply(writing, update, seen, sent);
  return done(set.step, after, sent, earlier === undefined ? 'applied' : 'already-applied');
}

function done(
  { update, wanted, notSet }: Step,
  view: TicketView,
  comment: WrittenComment | null,
  outcome: 'applied' | 'already-applied',
): Done {
  const { ticket } = view;
  const missing: readonly FieldNotSet[] =
    outcome === 'applied' || !ticket.custom_fields
      ? notSet
      : // The attempt that did it has told nobody.
        [
          ...notSet,
          ...wanted
            .filter((one) => !isShown(ticket, one))
            .map(({ name }) => ({ field: name, why: 'the ticket does not show the value' })),
        ];
  return {
    applied: {
      key: update.key,
      outcome,
      commentId: comment?.id ?? null,
      ...(update.onlyRaises ? { priority: priorityOf(ticket.priority) } : {}),
      ...(missing.length === 0 ? {} : { fieldsNotSet: missing }),
    },
    view,
  };
}

/** Custom fields that Freshdesk refuses cost nothing but themselves. */
async function setFields(
  step: Step,
  view: TicketView,
  only: (fields: TicketFields) => Promise<TicketFields> = (fields) => Promise.resolve(fields),
): Promise<{ readonly step: Step; readonly view: TicketView; readonly hasSet: boolean }> {
  const { writing, update, wanted } = step;
  const fields = await only(await changedFields(view, update, wanted, writing.directory, writing.call));
  if (Object.keys(fields).length === 0) return { step, view, hasSet: false };
  try {
    return { step, view: await put(writing, fields, view), hasSet: true };
  } catch (error) {
    const { custom_fields: custom, ...rest } = fields;
    if (custom === undefined || !(error instanceof RemoteFailure) || error.kind !== 'rejected') throw error;
    // One of them is what Freshdesk refuses, or has nothing to do with it: without them that is found out.
    const refused = wanted.map(({ name }) => ({ field: name, why: error.message }));
    const without: Step = { ...step, wanted: [], notSet: [...step.notSet, ...refused] };
    if (Object.keys(rest).length === 0) return { step: without, view, hasSet: false };
    return { step: without, view: await put(writing, rest, view), hasSet: true };
  }
}

async function checkGuard(writing: Writing, view: TicketView): Promise<void> {
  if (isBegun(writing, view)) return;
  const { guard, updates, directory, call } = writing;
  const { ticket } = view;
  const status = statusOf(ticket.status, view.statusNames);
  const ownGroups = await Promise.all(
    updates.flatMap(({ group }) =>
      group === null ? [] : [directory.groupId(group, call).catch(() => null)],
    ),
  );
  checkUpdateGuard(guard, {
    ownUserId: view.ownUserId,
    requesterId: ticket.requester_id,
    assigneeId: (await isOurChoice(writing, view)) ? null : (ticket.responder_id ?? null),
    status,
    groupId: ticket.group_id ?? null,
    tags: ticket.tags,
    comments: view.comments,
    // Freshdesk does not tell who changed what. An attempt of ours that broke off behind its fields has made the very
    // change; and a ticket without a group gets its first one from a rule.
    isAgentsChange: (changed) =>
      changed === 'status'
        ? !updates.some((update) => update.status === status)
        : !ownGroups.includes(ticket.group_id ?? null) &&
          guard.kind === 'unchanged-conversation' &&
          guard.knownGroupId !== null,
  });
}

/** Whether the assignee is whom an update names: an earlier attempt has assigned them. */
async function isOurChoice({ updates, directory, call }: Writing, { ticket }: TicketView): Promise<boolean> {
  const assignee = ticket.responder_id ?? null;
  if (assignee === null) return false;
  for (const { assignee: named } of updates) {
    if (named === assignee) return true;
    if (named?.includes('@') && (await directory.agentByEmail(named, call))?.id === assignee) return true;
  }
  return false;
}

/** What was begun is finished: a reply that is out gets its note even when a person has answered it meanwhile. */
function isBegun({ updates }: Writing, { comments }: TicketView): boolean {
  return updates.some(
    ({ key, comment }) => comment !== null && findWritten(comments, key, comment) !== undefined,
  );
}

async function ask(writing: Writing, view: TicketView, isPublic: boolean): Promise<void> {
  const { beforeWriting, beforePublicWords } = writing.call;
  await Promise.all([
    isBegun(writing, view) ? undefined : beforeWriting?.(),
    isPublic ? beforePublicWords?.() : undefined,
  ]);
}
