/** A ticket with its messages: read, and told in the words of the port. */
import type { Requester } from '../../core/ticket/ticket';
import { mailFactsOf } from '../comments/mailHeaders';
import type { BrandNames } from '../directory/brandNames';
import type { CallContext, DeskComment, DeskTicket } from '../port';
import { withSender } from '../comments/withSender';
import type { Directory } from './directory';
import { fieldsOfView, pastOfView, requesterByEmail } from './reading';
import type { FieldChanges } from './stepwiseDesk';
import type { Said, Thread, ThreadDesk, TicketFacts } from './threadDesk';

const mostComments = 100;

export interface Known<T, M> {
  readonly desk: ThreadDesk<T, M>;
  readonly directory: Directory;
  /** Null: the desk knows of no brands. */
  readonly brands: BrandNames | null;
}

/** Two requests, and the first time one for who we are. The messages come second: they lack nothing the ticket shows. */
export async function readThread<T, M>(
  { desk, directory }: Pick<Known<T, M>, 'desk' | 'directory'>,
  ticketId: string,
  call: CallContext,
): Promise<Thread<T, M>> {
  const me = await directory.identity(call);
  const ticket = await desk.readTicket(ticketId, call);
  const facts = desk.factsOf(ticket);
  const thread = {
    ...{ ticketId, me, ticket, ownUserId: me.userId, requesterId: facts.requester.id },
    ...{ ...shownFacts(facts), messages: [], comments: [] },
  };
  return withMessages(desk, thread, await desk.readMessages(ticketId, [], call));
}

/** One request. */
export async function readFields<T, M>(
  desk: ThreadDesk<T, M>,
  thread: Thread<T, M>,
  call: CallContext,
): Promise<Thread<T, M>> {
  const ticket = await desk.readTicket(thread.ticketId, call);
  return { ...thread, ticket, ...shownFacts(desk.factsOf(ticket)) };
}

/** What was said since, in one request on most desks. */
export async function lookAgain<T, M>(
  desk: ThreadDesk<T, M>,
  thread: Thread<T, M>,
  call: CallContext,
): Promise<Thread<T, M>> {
  return withMessages(desk, thread, await desk.readMessages(thread.ticketId, thread.messages, call));
}

/** As the ticket shows them once the changes are made. */
export function withFields<T, M>(
  thread: Thread<T, M>,
  { custom = [], ...changes }: FieldChanges,
  shown: Partial<TicketFacts>,
): Thread<T, M> {
  const set = Object.fromEntries(custom.map(({ field, value }) => [field.id, value]));
  const known = custom.length === 0 ? thread.custom : { ...thread.custom, ...set };
  // An answer that shows the ticket without its custom fields must not make us forget them: some desks replace all.
  return { ...thread, ...changes, ...shown, custom: known ?? shown.custom };
}

/** A reading, and now and then the list of the staff, and of brands. @param companyAddresses - lower case. */
export async function fetchTicket<T, M>(
  { desk, directory, brands }: Known<T, M>,
  ticketId: string,
  companyAddresses: ReadonlySet<string>,
  call: CallContext,
  want = { past: false },
): Promise<DeskTicket> {
  const thread = await readThread({ desk, directory }, ticketId, call);
  const brandId = desk.brands?.of(thread.ticket, thread.messages);
  const staff = await directory.staffEmails(call);
  const { subject, channel, stamp, requester } = desk.factsOf(thread.ticket);
  const rating = desk.ratingOf(thread.ticket, thread.messages);
  return {
    ...{ ...fieldsOfView(thread), subject, channel, stamp },
    ...(await brands?.brandOf(brandId, call)),
    requester: requesterOf(requester, staff, companyAddresses),
    comments: saidIn(desk, thread, thread.messages)
      .slice(-mostComments)
      .map((said) => commentOf(said, companyAddresses)),
    ...(rating === null ? {} : { rating }),
    // What agents did besides, such desks keep as events of each change, if at all.
    ...(want.past ? { past: pastOfView(thread) } : {}),
  };
}

function withMessages<T, M>(
  desk: ThreadDesk<T, M>,
  thread: Thread<T, M>,
  messages: readonly M[],
): Thread<T, M> {
  const said = saidIn(desk, thread, messages);
  const shown = new Set(said.map(({ id }) => id));
  // What we have just written may not be listed yet.
  return { ...thread, messages, comments: [...thread.comments.filter(({ id }) => !shown.has(id)), ...said] };
}

function saidIn<T, M>(
  desk: ThreadDesk<T, M>,
  { ticket, ownUserId }: Thread<T, M>,
  messages: readonly M[],
): readonly Said[] {
  return messages.flatMap((message) => desk.saidIn(message, ticket, ownUserId) ?? []);
}

function shownFacts({ assigneeId, groupId, status, priority, tags, custom }: TicketFacts) {
  return { assigneeId, groupId, status, priority, tags, custom };
}

function requesterOf(
  { id, name = null, email = null, locale = null, trusted = true }: TicketFacts['requester'],
  staffEmails: ReadonlySet<string>,
  companyAddresses: ReadonlySet<string>,
): Requester {
  return { ...requesterByEmail({ id, name, email, locale }, staffEmails, companyAddresses), trusted };
}

function commentOf(
  { id, at, public: isPublic, author, authorId, machineMade, words, attachments, from, headers }: Said,
  companyAddresses: ReadonlySet<string>,
): DeskComment {
  const comment: DeskComment = {
    ...{ id, at, public: isPublic, author, authorId, body: words(), machineMade, attachments },
    ...(headers ? { mail: mailFactsOf(headers, companyAddresses) } : {}),
  };
  return withSender(comment, from, companyAddresses);
}
