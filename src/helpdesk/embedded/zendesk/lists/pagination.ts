/**
 * Zendesk's two paginations (developer.zendesk.com/api-reference/introduction/pagination): by cursor when
 * `page[size]` is given, else by offset.
 */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { origin } from '../context';
import { invalidAttribute, invalidPagination } from '../answers/errors';

const maximum = 100;
const offsetRecords = 10_000;

const querySchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]).optional());

/** A query parameter; the last one when it is repeated. */
export function queryValue(request: FastifyRequest, name: string): string | undefined {
  const value = querySchema.parse(request.query)[name];
  return Array.isArray(value) ? value.at(-1) : value;
}

/** Whether `include=a,b` names it. */
export function includes(request: FastifyRequest, what: string): boolean {
  return (queryValue(request, 'include') ?? '').split(',').includes(what);
}

/** The `ids` of a show_many request. @throws ApiError 400 */
export function idsOf(request: FastifyRequest): readonly number[] {
  const ids = (queryValue(request, 'ids') ?? '').split(',').filter((id) => id !== '');
  if (ids.length === 0 || ids.length > maximum || ids.some((id) => !/^\d+$/.test(id))) {
    throw invalidAttribute('ids', `must be 1 to ${maximum} integers, separated by commas`);
  }
  return ids.map(Number);
}

/**
 * One page of `records` as Zendesk wraps it: `{[key]: [...], meta, links}` or `{[key]: [...], count, next_page,
 * previous_page}`.
 * @param records - all of them, in order.
 * @throws ApiError 400 for sizes and cursors that Zendesk refuses.
 */
export function pageOf<T extends { readonly id: number | string }>(
  request: FastifyRequest,
  key: string,
  records: readonly T[],
  view: (record: T) => unknown,
): { body: Record<string, unknown>; records: readonly T[] } {
  const size = queryValue(request, 'page[size]');
  return size === undefined
    ? offsetPage(request, key, records, view)
    : cursorPage(request, key, records, view, size);
}

function cursorPage<T extends { readonly id: number | string }>(
  request: FastifyRequest,
  key: string,
  records: readonly T[],
  view: (record: T) => unknown,
  wantedSize: string,
): { body: Record<string, unknown>; records: readonly T[] } {
  const size = Number(wantedSize);
  if (!Number.isInteger(size) || size < 1 || size > maximum) {
    throw invalidPagination(`page[size] must be between 1 and ${maximum}`);
  }
  const after = queryValue(request, 'page[after]');
  const before = queryValue(request, 'page[before]');
  if (after !== undefined && before !== undefined) {
    throw invalidPagination('page[before] and page[after] cannot be used together');
  }
  const end = before === undefined ? records.length : positionOf(records, before);
  const start =
    after === undefined
      ? before === undefined
        ? 0
        : Math.max(0, end - size)
      : positionOf(records, after) + 1;
  const page = records.slice(start, before === undefined ? start + size : end);
  const first = page[0];
  const last = page.at(-1);
  const hasMore = before === undefined ? start + size < records.length : start > 0;
  const link = (name: string, record: T | undefined): string | null =>
    record === undefined
      ? null
      : withQuery(request, { 'page[after]': null, 'page[before]': null, [name]: cursorOf(record) });
  return {
    records: page,
    body: {
      [key]: page.map(view),
      meta: {
        has_more: hasMore,
        after_cursor: last === undefined ? null : cursorOf(last),
        before_cursor: first === undefined ? null : cursorOf(first),
      },
      links: {
        prev: start > 0 ? link('page[before]', first) : null,
        next: start + page.length < records.length ? link('page[after]', last) : null,
      },
    },
  };
}

function offsetPage<T>(
  request: FastifyRequest,
  key: string,
  records: readonly T[],
  view: (record: T) => unknown,
): { body: Record<string, unknown>; records: readonly T[] } {
  const perPage = positive(request, 'per_page', maximum);
  const size = Math.min(perPage, maximum);
  const page = positive(request, 'page', 1);
  if (page * size > offsetRecords) {
    throw invalidPagination(`Offset pagination ends at ${offsetRecords} records; use cursor pagination`);
  }
  const shown = records.slice((page - 1) * size, page * size);
  const hasNext = page * size < records.length;
  return {
    records: shown,
    body: {
      [key]: shown.map(view),
      next_page: hasNext ? withQuery(request, { page: String(page + 1) }) : null,
      previous_page: page > 1 ? withQuery(request, { page: String(page - 1) }) : null,
      count: records.length,
    },
  };
}

function positive(request: FastifyRequest, name: string, fallback: number): number {
  const value = queryValue(request, name);
  if (value === undefined) return fallback;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw invalidPagination(`${name} must be a positive integer`);
  return number;
}

/** The same address with some parameters replaced (null: left out), absolute. */
export function withQuery(request: FastifyRequest, changes: Record<string, string | null>): string {
  const url = new URL(request.url, origin(request));
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return url.href;
}

function cursorOf(record: { readonly id: number | string }): string {
  return Buffer.from(`id||${record.id}`).toString('base64url');
}

function positionOf(records: readonly { readonly id: number | string }[], cursor: string): number {
  const [, id] = /^id\|\|(.+)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  const position = records.findIndex((record) => String(record.id) === id);
  if (position < 0) throw invalidPagination('The cursor is not one of this list');
  return position;
}
