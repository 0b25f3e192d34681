/** Bodies that no honest client sends: each gets an answer that says what is wrong, and none gets a 500. */
import http from 'node:http';
import { gzipSync } from 'node:zlib';
import { matching, roomyLimits, TestDesk, ticketIn } from './harness';
import { processorMs } from '../../../support/processorMs';

const limit = 64 * 1024;
let desk: TestDesk;
let id: string;
beforeAll(async () => {
  desk = await TestDesk.start({ limits: { ...roomyLimits, bodyBytes: limit } });
  id = await desk.newTicket();
});
afterAll(() => desk.stop());

const tooLarge = { status: 413, body: { error: 'RequestEntityTooLarge' } };
const unreadable = { status: 400, body: { message: 'Server could not parse JSON' } };

/** A body of exactly so many bytes. */
function bodyOf(bytes: number, wrap: (filling: string) => unknown): string {
  const empty = JSON.stringify(wrap(''));
  return JSON.stringify(wrap('x'.repeat(bytes - empty.length)));
}

describe('too large', () => {
  const update = (filling: string) => ({ ticket: { comment: { body: filling } } });

  it('is what has one byte more than the limit', async () => {
    const address = `/api/v2/tickets/${id}`;
    const before = await desk.audits(id);
    expect(await desk.call('PUT', address, bodyOf(limit + 1, update))).toMatchObject(tooLarge);
    expect(await desk.audits(id)).toEqual(before);
    expect(await desk.call('PUT', address, bodyOf(limit, update))).toMatchObject({ status: 200 });
    expect(await desk.audits(id)).toHaveLength(before.length + 1);
  });

  it.each<[string, string, (filling: string) => unknown]>([
    ['POST', '/api/v2/tickets', update],
    ['PUT', '/api/v2/tickets/1/tags', (filling) => ({ tags: [filling] })],
    ['DELETE', '/api/v2/tickets/1/tags', (filling) => ({ tags: [filling] })],
    ['POST', '/api/v2/webhooks', (filling) => ({ webhook: { name: filling } })],
    ['POST', '/_desk/customer/tickets', (filling) => ({ body: filling })],
    ['POST', '/_desk/customer/tickets/1/comments', (filling) => ({ body: filling })],
    ['POST', '/_desk/agent/tickets/1', (filling) => ({ tags: [filling] })],
    ['POST', '/_desk/faults', (filling) => ({ route: filling })],
  ])('is told by %s %s as well', async (method, address, wrap) => {
    expect(await desk.call(method, address, bodyOf(limit + 1, wrap))).toMatchObject(tooLarge);
  });

  it('is noticed while it comes in, without a length that says so', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = http.request(`${desk.desk.apiUrl}/tickets/${id}`, {
        method: 'PUT',
        headers: {
          ...desk.credentials(),
          'content-type': 'application/json',
          'transfer-encoding': 'chunked',
        },
      });
      request.on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on('error', reject);
      request.write('{"ticket":{"comment":{"body":"');
      request.write('x'.repeat(2 * limit));
    });
    expect(status).toBe(413);
  });
});

describe('JSON', () => {
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  const objects = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

  it.each([
    ['a comment', `{"ticket":{"comment":{"body":"x","more":${nested(20_000)}}}}`],
    ['metadata', `{"ticket":{"comment":{"body":"x"},"metadata":{"a":${nested(20_000)}}}}`],
    ['metadata of objects', `{"ticket":{"comment":{"body":"x"},"metadata":${objects(5_000)}}}`],
    ['the ticket', `{"ticket":${nested(20_000)}}`],
    ['nothing but brackets', nested(30_000)],
  ])('nested thousands deep in %s cannot be read, and changes nothing', async (_where, body) => {
    const before = await desk.ticket(id);
    expect(await desk.call('PUT', `/api/v2/tickets/${id}`, body)).toMatchObject(unreadable);
    expect(await desk.call('POST', '/api/v2/tickets', body)).toMatchObject(unreadable);
    expect(await desk.ticket(id)).toEqual(before);
  });

  it('nested as deep as people nest it is kept as it came', async () => {
    const custom: unknown = JSON.parse(objects(90));
    const answer = await desk.put(id, { comment: { body: 'x' }, metadata: { custom } });
    expect(answer.status).toBe(200);
    expect((await desk.audits(id)).at(-1)?.metadata.custom).toEqual(custom);
  });

  it('nested deep cannot poison the faults on demand either', async () => {
    const rule = `{"fault":{"type":"status","status":500,"body":${nested(20_000)}}}`;
    expect(await desk.call('POST', '/_desk/faults', rule)).toMatchObject(unreadable);
    expect(await desk.get('/_desk/faults')).toMatchObject({ status: 200, body: { faults: [] } });
  });

  it.each([
    ['half of it', '{"ticket":{"status"'],
    ['two of them', '{"ticket":{}}{"ticket":{}}'],
    ['a comment in it', '{"ticket":{} /* all */}'],
    ['single quotes', "{'ticket':{}}"],
    ['a number that is none', '{"ticket":{"assignee_id":NaN}}'],
    ['a line break in a text', '{"ticket":{"subject":"a\nb"}}'],
    ['a form', 'ticket[status]=open'],
    ['gzip without a word of it', gzipSync('{"ticket":{}}').toString('latin1')],
  ])('with %s cannot be read', async (_what, body) => {
    expect(await desk.call('PUT', `/api/v2/tickets/${id}`, body)).toMatchObject(unreadable);
  });

  it('with names that mean something to JavaScript means nothing here', async () => {
    const body = `{"ticket":{"subject":"Plain","__proto__":{"status":"solved"},"constructor":{"prototype":{"admin":true}}}}`;
    const answer = await desk.call('PUT', `/api/v2/tickets/${id}`, body);
    expect(ticketIn(answer)).toMatchObject({ subject: 'Plain', status: 'new' });
    expect({}).not.toHaveProperty('admin');
    expect({}).not.toHaveProperty('status');
  });

  it('with half a character keeps the other half of the message', async () => {
    const answer = await desk.put(id, { comment: { body: 'before \ud83d after' } });
    expect(answer.status).toBe(200);
    expect((await desk.comments(id)).at(-1)?.body).toMatch(/^before . after$/su);
  });
});

