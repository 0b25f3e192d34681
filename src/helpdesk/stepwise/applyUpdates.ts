/**
 * Writing to such a desk so that each update happens exactly once. In this order:
 *
 * 1. Read the ticket, then its comments; what stands there under the key is done.
 * 2. Check the guard on this reading, right before the first write.
 * 3. A reply first, then its fields: the customer's words must not wait. A note last, behind its fields: one that is
 *    there says that all of it is there. Before fields that somebody may have changed meanwhile, the ticket is read once
 *    more: what they have decided stays.
 * 4. After a reply, look again: who spoke while it was on its way is heard (afterReply.ts).
 *
 * A request without an answer may still be applied: the failure asks for the time that a desk takes to finish or drop
 * it, so that the next attempt reads what became of it. One that died, and so asked for nothing, is waited for as long
 * before any of this (activities/deskActivities.ts); and one that was only taken for dead writes no more. Each desk's
 * page in docs/ says what is left.
 */
import {
  plainUpdate,
  type AppliedUpdate,
  type FieldNotSet,
  type OutgoingComment,
  type TicketUpdate,
} from '../../core/ticket/update';
import { RemoteFailure } from '../../remote/failures';
import { fittingFields, type WantedField } from '../fittingFields';
import { checkUpdateGuard } from '../updateGuard';
import { afterReply, fieldsAfterReply, fieldsBeside } from './afterReply';
import { changedFields, isShown } from './changedFields';
import type { FieldChanges, StepwiseDesk, ViewedTicket, WrittenComment } from './stepwiseDesk';
import { readFields, setFields, withComment, writeComment, type Writing } from './writing';

interface Done<V extends ViewedTicket> {
  readonly applied: AppliedUpdate;
  readonly view: V;
}

/** A reading; then one request for a note, one for fields, two for a status under a guard, four for a reply with fields. */
export async function applyUpdates<V extends ViewedTicket>(
  writing: Writing<V>,
): Promise<readonly AppliedUpdate[]> {
  if (writing.updates.length === 0) return [];
  const applied: AppliedUpdate[] = [];
  let view = await writing.desk.readView(writing.ticketId, writing.call);
  for (const update of writing.updates) {
    const done = await applyOne(writing, update, view);
    applied.push(done.applied);
    view = done.view;
  }
  return applied;
}

/** A reading. */
export async function checkUnchanged<V extends ViewedTicket>(
  writing: Omit<Writing<V>, 'updates'>,
): Promise<void> {
  const view = await writing.desk.readView(writing.ticketId, writing.call);
  await checkGuard({ ...writing, updates: [] }, view);
}

/**
 * How one goes on where a ticket was closed: these desks' closed tickets can be changed, and so the follow-up is the
 * ticket itself, opened again. The same key, the same note.
 */
export async function reopenTicket<V extends ViewedTicket>(
  writing: Omit<Writing<V>, 'updates' | 'guard'>,
  followUp: { key: string; note: string; group: string | null; tags: readonly string[] },
): Promise<{ ticketId: string }> {
  const { key, note, group, tags } = followUp;
  const update = plainUpdate(key, {
    comment: { public: false, text: note, html: null },
    status: 'open',
    addTags: tags,
    group,
  });
  await applyUpdates({ ...writing, updates: [update], guard: { kind: 'any' } });
  return { ticketId: writing.ticketId };
}

