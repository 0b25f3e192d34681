/** Lists that go by cursors: developer.zendesk.com/api-reference/introduction/pagination/#cursor-pagination. */
import type { z } from 'zod';
import type { CallContext } from '../port';
import type { ZendeskHttp } from './http';

interface Paged {
  readonly meta?:
    { readonly has_more: boolean; readonly after_cursor?: string | null | undefined } | null | undefined;
}

interface CursorList<A extends Paged> {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** What each page must look like. */
  readonly answer: z.ZodType<A>;
  readonly about: 'ticket' | 'account';
  /** Which right is needed, for the failure of a 403. */
  readonly needs?: string;
  readonly mostPages: number;
}

/** One request for each hundred, for as long as the caller goes on. @throws RemoteFailure */
export async function* cursorPages<A extends Paged>(
  request: ZendeskHttp,
  { query, mostPages, ...list }: CursorList<A>,
  call: CallContext,
): AsyncGenerator<A> {
  let after: string | null = null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const paging: Record<string, string | number> = { ...query, 'page[size]': 100 };
    if (after !== null) paging['page[after]'] = after;
    const answer: A = await request({ method: 'GET', query: paging, ...list }, call);
    yield answer;
    after = answer.meta?.after_cursor || null;
    if (answer.meta?.has_more !== true || after === null) return;
  }
}