describe('values', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a subject that is a list', { subject: ['a'] }, /subject/],
    ['a subject that is null', { subject: null }, /subject/],
    ['a status that is a number', { status: 4 }, /status/],
    ['an assignee that is a text', { assignee_id: 'Nora' }, /assignee_id/],
    ['an assignee that is half a number', { assignee_id: 1.5 }, /assignee_id/],
    ['tags that are a number', { tags: 7 }, /tags/],
    ['tags of numbers', { tags: [1, 2] }, /tags/],
    ['metadata that is a text', { metadata: 'key' }, /metadata/],
    ['a comment without words', { comment: { body: 5 } }, /comment\.body/],
    ['a comment that is a list', { comment: [] }, /comment/],
    ['an author that is a text', { comment: { body: 'x', author_id: 'me' } }, /comment\.author_id/],
  ])('%s: 400 that names the place', async (_what, ticket, place) => {
    const answer = await desk.put(id, ticket);
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { title: 'Invalid attribute', message: matching(place) } },
    });
  });

  it.each([
    ['thousands of tags', { tags: Array.from({ length: 5_000 }, (_, n) => `tag${n}`) }],
    ['a tag of many', { tags: ['a '.repeat(20_000)] }],
    ['a long subject', { subject: 's'.repeat(50_000) }],
    ['zero-width and right-to-left signs', { comment: { body: '\u200b\u202eabc\u202c\ufeff\u0000' } }],
    ['many placeholders', { comment: { body: '{{ticket.id}}'.repeat(4_000) } }],
    ['braces without end', { comment: { body: '{{'.repeat(20_000) } }],
    ['brackets without end', { comment: { body: '<'.repeat(50_000) } }],
    ['tags without end', { comment: { html_body: '<a '.repeat(15_000) } }],
    ['nested HTML', { comment: { html_body: '<div>'.repeat(12_000) } }],
    ['nested comments', { comment: { html_body: '<!--'.repeat(12_000) } }],
  ])('with %s are answered in good time, as any others', async (_what, change) => {
    const other = await desk.newTicket();
    const used = processorMs();
    expect((await desk.put(other, change)).status).toBe(200);
    expect(used()).toBeLessThan(4_000);
    expect((await desk.get(`/api/v2/tickets/${other}/comments`)).status).toBe(200);
  });
});

describe('addresses', () => {
  it.each([
    ['/api/v2/tickets/%E0%A4%A', 400],
    ['/api/v2/tickets/1%00', 400],
    ['/api/v2/tickets/1%2F..%2F2', 400],
    ['/api/v2/tickets/1e3', 400],
    ['/api/v2/tickets/0x1', 400],
    ['/api/v2/tickets/%EF%BC%91', 400],
    ['/api/v2/tickets/99999999999999999999', 404],
    ['/api/v2/../../etc/passwd', 404],
    ['/desk.css/../../desk.ts', 404],
    ['/..%2fdesk.ts', 404],
    ['/_desk/tickets/%2e%2e', 404],
  ])('%s: %i', async (address, status) => {
    expect((await desk.get(address)).status).toBe(status);
  });
});
