/** The desks on which connect is tried: what it makes there, what an admin then does to each piece, and what the doctor says. */
import { z } from 'zod';
import type { DeskName } from '../../../src/helpdesk/deskNames';
import { TestChatwoot } from '../../helpdesk/embedded/chatwoot/testChatwoot';
import { TestFreshdesk } from '../../helpdesk/embedded/freshdesk/testFreshdesk';
import { TestGorgias } from '../../helpdesk/embedded/gorgias/testGorgias';

const record = z.looseObject({ id: z.int() });
export type Records = readonly z.infer<typeof record>[];
export type Double = TestFreshdesk | TestChatwoot | TestGorgias;
export type Change = (
  method: 'DELETE' | 'PATCH' | 'PUT',
  list: string,
  at: number,
  body?: unknown,
) => Promise<void>;

interface Break {
  readonly what: string;
  readonly breakIt: (change: Change) => Promise<void>;
  readonly words: RegExp;
}

interface Tried {
  readonly desk: Exclude<DeskName, 'zendesk'>;
  readonly start: () => Promise<Double>;
  readonly variables: (double: Double) => Readonly<Record<string, string>>;
  /** The lists that pieces are in, and what is in them. */
  readonly lists: Readonly<Record<string, (body: unknown) => Records>>;
  /** What is shown before it is done. */
  readonly plan: RegExp;
  readonly breaks: readonly Break[];
  /** A piece that an admin gives another name. */
  readonly renamed: { readonly from: string; readonly to: (change: Change, name: string) => Promise<void> };
  /** A piece that cannot be made: where, and in what words. */
  readonly refused: { readonly route: string; readonly words: RegExp };
  /** Where the pieces that call are listed. */
  readonly seen: string;
  /** What is told of what is left. */
  readonly left: RegExp;
}

const bare = z.array(record);
const inData = z.object({ data: bare }).transform(({ data }) => data);

