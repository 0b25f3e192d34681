/**
 * What `deskhand connect freshdesk` makes on an account: two automation rules that call Deskhand
 * (developers.freshdesk.com/api/#automations), and custom fields. Views of the ticket list have no API.
 */
import { z } from 'zod';
import { isObject } from '../../../core/isObject';
import { callsAbout } from '../../api/deskCalls';
import type { DeskSetup } from '../../setup/deskSetup';
import {
  marked,
  markOf,
  type AnyPiece,
  type JsonObject,
  type PieceKind,
  type WantedPiece,
} from '../../setup/pieces';
import { restKind } from '../../setup/restKind';
import { secretHeader } from '../../webhooks/secretWebhook';
import { createFreshdeskHttp, type FreshdeskConnection } from '../http';
import { listAll } from '../people';
import { fieldsOn, freshdeskField } from './fields';

/** @param secret - what the rules send along. */
export function openFreshdeskSetup(connection: FreshdeskConnection, secret: string): DeskSetup {
  const request = createFreshdeskHttp(connection);
  const calls = callsAbout('account', request);
  const kindOf = ({ name, type }: RuleType): PieceKind => {
    const path = `/automations/${type}/rules`;
    return restKind(calls, {
      ...{ name, right, path, changeBy: 'PUT', made: rule.transform(({ id }) => id) },
      list: (call) => listAll(request, path, z.array(rule), call),
      pieceOf: (record) => pieceOf(record, secret),
    });
  };
  return {
    kinds: [kindOf(onCreation), kindOf(onUpdates), fieldsOn(calls)],
    wanted: ({ endpoint, fields }) => [
      ...[creationRule(endpoint, secret), updateRule(endpoint, secret)],
      ...fields.map(freshdeskField),
    ],
    secret: { from: 'us' },
  };
}

interface RuleType {
  readonly name: string;
  readonly type: number;
}

const onCreation: RuleType = { name: 'ticket creation rule', type: 1 };
const onUpdates: RuleType = { name: 'ticket update rule', type: 4 };
const right =
  'automation rules need an admin; what one makes by hand, "deskhand connect freshdesk --by-hand" tells';

const rule = z.looseObject({
  id: z.union([z.int(), z.string().min(1)]).transform(String),
  name: z.string().nullish(),
  description: z.string().nullish(),
  active: z.boolean().nullish(),
  actions: z.array(z.record(z.string(), z.unknown())).nullish(),
});

function pieceOf(record: z.infer<typeof rule>, secret: string): Omit<AnyPiece, 'kind'> {
  const { id, name, description, active, actions, performer, events, conditions } = record;
  const webhook = actions?.find((action) => action['field_name'] === 'trigger_webhook');
  const { url, request_type, content_type, content, custom_headers: headers } = webhook ?? {};
  return {
    ...{ id, mark: markOf(description), name: name ?? '' },
    record: {
      ...{ active, performer, events, conditions },
      ...{ endpoint: url, sent: { request_type, content_type, content } },
      'secret sent': isSecretSent(headers, secret),
    },
  };
}

function isSecretSent(headers: unknown, secret: string): boolean {
  const given = isObject(headers) ? Object.entries(headers) : [];
  return given.some(([name, value]) => name.toLowerCase() === secretHeader && value === secret);
}

/** A rule must have a condition: this one every ticket meets. */
const anyTicket: JsonObject = {
  ...{ name: 'condition_set_1', match_type: 'all' },
  properties: [{ resource_type: 'ticket', field_name: 'priority', operator: 'in', value: [1, 2, 3, 4] }],
};

function creationRule(endpoint: string, secret: string): WantedPiece {
  const when = { conditions: [anyTicket] };
  return wantedRule(onCreation, 'created', 'Tell Deskhand of new tickets', when, endpoint, secret);
}

/** Performer 2 is the requester: Deskhand's own replies, agents and other rules call nobody. */
function updateRule(endpoint: string, secret: string): WantedPiece {
  const events = [{ field_name: 'reply_sent' }, { field_name: 'note_type', value: 'public' }];
  const when = { performer: { type: 2 }, events };
  return wantedRule(onUpdates, 'updated', 'Tell Deskhand of customers who write', when, endpoint, secret);
}

function wantedRule(
  { name: kind }: RuleType,
  mark: string,
  name: string,
  when: JsonObject,
  endpoint: string,
  secret: string,
): WantedPiece {
  const sent = { request_type: 'POST', content_type: 'JSON', content: { ticket_id: '{{ticket.id}}' } };
  const webhook = {
    ...{ field_name: 'trigger_webhook', url: endpoint, content_layout: '2', ...sent },
    custom_headers: { 'X-Deskhand-Secret': secret },
  };
  const repair = { active: true, ...when, actions: [webhook] };
  return {
    ...{ kind, mark, name, repair },
    body: { name, description: marked('Calls Deskhand.', mark), ...repair },
    shows: { active: true, endpoint, sent, 'secret sent': true, ...when },
  };
}
