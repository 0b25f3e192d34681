/** Merging tickets and suspended mails, as Zendesk's documents have them. */
import { z } from 'zod';
import { agents, roomyLimits, TestDesk } from './harness';

let desk: TestDesk;
beforeAll(async () => {
  desk = await TestDesk.start({ limits: roomyLimits });
});
afterAll(() => desk.stop());

describe('a merge', () => {
  const merge = (into: string, body: unknown, as = agents.nora) =>
    desk.call('POST', `/api/v2/tickets/${into}/merge`, body, { as });

  it('closes and tags what is merged, and leaves a comment on both, for agents alone', async () => {
    const [away, into] = [await desk.newTicket('Where is it?'), await desk.newTicket('My parcel?')];
    expect(await merge(into, { ids: [Number(away)] })).toMatchObject({
      status: 200,
      body: { job_status: { status: 'completed', total: 1, results: [{ id: Number(away), success: true }] } },
    });
    expect(await desk.ticket(away)).toMatchObject({ status: 'closed', tags: ['closed_by_merge'] });
    expect((await desk.comments(away)).at(-1)).toMatchObject({
      public: false,
      plain_body: `This request was closed and merged into request #${into} "My order".`,
      via: { source: { rel: 'merge' } },
    });
    expect((await desk.comments(into)).at(-1)?.plain_body).toMatch(
      /^Request #\d+ "My order" was closed.*Where is it\?$/s,
    );
    expect((await desk.ticket(into)).status).toBe('new');
  });

  it('says what its agent wants said, and to whom', async () => {
    const [away, into] = [await desk.newTicket(), await desk.newTicket()];
    const said = { source_comment: 'See #7.', source_comment_is_public: true, target_comment: 'The same.' };
    await merge(into, { ids: [Number(away)], ...said });
    expect((await desk.comments(away)).at(-1)).toMatchObject({ public: true, plain_body: 'See #7.' });
    expect((await desk.comments(into)).at(-1)).toMatchObject({ public: false, plain_body: 'The same.' });
  });

  it('is refused for closed tickets, for a ticket with itself, and without ids', async () => {
    const [closed, into] = [await desk.newTicket(), await desk.newTicket()];
    await desk.put(closed, { status: 'closed' });
    expect((await merge(into, { ids: [Number(closed)] })).status).toBe(422);
    expect((await merge(closed, { ids: [Number(into)] })).status).toBe(422);
    expect((await merge(into, { ids: [Number(into)] })).status).toBe(422);
    expect((await merge(into, {})).status).toBe(400);
    expect((await merge(into, { ids: [999_999] })).status).toBe(404);
    expect((await merge(into, { ids: [1] }, 'ann@example.com')).status).toBe(403);
  });
});

describe('suspended mails', () => {
  const suspend = (mail: Record<string, unknown>) =>
    desk.call('POST', '/_desk/customer/suspended', {
      name: 'Ann Lee',
      email: 'ann@example.com',
      body: 'Hi',
      ...mail,
    });
  const list = (query = '', as?: string) =>
    desk.get(`/api/v2/suspended_tickets.json${query}`, as === undefined ? {} : { as });

  it('are listed with their cause, oldest or newest first, over a restart too', async () => {
    await suspend({ causeId: 0 });
    await suspend({ causeId: 26, subject: 'My order' });
    desk = await desk.restart({ limits: roomyLimits });
    const causes = {
      suspended_tickets: [{ cause_id: 0 }, { cause: 'Email authentication failed', cause_id: 26 }],
    };
    expect((await list()).body).toMatchObject(causes);
    expect((await list('?sort_by=created_at&sort_order=desc')).body).toMatchObject({
      suspended_tickets: [{ cause_id: 26, subject: 'My order', ticket_id: null }, { cause_id: 0 }],
    });
    expect((await list('?page[size]=1')).body).toMatchObject({ meta: { has_more: true } });
    expect((await list('?sort_by=cause')).status).toBe(400);
  });

  it('are shown to admins, and recovered by them, once', async () => {
    expect((await list('', agents.nora)).status).toBe(403);
    const { body } = await suspend({ causeId: 16, body: 'Where is it?' });
    const { id } = z.object({ id: z.string() }).parse(body);
    const recover = () => desk.call('PUT', `/api/v2/suspended_tickets/${id}/recover`);
    expect(await recover()).toMatchObject({
      status: 200,
      body: { ticket: [{ description: 'Where is it?', status: 'new' }] },
    });
    expect((await recover()).status).toBe(404);
  });

  it.each([{ causeId: -1 }, { causeId: 'spam' }, { causeId: 0, email: 'nobody' }, {}])(
    'are not made of %j',
    async (mail) => {
      expect((await suspend(mail)).status).toBe(422);
    },
  );
});