export const tried: readonly Tried[] = [
  {
    desk: 'freshdesk',
    start: () => TestFreshdesk.start({ limits: { requestsPerMinute: 100_000 } }),
    variables: ({ desk }) => ({ FRESHDESK_API_URL: desk.apiUrl, FRESHDESK_API_KEY: desk.credentials.token }),
    lists: {
      '/automations/1/rules': (body) => bare.parse(body),
      '/automations/4/rules': (body) => bare.parse(body),
    },
    plan: /create {2}ticket creation rule "Tell Deskhand of new tickets" to http:\S+\/webhooks\/freshdesk\n {2}create {2}ticket update rule "Tell/,
    breaks: [
      {
        what: 'the rule for new tickets is switched off',
        breakIt: (change) => change('PUT', '/automations/1/rules', 0, { active: false }),
        words:
          /^the ticket creation rule "Tell Deskhand of new tickets" is switched off: run "deskhand connect freshdesk"$/,
      },
      {
        what: 'it is narrowed to urgent tickets',
        breakIt: (change) =>
          change('PUT', '/automations/1/rules', 0, {
            conditions: [
              {
                ...{ name: 'condition_set_1', match_type: 'all' },
                properties: [{ resource_type: 'ticket', field_name: 'priority', operator: 'in', value: [4] }],
              },
            ],
          }),
        words: /^the ticket creation rule "[^"]*" was changed \(conditions\): run/,
      },
      {
        what: 'the rule for updates is deleted',
        breakIt: (change) => change('DELETE', '/automations/4/rules', 0),
        words: /^the ticket update rule "[^"]*" is gone from Freshdesk: run "[^"]*", it makes a new one$/,
      },
      {
        what: 'it hears of agents instead of customers',
        breakIt: (change) => change('PUT', '/automations/4/rules', 0, { performer: { type: 1 } }),
        words: /^the ticket update rule "[^"]*" was changed \(performer\): run/,
      },
      {
        what: 'it posts elsewhere, with another secret',
        breakIt: (change) =>
          change('PUT', '/automations/4/rules', 0, {
            actions: [
              {
                ...{ field_name: 'trigger_webhook', url: 'https://old.example/hook', request_type: 'POST' },
                ...{ content_type: 'JSON', content_layout: '2', content: { ticket_id: '{{ticket.id}}' } },
                custom_headers: { 'X-Deskhand-Secret': 'somebody-elses' },
              },
            ],
          }),
        words:
          /^the ticket update rule posts to https:\/\/old\.example\/hook, and this Deskhand is at \S+: run "[^"]*"; the ticket update rule "[^"]*" was changed \(secret sent\)/,
      },
      {
        what: 'it does something else than to call',
        breakIt: (change) =>
          change('PUT', '/automations/4/rules', 0, { actions: [{ field_name: 'priority', value: 4 }] }),
        words: /^the ticket update rule posts to undefined, and this Deskhand is at/,
      },
    ],
    renamed: {
      from: 'Tell Deskhand of customers who write',
      to: (change, name) => change('PUT', '/automations/4/rules', 0, { name }),
    },
    refused: {
      route: 'POST /api/v2/automations/4/rules',
      words: /403[^\n]*automation rules need an admin; .*--by-hand" tells\n1 of 2 steps were done: run/,
    },
    seen: 'GET /api/v2/automations/1/rules',
    left: /Views of the ticket list are made by hand[^]*Handed over by Deskhand +Tags: deskhand_handed_off/,
  },
  {
    desk: 'chatwoot',
    start: () => TestChatwoot.start({ botRole: 'administrator', limits: { requestsPerMinute: 100_000 } }),
    variables: ({ desk }) => ({ CHATWOOT_API_URL: desk.apiUrl, CHATWOOT_API_TOKEN: desk.credentials.token }),
    lists: {
      '/webhooks': (body) => z.object({ payload: z.object({ webhooks: bare }) }).parse(body).payload.webhooks,
      '/labels': (body) => z.object({ payload: bare }).parse(body).payload,
    },
    plan: /create {2}webhook "Deskhand" to http:\S+\/webhooks\/chatwoot\n {2}create {2}label "deskhand_answered"\n {2}create {2}label "deskhand_send"\n[^]* {2}create {2}label "deskhand_handed_off"\n {2}create {2}label "deskhand_approval"\n/,
    breaks: [
      {
        what: 'the webhook is deleted',
        breakIt: (change) => change('DELETE', '/webhooks', 0),
        words:
          /^the webhook "Deskhand" is gone from Chatwoot: run "deskhand connect chatwoot", it makes a new one$/,
      },
      {
        what: 'it hears of less',
        breakIt: (change) =>
          change('PATCH', '/webhooks', 0, { webhook: { subscriptions: ['message_created'] } }),
        words: /^the webhook "Deskhand" was changed \(subscriptions\): run/,
      },
      {
        what: 'a label is deleted',
        breakIt: (change) => change('DELETE', '/labels', 1),
        words: /^the label "deskhand_send" is gone from Chatwoot: run/,
      },
      {
        what: 'a label is taken out of the sidebar',
        breakIt: (change) => change('PATCH', '/labels', 4, { label: { show_on_sidebar: false } }),
        words: /^the label "deskhand_\w+" was changed \(shown in the sidebar\): run/,
      },
      {
        what: 'a label is given another title',
        breakIt: (change) => change('PATCH', '/labels', 0, { label: { title: 'ours' } }),
        words:
          /^the label "[^"]*" is gone from Chatwoot: .*; the label "ours" \(\d+\) is left over, since another one takes its place/,
      },
    ],
    renamed: {
      from: 'Deskhand [deskhand:events]',
      to: (change, name) => change('PATCH', '/webhooks', 0, { webhook: { name } }),
    },
    refused: {
      route: 'POST /api/v1/accounts/1/labels',
      words: /403[^\n]*webhooks and labels need an administrator; [^\n]*\n1 of 8 steps were done: run/,
    },
    seen: 'GET /api/v1/accounts/1/webhooks',
    left: /Deskhand's agent must be in each inbox that it shall answer/,
  },
  {
    desk: 'gorgias',
    start: () => TestGorgias.start(),
    variables: ({ desk: { apiUrl, credentials } }) => ({
      ...{ GORGIAS_API_URL: apiUrl, GORGIAS_EMAIL: credentials.email, GORGIAS_API_KEY: credentials.token },
    }),
    lists: {
      '/integrations': (body) => inData.parse(body).filter(({ type }) => type === 'http'),
      '/views': (body) => inData.parse(body),
    },
    plan: /create {2}HTTP integration "Deskhand" to http:\S+\/webhooks\/gorgias\n {2}create {2}view "Handed over by Deskhand"\n/,
    breaks: [
      {
        what: 'the integration is switched off',
        breakIt: (change) =>
          change('PUT', '/integrations', 0, { deactivated_datetime: '2026-11-01T00:00:00+00:00' }),
        words: /^the HTTP integration "Deskhand" is switched off: run "deskhand connect gorgias"$/,
      },
      {
        what: 'the integration is deleted',
        breakIt: (change) => change('DELETE', '/integrations', 0),
        words: /^the HTTP integration "Deskhand" is gone from Gorgias: run "[^"]*", it makes a new one$/,
      },
      {
        what: 'it calls elsewhere, at other times, with another body and no secret',
        breakIt: (change) =>
          change('PUT', '/integrations', 0, {
            http: {
              ...{
                url: 'https://old.example/hook',
                method: 'POST',
                request_content_type: 'application/json',
              },
              ...{ response_content_type: 'application/json', triggers: { 'ticket-updated': true } },
              ...{ headers: {}, form: { id: '{{ticket.id}}' } },
            },
          }),
        words:
          /posts to https:\/\/old\.example\/hook, and .*changed \(form\).*changed \(triggers\).*changed \(secret sent\)/,
      },
      {
        what: 'a view shows something else',
        breakIt: (change) => change('PUT', '/views', 2, { filters: "eq(ticket.status, 'closed')" }),
        words: /^the view "Late, says Deskhand" was changed \(filters\): run/,
      },
      {
        what: 'a view is deleted',
        breakIt: (change) => change('DELETE', '/views', 0),
        words: /^the view "Handed over by Deskhand" is gone from Gorgias: run/,
      },
      {
        what: 'a view is kept for oneself',
        breakIt: (change) => change('PUT', '/views', 0, { visibility: 'private' }),
        words: /^the view "[^"]*" was changed \(visibility\): run/,
      },
    ],
    renamed: {
      from: 'Late, says Deskhand',
      to: (change, name) => change('PUT', '/views', 1, { name }),
    },
    refused: {
      route: 'POST /api/views',
      words: /403[^\n]*integrations and shared views need an admin; [^\n]*\n1 of 4 steps were done: run/,
    },
    seen: 'GET /api/integrations',
    left: /Check it any time: deskhand doctor/,
  },
];
