/** Both paginations: every record exactly once, whatever the page size and the direction; absolute links. */
import fc from 'fast-check';
import { z } from 'zod';
import type { Answer } from '../common/testDouble';
import { commentsIn, matching, roomyLimits, TestDesk } from './harness';

const cursorPage = z.object({
  meta: z.object({
    has_more: z.boolean(),
    after_cursor: z.string().nullable(),
    before_cursor: z.string().nullable(),
  }),
  links: z.object({ next: z.string().nullable(), prev: z.string().nullable() }),
});
const offsetPage = z.object({
  count: z.number(),
  next_page: z.string().nullable(),
  previous_page: z.string().nullable(),
});
const bodies = (answer: Answer) => commentsIn(answer).map(({ body }) => body);

let desk: TestDesk;
let comments: string;
const all = Array.from({ length: 23 }, (_, index) => `m${index + 1}`);
beforeAll(async () => {
  desk = await TestDesk.start({ limits: roomyLimits });
  const id = await desk.newTicket('m1');
  for (const body of all.slice(1)) await desk.customerWrites(id, body);
  comments = `/api/v2/tickets/${id}/comments`;
});
afterAll(() => desk.stop());

/** Follows a link from page to page. */
async function walk(first: string, linkOf: (answer: Answer) => string | null): Promise<string[][]> {
  const pages: string[][] = [];
  for (let address: string | null = first; address !== null;) {
    const answer = await desk.get(address);
    pages.push(bodies(answer));
    address = linkOf(answer);
  }
  return pages;
}
const nextLink = (answer: Answer) => cursorPage.parse(answer.body).links.next;

describe('by cursor', () => {
  it('visits every comment exactly once, at any size, both ways round', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 30 }), fc.boolean(), async (size, newestFirst) => {
        const sort = newestFirst ? '-created_at' : 'created_at';
        const pages = await walk(`${comments}?page[size]=${size}&sort=${sort}`, nextLink);
        expect(pages.flat()).toEqual(newestFirst ? all.toReversed() : all);
        expect(pages.slice(0, -1).every((page) => page.length === size)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('goes back by prev to where it came from', async () => {
    const forwards = await walk(`${comments}?page[size]=5`, nextLink);
    const last = await desk.get(`${comments}?page[size]=5&page[after]=${await cursorBehind(20)}`);
    const backwards = await walk(
      `${comments}?page[size]=5&page[before]=${cursorPage.parse(last.body).meta.before_cursor}`,
      (answer) => cursorPage.parse(answer.body).links.prev,
    );
    expect(backwards.toReversed()).toEqual(forwards.slice(0, -1));
  });

  it('says whether there is more, and gives cursors that go on exactly behind', async () => {
    const first = cursorPage.parse((await desk.get(`${comments}?page[size]=20`)).body);
    expect(first).toMatchObject({ meta: { has_more: true }, links: { prev: null } });
    const rest = await desk.get(`${comments}?page[size]=20&page[after]=${first.meta.after_cursor}`);
    expect(bodies(rest)).toEqual(['m21', 'm22', 'm23']);
    expect(cursorPage.parse(rest.body)).toMatchObject({ meta: { has_more: false }, links: { next: null } });
  });

  it('is not confused by a comment that is written while somebody pages', async () => {
    const id = await desk.newTicket('a');
    await desk.customerWrites(id, 'b');
    const list = `/api/v2/tickets/${id}/comments?page[size]=1&sort=-created_at`;
    const first = await desk.get(list);
    await desk.customerWrites(id, 'c');
    expect(bodies(await desk.get(nextLink(first) ?? ''))).toEqual(['a']);
  });

  it('of an empty list has neither cursors nor links', async () => {
    const answer = await desk.get('/api/v2/webhooks?page[size]=10');
    expect(answer.body).toEqual({
      webhooks: [],
      meta: { has_more: false, after_cursor: null, before_cursor: null },
      links: { prev: null, next: null },
    });
  });

  async function cursorBehind(count: number): Promise<string> {
    const { meta } = cursorPage.parse((await desk.get(`${comments}?page[size]=${count}`)).body);
    return meta.after_cursor ?? '';
  }
});

describe('by offset', () => {
  it('visits every comment exactly once, at any size, with the count of all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 30 }), async (size) => {
        const pages = await walk(`${comments}?per_page=${size}`, (answer) => {
          const page = offsetPage.parse(answer.body);
          expect(page.count).toBe(all.length);
          return page.next_page;
        });
        expect(pages.flat()).toEqual(all);
      }),
      { numRuns: 20 },
    );
  });

  it('takes sort_order, links back, and gives at most 100 whatever is asked for', async () => {
    const second = await desk.get(`${comments}?per_page=3&page=2&sort_order=desc`);
    expect(bodies(second)).toEqual(['m20', 'm19', 'm18']);
    const previous = await desk.get(offsetPage.parse(second.body).previous_page ?? '');
    expect(bodies(previous)).toEqual(['m23', 'm22', 'm21']);
    expect(bodies(await desk.get(`${comments}?per_page=5000`))).toEqual(all);
    expect(bodies(await desk.get(`${comments}?page=90`))).toEqual([]);
  });
});

describe('links', () => {
  it('are absolute and on the host that was asked, with every other parameter kept', async () => {
    const answer = await desk.get(`${comments}.json?page[size]=2&include=users&sort=-created_at`);
    const link = new URL(nextLink(answer) ?? '');
    expect(link.origin).toBe(desk.desk.url);
    expect(Object.fromEntries(link.searchParams)).toMatchObject({
      'page[size]': '2',
      include: 'users',
      sort: '-created_at',
    });
    const byName = comments.replace(/^/, desk.desk.url.replace('127.0.0.1', 'localhost'));
    expect(nextLink(await desk.get(`${byName}?page[size]=2`))).toContain('http://localhost:');
  });
});

it.each([
  ['a size of 0', 'page[size]=0'],
  ['a size over 100', 'page[size]=101'],
  ['a size that is no number', 'page[size]=ten'],
  ['half a record', 'page[size]=1.5'],
  ['a cursor of another list', `page[size]=5&page[after]=${Buffer.from('id||1').toString('base64url')}`],
  ['a cursor that is none', 'page[size]=5&page[before]=%F0%9F'],
  ['both directions at once', 'page[size]=5&page[after]=x&page[before]=y'],
  ['page 0', 'page=0'],
  ['a page that is no number', 'page=two'],
  ['a negative per_page', 'per_page=-1'],
  ['more than 10,000 records by offset', 'page=101&per_page=100'],
])('%s is refused in the newer envelope', async (_what, query) => {
  const answer = await desk.get(`${comments}?${query}`);
  expect(answer).toMatchObject({
    status: 400,
    body: { errors: [{ code: 'InvalidPaginationParameter', title: matching(/./) }] },
  });
});

it('an order that Zendesk does not know is refused', async () => {
  expect(await desk.get(`${comments}?sort=author_id`)).toMatchObject({
    status: 400,
    body: { error: { title: 'Invalid attribute' } },
  });
});
