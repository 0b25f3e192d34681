/**
 * The parts of Zendesk's API that only setting up and checking an account need: webhooks
 * (developer.zendesk.com/api-reference/webhooks/webhooks-api/webhooks), triggers, views, fields, and who may do what.
 */
import { z } from 'zod';
import type { CallContext } from '../../port';
import type { DeskSetup } from '../../setup/deskSetup';
import { markOf, unlessGone, type AnyPiece, type PieceKind } from '../../setup/pieces';
import { cursorPages } from '../cursorPages';
import { createZendeskHttp, type ZendeskConnection, type ZendeskHttp } from '../http';
import { fieldsOn } from './fields';
import { wantedPieces, webhookMark } from './pieces';
import { rightsOn, type Rights } from './rights';

export interface ZendeskSetup extends Rights, DeskSetup {
  readonly webhooks: PieceKind;
  signingSecret(webhookId: string, call: CallContext): Promise<string>;
  /** What became of the webhook's latest deliveries, newest first; Zendesk keeps them for seven days. */
  deliveries(webhookId: string, call: CallContext): Promise<readonly WebhookInvocation[]>;
  /** How far the desk's clock is ahead of ours, in milliseconds, as of its last answer; null before it. */
  clockAheadMs(): number | null;
}

export type WebhookInvocation = z.infer<typeof invocationsAnswer>['invocations'][number];

interface KindFacts {
  readonly name: string;
  readonly changeBy: 'PATCH' | 'PUT';
  readonly right: string;
}

const webhook: KindFacts = {
  ...{ name: 'webhook', changeBy: 'PATCH' },
  right: 'webhooks need an admin, or a role that may manage webhooks',
};
const trigger: KindFacts = {
  ...{ name: 'trigger', changeBy: 'PUT' },
  right: 'triggers need an admin, or a role that may manage business rules',
};
const view: KindFacts = {
  ...{ name: 'view', changeBy: 'PUT' },
  right: 'shared views need an admin, or a role that may manage them; --no-views does without',
};

const id = z.union([z.int(), z.string().min(1)]).transform(String);
const record = z.looseObject({
  id,
  name: z.string().nullish(),
  title: z.string().nullish(),
  description: z.string().nullish(),
});
const pageMeta = z.object({
  meta: z.object({ has_more: z.boolean(), after_cursor: z.string().nullish() }).nullish(),
});
const secretAnswer = z.object({ signing_secret: z.object({ secret: z.string().min(1) }) });
const invocationsAnswer = z.object({
  invocations: z.array(z.object({ id, status: z.string(), latest_completed_at: z.string().nullish() })),
});

const mostPages = 20;

export function openZendeskSetup(connection: ZendeskConnection): ZendeskSetup {
  let ahead: number | null = null;
  const request = createZendeskHttp({
    ...connection,
    onDate: (date) => {
      const theirs = Date.parse(date);
      // The header has whole seconds: on average it is half a second behind.
      if (!Number.isNaN(theirs)) ahead = theirs + 500 - Date.now();
    },
  });
  const signingSecret = async (webhookId: string, call: CallContext): Promise<string> => {
    const path = `/webhooks/${encodeURIComponent(webhookId)}/signing_secret`;
    const needs = webhook.right;
    const answer = await request(
      { method: 'GET', path, answer: secretAnswer, about: 'account', needs },
      call,
    );
    return answer.signing_secret.secret;
  };
  const webhooks = kindOn(request, webhook);
  return {
    ...{ webhooks, kinds: [webhooks, kindOn(request, trigger), kindOn(request, view), fieldsOn(request)] },
    wanted: wantedPieces,
    secret: { from: 'desk', mark: (wishes) => webhookMark(wishes.trigger), read: signingSecret },
    signingSecret,
    deliveries: async (webhookId, call) => {
      const path = `/webhooks/${encodeURIComponent(webhookId)}/invocations`;
      const query = { 'page[size]': 100 };
      const answer = await request(
        { method: 'GET', path, query, answer: invocationsAnswer, about: 'account' },
        call,
      );
      const time = (one: WebhookInvocation): number => Date.parse(one.latest_completed_at ?? '') || 0;
      return answer.invocations.toSorted((a, b) => time(b) - time(a));
    },
    ...rightsOn(request),
    clockAheadMs: () => ahead,
  };
}

function kindOn(request: ZendeskHttp, { name, changeBy, right }: KindFacts): PieceKind {
  const path = `/${name}s`;
  const about = { about: 'account', needs: right } as const;
  const pathOf = (pieceId: string): string => `${path}/${encodeURIComponent(pieceId)}`;
  return {
    name,
    list: (call) => listed(request, name, right, call),
    create: async (body, call) => {
      const answer = await request(
        { method: 'POST', path, body: { [name]: body }, answer: z.object({ [name]: record }), ...about },
        call,
      );
      const made = answer[name];
      if (made === undefined) throw new TypeError(`the answer has no ${name}`);
      return made.id;
    },
    change: async (pieceId, body, call) => {
      const sent = { method: changeBy, path: pathOf(pieceId), body: { [name]: body } };
      await request({ ...sent, answer: z.unknown(), ...about }, call);
    },
    remove: async (pieceId, call) => {
      await unlessGone(
        request({ method: 'DELETE', path: pathOf(pieceId), answer: z.unknown(), ...about }, call),
      );
    },
  };
}

async function listed(
  request: ZendeskHttp,
  name: string,
  right: string,
  call: CallContext,
): Promise<readonly AnyPiece[]> {
  const many = `${name}s`;
  const page = z.intersection(z.object({ [many]: z.array(record) }), pageMeta);
  const found: AnyPiece[] = [];
  const list = { path: `/${many}`, answer: page, needs: right, mostPages };
  for await (const answer of cursorPages(request, { ...list, about: 'account' }, call)) {
    for (const one of answer[many] ?? []) {
      const shown = { name: one.name ?? one.title ?? '', record: one };
      found.push({ kind: name, id: one.id, mark: markOf(one.description), ...shown });
    }
  }
  return found;
}
