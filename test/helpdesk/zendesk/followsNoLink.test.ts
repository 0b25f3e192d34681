/** Pages are asked for by their cursor: the addresses that answers name for them are asked nothing. */
import { createZendeskDesk } from '../../../src/helpdesk/zendesk/createZendeskDesk';
import { anyCall, openWire, type Asked } from './wire';

test('whatever an answer says where the next page is, the configured address is asked', async () => {
  const trap = await openWire(() => ({ body: {} }));
  const away = `${trap.origin}/api/v2/stolen`;
  const links = { next_page: away, after_url: away, links: { next: away }, meta: { has_more: false } };
  const at = '2026-11-25T12:00:00Z';
  const ticket = {
    ...{ id: 1, status: 'open', tags: [], requester_id: 2, updated_at: at, subject: 'Hi', url: away },
  };
  const user = { id: 2, role: 'end-user', name: 'Ana', url: away };
  const said = { id: 3, author_id: 2, plain_body: 'Hi', public: true, created_at: at };
  const answers: Readonly<Record<string, unknown>> = {
    '/users/me': { user: { ...user, id: 9, role: 'admin' } },
    '/tickets/1': { ticket, users: [user], ...links },
    '/tickets/1/comments': {
      comments: [{ ...said, attachments: [{ file_name: 'a.png', content_url: `${away}/a.png`, size: 1 }] }],
      users: [user],
      ...links,
    },
    '/incremental/tickets/cursor': { tickets: [ticket], after_cursor: 'c', end_of_stream: false, ...links },
    '/suspended_tickets': { suspended_tickets: [], ...links },
    '/groups': { groups: [{ id: 5, name: 'Support', url: away }], ...links },
    '/ticket_fields': { ticket_fields: [], ...links },
  };
  const desk = await openWire(({ path }: Asked) => {
    const body = answers[path.replace(/\?.*$/, '')];
    return body === undefined ? { status: 404, body: {} } : { body };
  });
  try {
    const zendesk = createZendeskDesk({
      ...desk.connection,
      ...{ account: 'acme', companyAddresses: [], ticketUrl: null },
    });
    await zendesk.fetchTicket('1', anyCall());
    const { cursor } = await zendesk.changedTickets({ since: Date.parse(at) }, anyCall());
    await zendesk.changedTickets({ cursor: cursor ?? '' }, anyCall());
    await zendesk.suspended?.list({ upTo: null, since: 0 }, anyCall());
    await zendesk.groupNames(anyCall());
    await zendesk.customFields(anyCall());
    expect(desk.routes()).toContain('GET /groups');
    expect(trap.asked).toEqual([]);
  } finally {
    await Promise.all([trap.close(), desk.close()]);
  }
});
