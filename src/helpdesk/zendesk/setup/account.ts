/**
 * The parts of Zendesk's API that only setting up and checking an account need: webhooks
 * (developer.zendesk.com/api-reference/webhooks/webhooks-api/webhooks), and who may do what.
 */
import { z } from 'zod';
import { RemoteFailure } from '../../../remote/failures';
import type { CallContext } from '../../port';
import { createZendeskHttp, type ZendeskConnection, type ZendeskHttp } from '../http';
import { markOf, pieceKinds, type FoundPiece, type JsonObject, type PieceKind } from './pieces';
import { rightsOn, type Rights } from './rights';

export interface SetupAccount extends Rights {
  /** Every piece on the account, those of others with `mark` null. @throws RemoteFailure, 403 where the right lacks. */
  pieces(kind: PieceKind, call: CallContext): Promise<readonly AnyPiece[]>;
  create(kind: PieceKind, body: JsonObject, call: CallContext): Promise<string>;
  change(kind: PieceKind, id: string, body: JsonObject, call: CallContext): Promise<void>;
  /** One that is gone already is no failure. */
  remove(kind: PieceKind, id: string, call: CallContext): Promise<void>;
  signingSecret(webhookId: string, call: CallContext): Promise<string>;
  /** What became of the webhook's latest deliveries, newest first; Zendesk keeps them for seven days. */
  deliveries(webhookId: string, call: CallContext): Promise<readonly WebhookInvocation[]>;
  /** How far the desk's clock is ahead of ours, in milliseconds, as of its last answer; null before it. */
  clockAheadMs(): number | null;
}

export type AnyPiece = Omit<FoundPiece, 'mark'> & { readonly mark: string | null };
export type WebhookInvocation = z.infer<typeof invocationsAnswer>['invocations'][number];

interface KindFacts {
  readonly path: string;
  readonly many: string;
  readonly one: string;
  readonly changeBy: 'PATCH' | 'PUT';
  readonly right: string;
}

const kinds: Readonly<Record<PieceKind, KindFacts>> = {
  webhook: {
    ...{ path: '/webhooks', many: 'webhooks', one: 'webhook', changeBy: 'PATCH' },
    right: 'webhooks need an admin, or a role that may manage webhooks',
  },
  trigger: {
    ...{ path: '/triggers', many: 'triggers', one: 'trigger', changeBy: 'PUT' },
    right: 'triggers need an admin, or a role that may manage business rules',
  },
  view: {
    ...{ path: '/views', many: 'views', one: 'view', changeBy: 'PUT' },
    right: 'shared views need an admin, or a role that may manage them; --no-views does without',
  },
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

export function openSetupAccount(connection: ZendeskConnection): SetupAccount {
  let ahead: number | null = null;
  const request = createZendeskHttp({
    ...connection,
    onDate: (date) => {
      const theirs = Date.parse(date);
      // The header has whole seconds: on average it is half a second behind.
      if (!Number.isNaN(theirs)) ahead = theirs + 500 - Date.now();
    },
  });
  return {
    pieces: (kind, call) => piecesOf(request, kind, call),
    create: async (kind, body, call) => {
      const { path, one, right } = kinds[kind];
      const answer = await request(
        {
          ...{ method: 'POST', path, body: { [one]: body }, about: 'account', needs: right },
          answer: z.object({ [one]: record }),
        },
        call,
      );
      const made = answer[one];
      if (made === undefined) throw new TypeError(`the answer has no ${one}`);
      return made.id;
    },
    change: async (kind, pieceId, body, call) => {
      const { path, one, changeBy, right } = kinds[kind];
      await request(
        {
          ...{ method: changeBy, path: `${path}/${encodeURIComponent(pieceId)}`, body: { [one]: body } },
          ...{ about: 'account', needs: right, answer: z.unknown() },
        },
        call,
      );
    },
    remove: async (kind, pieceId, call) => {
      const { path, right } = kinds[kind];
      await unlessGone(
        request(
          {
            ...{ method: 'DELETE', path: `${path}/${encodeURIComponent(pieceId)}`, about: 'account' },
            ...{ needs: right, answer: z.unknown() },
          },
          call,
        ),
      );
    },
    signingSecret: async (webhookId, call) => {
      const path = `/webhooks/${encodeURIComponent(webhookId)}/signing_secret`;
      const needs = kinds.webhook.right;
      const answer = await request(
        { method: 'GET', path, answer: secretAnswer, about: 'account', needs },
        call,
      );
      return answer.signing_secret.secret;
    },
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

/** Ours on the whole account. */
export async function ownPieces(
  account: SetupAccount,
  call: CallContext,
  wanted: readonly PieceKind[] = pieceKinds,
): Promise<readonly FoundPiece[]> {
  const found: FoundPiece[] = [];
  for (const kind of wanted) {
    for (const { mark, ...piece } of await account.pieces(kind, call)) {
      if (mark !== null) found.push({ ...piece, mark });
    }
  }
  return found;
}

async function piecesOf(
  request: ZendeskHttp,
  kind: PieceKind,
  call: CallContext,
): Promise<readonly AnyPiece[]> {
  const { path, many, right } = kinds[kind];
  const page = z.intersection(z.object({ [many]: z.array(record) }), pageMeta);
  const found: AnyPiece[] = [];
  let after: string | null = null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const query: Record<string, string | number> = { 'page[size]': 100 };
    if (after !== null) query['page[after]'] = after;
    const answer: z.infer<typeof page> = await request(
      { method: 'GET', path, query, answer: page, about: 'account', needs: right },
      call,
    );
    for (const one of answer[many] ?? []) {
      const name = one.name ?? one.title ?? '';
      found.push({ kind, id: one.id, mark: markOf(one.description), name, record: one });
    }
    after = answer.meta?.after_cursor ?? null;
    if (answer.meta?.has_more !== true || after === null) break;
  }
  return found;
}

async function unlessGone(removal: Promise<unknown>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    if (!(error instanceof RemoteFailure) || error.status !== 404) throw error;
  }
}
