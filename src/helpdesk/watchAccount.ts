/** Refused credentials of the desk are said once, and once more when they are mended; the tickets wait meanwhile. */
import type { Logger } from '../log/logger';
import type { RemoteFailure } from '../remote/failures';
import type { OutageWatch } from '../remote/outages';
import { ticketsWait, watchCredentials } from '../remote/watchCredentials';
import { deskKinds } from './deskKinds';
import { isDeskName } from './deskNames';
import type { CallContext, Helpdesk } from './port';

export interface WatchedHelpdesk extends Helpdesk {
  /**
   * True while the desk refuses the credentials. The right to poll alone does not count: without it Deskhand goes
   * on by webhooks.
   */
  isRefused(): boolean;
}

type Operation =
  | 'whoAmI'
  | 'groupNames'
  | 'findAgent'
  | 'customFields'
  | 'fetchTicket'
  | 'applyUpdates'
  | 'checkUnchanged'
  | 'openFollowUp'
  | 'changedTickets'
  | 'ticketsLeftOpen'
  | 'suspended';

/** Without the right to poll, webhooks tell of what changes; what is suspended, people may look for themselves. */
const optional: readonly Operation[] = ['changedTickets', 'ticketsLeftOpen', 'suspended'];
const isVital = (operation: Operation): boolean => !optional.includes(operation);

/** @param file - of accounts, by whose keys one knows these settings; null: they are variables. */
function mendOf(desk: string, account: string, status: number | null, file: string | null): string {
  if (!isDeskName(desk)) return 'check its address and who signs in there';
  const { keys, signIn, waysToSignIn } = deskKinds[desk];
  const variables: Readonly<Record<string, string>> = signIn;
  const nameOf = (key: string): string => (file === null ? (variables[key] ?? key) : key);
  const ways = waysToSignIn.map((way) => way.map(nameOf));
  const where = file === null ? '' : ` of ${account} in ${file}`;
  if (status === 403) {
    return `give the user of ${ways.map(([first]) => first).join(' or ')}${where} the role that this needs`;
  }
  const address = file === null ? keys.address : 'address';
  return ways.length === 1
    ? `check ${[address, ...(ways[0] ?? [])].join(' and ')}${where}`
    : `check ${address}, ${ways.map((way) => way.join(' and ')).join(', or ')}${where}`;
}

/** @param accountsFile - where the account is described; null: by variables. */
export function watchAccount(
  desk: Helpdesk,
  logger: Logger,
  outage?: OutageWatch,
  accountsFile: string | null = null,
): WatchedHelpdesk {
  const account = {
    who: 'the desk',
    meanwhile: ticketsWait,
    mend: ({ status }: RemoteFailure) => mendOf(desk.desk, desk.account, status, accountsFile),
    fields: { desk: desk.desk, account: desk.account },
    ...(outage === undefined ? {} : { outage }),
  };
  const { brandNames, settleMs } = desk;
  const { watched, refused } = watchCredentials<Operation>(logger, account, isVital);
  const { suspended } = desk;

  return {
    desk: desk.desk,
    account: desk.account,
    ...(settleMs === undefined ? {} : { settleMs }),
    whoAmI: (call: CallContext) => watched('whoAmI', () => desk.whoAmI(call)),
    groupNames: (call) => watched('groupNames', () => desk.groupNames(call)),
    ...(brandNames === undefined ? {} : { brandNames }),
    findAgent: (who, call) => watched('findAgent', () => desk.findAgent(who, call)),
    customFields: (call) => watched('customFields', () => desk.customFields(call)),
    fetchTicket: (ticketId, call, want) =>
      watched('fetchTicket', () => desk.fetchTicket(ticketId, call, want)),
    applyUpdates: (ticketId, updates, guard, call) =>
      watched('applyUpdates', () => desk.applyUpdates(ticketId, updates, guard, call)),
    checkUnchanged: (ticketId, guard, call) =>
      watched('checkUnchanged', () => desk.checkUnchanged(ticketId, guard, call)),
    openFollowUp: (closedTicketId, followUp, call) =>
      watched('openFollowUp', () => desk.openFollowUp(closedTicketId, followUp, call)),
    changedTickets: (from, call) => watched('changedTickets', () => desk.changedTickets(from, call)),
    ticketsLeftOpen: (since, call) => watched('ticketsLeftOpen', () => desk.ticketsLeftOpen(since, call)),
    ...(suspended === undefined
      ? {}
      : {
          suspended: {
            ...suspended,
            list: (seen, call) => watched('suspended', () => suspended.list(seen, call)),
          },
        }),
    ticketUrl: (ticketId) => desk.ticketUrl(ticketId),
    isRefused: () => refused().some(isVital),
  };
}