async function applyOne<V extends ViewedTicket>(
  writing: Writing<V>,
  update: TicketUpdate,
  view: V,
): Promise<Done<V>> {
  const { desk } = writing;
  const { key, unless, comment } = update;
  const earlier = comment === null ? undefined : desk.findWritten(view.comments, key, comment);
  if (earlier === undefined) {
    if (unless !== undefined && desk.findWritten(view.comments, unless, null) !== undefined) {
      return { applied: { key, outcome: 'not-needed', commentId: null }, view };
    }
    await checkGuard(writing, view);
  }
  const { wanted, notSet } = await fittingFields(desk.name, update, (name) =>
    desk.customFields(name, writing.call),
  );
  const { taken, refused } = tagsTaken(desk, update.addTags);
  const step: Step<V> = {
    ...{ writing, update: { ...update, addTags: taken } },
    ...{ wanted, notSet: [...notSet, ...refused] },
  };
  if (comment?.public === true) return reply(step, comment, view, earlier);
  if (earlier !== undefined) return done(step, view, earlier, 'already-applied');
  await ask(writing, view, false);
  const now = await readBeforeStatus(writing, update, view);
  const set = await changeFields(step, now, (fields) =>
    Promise.resolve(isBegun(writing, now) ? fieldsBeside(view, now, fields) : fields),
  );
  if (comment === null) return done(set.step, set.view, null, 'applied');
  const note = await writeComment(writing, update.key, comment, set.view);
  return done(set.step, withComment(set.view, note), note, 'applied');
}

/** @throws RemoteFailure `person-active` where somebody has decided otherwise since; unless a part of it is there already. */
async function readBeforeStatus<V extends ViewedTicket>(
  writing: Writing<V>,
  { status }: TicketUpdate,
  view: V,
): Promise<V> {
  if (status === null || writing.guard.kind === 'any') return view;
  const now = await readFields(writing, view);
  await checkGuard(writing, now);
  return now;
}

interface Step<V extends ViewedTicket> {
  readonly writing: Writing<V>;
  readonly update: TicketUpdate;
  readonly wanted: readonly WantedField[];
  readonly notSet: readonly FieldNotSet[];
}

/** One that the desk refuses would cost the status that goes with it. */
function tagsTaken(
  { name, longestTag = Number.POSITIVE_INFINITY }: Pick<StepwiseDesk<ViewedTicket>, 'name' | 'longestTag'>,
  tags: readonly string[],
): { readonly taken: readonly string[]; readonly refused: readonly FieldNotSet[] } {
  const why = `${name} takes no tag of more than ${longestTag} characters`;
  return {
    taken: tags.filter((tag) => tag.length <= longestTag),
    refused: tags.filter((tag) => tag.length > longestTag).map((tag) => ({ field: `tag "${tag}"`, why })),
  };
}

async function reply<V extends ViewedTicket>(
  step: Step<V>,
  comment: OutgoingComment,
  start: V,
  earlier: WrittenComment | undefined,
): Promise<Done<V>> {
  const { writing, update } = step;
  let view = start;
  let sent = earlier;
  if (sent === undefined) {
    await ask(writing, view, true);
    sent = await writeComment(writing, update.key, comment, view);
    view = withComment(view, sent);
  }
  if (await isToBeChanged(step, view)) view = await readFields(writing, view);
  const set = await changeFields(step, view, async (changes) => {
    const fields = fieldsBeside(start, view, changes);
    return earlier === undefined ? fields : fieldsAfterReply(writing, view, earlier, fields);
  });
  const isFresh = earlier === undefined || set.hasSet;
  const seen = isFresh ? await writing.desk.lookAgain(set.view, writing.call) : set.view;
  const after = await afterReply(writing, update, seen, sent);
  return done(set.step, after, sent, earlier === undefined ? 'applied' : 'already-applied');
}

function done<V extends ViewedTicket>(
  { writing: { desk }, update, wanted, notSet }: Step<V>,
  view: V,
  comment: WrittenComment | null,
  outcome: 'applied' | 'already-applied',
): Done<V> {
  const missing: readonly FieldNotSet[] =
    outcome === 'applied'
      ? notSet
      : // The attempt that did it has told nobody.
        [
          ...notSet,
          ...wanted
            .filter((one) => desk.shownField(view, one.field) !== undefined && !isShown(desk, view, one))
            .map(({ name }) => ({ field: name, why: 'the ticket does not show the value' })),
        ];
  return {
    applied: {
      key: update.key,
      outcome,
      commentId: comment?.id ?? null,
      ...(update.onlyRaises ? { priority: view.priority } : {}),
      ...(missing.length === 0 ? {} : { fieldsNotSet: missing }),
    },
    view,
  };
}

