/** From what is to be told to words with links, the same for every channel. */
import type { Notice, NoticeBatch } from '../core/notices/notice';
import { addCounts, kindWords, minuteText, moreText, testWords, titleOf } from '../core/notices/words';
import type { TicketRef } from '../core/ticket/ticket';
import type { Link, Message, MessageItem } from './port';

export type LinksOf = (ticket: TicketRef) => readonly Link[];

/** @param account - `zendesk/acme`, where people hear of several; absent: there is one. */
export function composeMessage(batch: NoticeBatch, linksOf: LinksOf, account?: string): Message {
  const title = titleOf(batch);
  return {
    id: batch.id,
    at: batch.at,
    account: account ?? null,
    title: account === undefined ? title : title.replace(/^Deskhand/, `Deskhand, ${account}`),
    items: batch.notices.map((notice) => itemOf(notice, linksOf, account)),
    more: moreText(batch.more),
    batch,
  };
}

function itemOf(
  { kind, what, next, since, ticket, brand }: Notice,
  linksOf: LinksOf,
  account: string | undefined,
): MessageItem {
  return {
    label: [kindWords[kind].one, brand, account].filter((word) => word !== undefined).join(', '),
    what,
    next,
    since: minuteText(since),
    links: ticket === null ? [] : linksOf(ticket),
  };
}

/** The same without its last notices, which are counted instead: for channels that take only so much. */
export function shorten(message: Message, keep: number): Message {
  const { batch, items } = message;
  const more = addCounts(batch.more, batch.notices.slice(keep));
  const shorter: NoticeBatch = { ...batch, notices: batch.notices.slice(0, keep), more };
  return { ...message, items: items.slice(0, keep), more: moreText(more), batch: shorter };
}

export function testMessage(now: number): Message {
  const batch = { id: `test-${now}`, at: now, notices: [], more: {} };
  const item = { label: 'Test', ...testWords, since: minuteText(now), links: [] };
  return {
    id: batch.id,
    at: now,
    account: null,
    title: 'Deskhand: a test',
    items: [item],
    more: null,
    batch,
  };
}

/** Plain text: what a mail says, and what a program may show. */
export function plainText({ items, more }: Message): string {
  const blocks = items.map(({ label, what, next, since, links }) =>
    [
      `${label}: ${what}`,
      `Since ${since}.`,
      `Next: ${next}`,
      ...links.map(({ text, url }) => `${text}: ${url}`),
    ].join('\n'),
  );
  return [...blocks, ...(more === null ? [] : [more])].join('\n\n');
}
