/** The port, of a desk that says of itself what `ThreadDesk` asks for. */
import type { TicketUpdate } from '../../core/ticket/update';
import type { AdapterOptions } from '../api/deskCalls';
import { changedSince, openSince } from '../api/newestFirst';
import type { CallContext, Helpdesk } from '../port';
import { applyUpdates, checkUnchanged, reopenTicket } from './applyUpdates';
import { createBrandNames } from '../directory/brandNames';
import { createDirectory } from './directory';
import { findByKey, findByKeyOrWords } from './findWritten';
import type { StepwiseDesk } from './stepwiseDesk';
import { fetchTicket, lookAgain, readFields, readThread, withFields, type Known } from './thread';
import type { Thread, ThreadDesk } from './threadDesk';

export function createThreadDesk<T, M>(of: ThreadDesk<T, M>, options: AdapterOptions): Helpdesk {
  const directory = createDirectory(of.title, of.people);
  const { title: deskName, brands: told } = of;
  const areNeeded = options.brandsAreNeeded ?? false;
  const brands =
    told === undefined ? null : createBrandNames({ list: (call) => told.list(call), areNeeded, deskName });
  const known = { desk: of, directory, brands };
  const settleMs = options.settleMs ?? of.settleMs;
  const desk = stepwise(known, settleMs);
  const companyAddresses = new Set(options.companyAddresses.map((address) => address.toLowerCase()));
  const settable = (update: TicketUpdate): TicketUpdate =>
    of.holdIsPending === true && update.status === 'hold' ? { ...update, status: 'pending' } : update;
  return {
    ...{ desk: of.desk, account: options.account, settleMs },
    whoAmI: (call) => directory.whoAmI(call),
    groupNames: (call) => directory.groupNames(call),
    ...(brands === null ? {} : { brandNames: (call: CallContext) => brands.all(call) }),
    findAgent: (who, call) => directory.findAgent(who, call),
    customFields: (call) => directory.customFields(null, call),
    fetchTicket: (ticketId, call, want) => fetchTicket(known, ticketId, companyAddresses, call, want),
    applyUpdates: (ticketId, updates, guard, call) =>
      applyUpdates({ desk, ticketId, updates: updates.map(settable), guard, call }),
    checkUnchanged: (ticketId, guard, call) => checkUnchanged({ desk, ticketId, guard, call }),
    openFollowUp: (ticketId, followUp, call) => reopenTicket({ desk, ticketId, call }, followUp),
    changedTickets: (from, call) => changedSince(of.newest(call), from),
    ticketsLeftOpen: async (since, call) => {
      if (!(await of.hasWorked(call))) return [];
      const found = new Set<string>();
      for (const list of of.waiting?.(call) ?? [of.newest(call)])
        for (const ticketId of await openSince(list, since)) found.add(ticketId);
      return [...found];
    },
    ticketUrl: options.ticketUrl ?? ((ticketId) => of.ticketUrl(ticketId)),
  };
}

function stepwise<T, M>(known: Known<T, M>, settleMs: number): StepwiseDesk<Thread<T, M>> {
  const { desk: of, directory } = known;
  const { title: name, keptKey = (key: string) => key, saysTheSame } = of;
  return {
    ...{ ...directory, name, settleMs },
    readView: (ticketId, call) => readThread(known, ticketId, call),
    readFields: (thread, call) => readFields(of, thread, call),
    lookAgain: (thread, call) => lookAgain(of, thread, call),
    findWritten: (comments, key, comment) =>
      saysTheSame === undefined
        ? findByKey(comments, keptKey(key))
        : findByKeyOrWords(comments, keptKey(key), comment, saysTheSame),
    setFields: async (thread, changes, call) =>
      withFields(thread, changes, await of.setFields(thread, changes, call)),
    writeComment: async (thread, key, comment, call) => {
      const { id, at } = await of.write(thread, keptKey(key), comment, call);
      const own = { author: 'bot', machineMade: false, key: keptKey(key), html: '' } as const;
      return { id, at, public: comment.public, ...own };
    },
    toGiveBack: (thread, update) => of.toGiveBack?.(thread, update) ?? {},
    statusSetAt: (thread) => Promise.resolve(of.statusSetAt(thread)),
    shownField: ({ custom }, { id }) => (custom === undefined ? undefined : (custom[id] ?? null)),
  };
}