async function isToBeChanged<V extends ViewedTicket>(
  { writing: { desk, call }, update, wanted }: Step<V>,
  view: V,
): Promise<boolean> {
  return Object.keys(await changedFields(desk, view, update, wanted, call)).length > 0;
}

/** Custom fields that the desk refuses cost nothing but themselves. */
async function changeFields<V extends ViewedTicket>(
  step: Step<V>,
  view: V,
  only: (fields: FieldChanges) => Promise<FieldChanges>,
): Promise<{ readonly step: Step<V>; readonly view: V; readonly hasSet: boolean }> {
  const { writing, update, wanted } = step;
  const fields = await only(await changedFields(writing.desk, view, update, wanted, writing.call));
  if (Object.keys(fields).length === 0) return { step, view, hasSet: false };
  try {
    return { step, view: await setFields(writing, fields, view), hasSet: true };
  } catch (error) {
    const { custom, ...rest } = fields;
    if (custom === undefined || !(error instanceof RemoteFailure) || error.kind !== 'rejected') throw error;
    // One of them is what the desk refuses, or has nothing to do with it: without them that is found out.
    const refused = wanted.map(({ name }) => ({ field: name, why: error.message }));
    const without: Step<V> = { ...step, wanted: [], notSet: [...step.notSet, ...refused] };
    if (Object.keys(rest).length === 0) return { step: without, view, hasSet: false };
    return { step: without, view: await setFields(writing, rest, view), hasSet: true };
  }
}

async function checkGuard<V extends ViewedTicket>(writing: Writing<V>, view: V): Promise<void> {
  if (isBegun(writing, view)) return;
  const { desk, guard, call } = writing;
  // Where a reply comes first and is not there, nothing of its fields is ours.
  const updates = writing.updates.filter(({ comment }) => comment?.public !== true);
  const ownGroups = await Promise.all(
    updates.flatMap(({ group }) => (group === null ? [] : [desk.groupId(group, call).catch(() => null)])),
  );
  checkUpdateGuard(guard, {
    ...view,
    assigneeId: (await isOurChoice({ ...writing, updates }, view)) ? null : view.assigneeId,
    // Such a desk does not tell who changed what. An attempt of ours that broke off behind its fields has made the very
    // change; and a ticket without a group gets its first one from a rule.
    isAgentsChange: (changed) =>
      changed === 'status'
        ? !updates.some(({ status }) => status === view.status)
        : !ownGroups.includes(view.groupId) &&
          guard.kind === 'unchanged-conversation' &&
          guard.knownGroupId !== null,
  });
}

/** Whether the assignee is whom an update names: an earlier attempt has assigned them. */
async function isOurChoice<V extends ViewedTicket>(
  { updates, desk, call }: Writing<V>,
  { assigneeId }: V,
): Promise<boolean> {
  if (assigneeId === null) return false;
  for (const { assignee: named } of updates) {
    if (named === assigneeId) return true;
    if (named?.includes('@') && (await desk.agentIdByEmail(named, call)) === assigneeId) return true;
  }
  return false;
}

/** What was begun is finished: a reply that is out gets its note even when a person has answered it meanwhile. */
function isBegun<V extends ViewedTicket>({ desk, updates }: Writing<V>, { comments }: V): boolean {
  return updates.some(
    ({ key, comment }) => comment !== null && desk.findWritten(comments, key, comment) !== undefined,
  );
}

async function ask<V extends ViewedTicket>(writing: Writing<V>, view: V, isPublic: boolean): Promise<void> {
  const { beforeWriting, beforePublicWords } = writing.call;
  await Promise.all([
    isBegun(writing, view) ? undefined : beforeWriting?.(),
    isPublic ? beforePublicWords?.() : undefined,
  ]);
}
