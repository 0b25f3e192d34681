/**
 * `/api/v2/automations/{type}/rules` (developers.freshdesk.com/api/#automations), as far as one calls a webhook with them or
 * sets a field. What a rule shows of its webhook, and that a rule for new tickets must have conditions, was seen with public
 * clients (slop-place/terraform-provider-freshdesk). What they then send: `madeRules`.
 */
import type { FastifyInstance } from 'fastify';
import type { RecordStore } from '../common/recordStore';
import { notFound, validationFailed, type FieldMistake } from './apiErrors';
import { readBody } from './readBody';
import { freshdeskTime, type Rule, type Tables } from './records';
import { ruleBody, type RuleBody } from './ruleBody';
import { pageOf } from './wire';

interface Rules {
  readonly tables: Pick<Tables, 'rules'>;
  readonly store: RecordStore;
  readonly clock: () => number;
}
type OfType = { Params: { type: string } };
type ById = { Params: { type: string; id: string } };

/** Rules run when a ticket is made, hourly, and when it is changed. */
const ruleTypes = [1, 3, 4];
const onUpdates = 4;

export function automationRoutes(app: FastifyInstance, { tables, store, clock }: Rules): void {
  const path = '/api/v2/automations/:type/rules';

  app.get<OfType>(path, (request, reply) => {
    const type = typeOf(request.params);
    const rules = [...tables.rules.records.values()].filter((rule) => rule.type === type);
    return pageOf(request, reply, rules).map(ruleView);
  });
  app.get<ById>(`${path}/:id`, (request) => ruleView(ruleAt(request.params)));
  app.post<OfType>(path, async (request, reply) => {
    const type = typeOf(request.params);
    const body = readBody(ruleBody, request.body);
    checkKind(type, body);
    const at = freshdeskTime(clock());
    const rule = await store.write((tx): Rule => {
      const made = { id: tx.next('rule', firstRuleId), type, body, created_at: at, updated_at: at };
      tx.put(tables.rules, made);
      return made;
    });
    return reply.status(201).send(ruleView(rule));
  });
  app.put<ById>(`${path}/:id`, async (request) => {
    const present = ruleAt(request.params);
    const change = readBody(ruleBody.partial(), request.body);
    const body = ruleBody.parse({ ...present.body, ...change });
    checkKind(present.type, body);
    const rule: Rule = { ...present, body, updated_at: freshdeskTime(clock()) };
    await store.write((tx) => tx.put(tables.rules, rule));
    return ruleView(rule);
  });
  app.delete<ById>(`${path}/:id`, async (request, reply) => {
    const { id } = ruleAt(request.params);
    await store.write((tx) => tx.remove(tables.rules, id));
    return reply.status(204).send();
  });

  function ruleAt({ type, id }: ById['Params']): Rule {
    const rule = tables.rules.records.get(Number(id));
    if (rule?.type !== typeOf({ type })) throw notFound();
    return rule;
  }
}

const firstRuleId = 80_000_000_001;

function typeOf({ type }: OfType['Params']): number {
  const known = ruleTypes.find((one) => String(one) === type);
  if (known === undefined) throw notFound();
  return known;
}

/** Who does it, and what happens, belong to rules for updates; all others go by conditions alone. */
function checkKind(type: number, { performer, events, conditions: when }: RuleBody): void {
  const present = { performer, events, conditions: when };
  const needed = type === onUpdates ? (['performer', 'events'] as const) : (['conditions'] as const);
  const useless = type === onUpdates ? [] : (['performer', 'events'] as const);
  const mistakes = [
    ...needed
      .filter((name) => present[name] === undefined)
      .map((name): FieldMistake => ({
        field: name,
        message: 'Mandatory attribute missing',
        code: 'missing_field',
      })),
    ...useless
      .filter((name) => present[name] !== undefined)
      .map((name): FieldMistake => ({
        ...{ field: name, message: 'Unexpected/invalid field in request', code: 'invalid_field' },
      })),
  ];
  if (mistakes.length > 0) throw validationFailed(...mistakes);
}

function ruleView({ id, body, created_at, updated_at }: Rule): Record<string, unknown> {
  const { description = '', active = false, position = 1, ...rest } = body;
  return {
    ...{ id, description, active, position, ...rest },
    ...{ outdated: false, last_updated_by: null, affected_tickets_count: 0, created_at, updated_at },
  };
}
