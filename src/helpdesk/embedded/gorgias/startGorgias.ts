/**
 * The embedded Gorgias: its REST API as developers.gorgias.com describes it, for trying Deskhand out without an account
 * and for testing against something that forgives nothing. It keeps its tickets in a folder, breaks on demand, and has a
 * page for people.
 *
 * Documented: the objects, their names and which of them may be null; what a list can be ordered and filtered by; the
 * cursors, though not what is in them; what a message needs when it goes out, comes in, or is a note; that `external_id` is
 * kept and not used; that snoozed is closed for a while; the limits with their headers; the statuses of errors; the
 * integration's placeholders, headers and triggers.
 *
 * Inferred: user 0 is whose key it is, an update is answered 202, a list of `custom_fields` replaces, times have an offset
 * (connectors on GitHub: benpalmer1/Gorgias-MCP-Server, the sample events of PipedreamHQ/pipedream); `{msg, data}` within
 * an error (both); a customer's message ends the snoozing, rules leave `rule_id`, and what an e-mail's `source` must be
 * (docs.gorgias.com, in words for agents). What has neither stands beside its code.
 */
import { alsoCalling } from '../common/alsoCalling';
import { deskFolder } from '../common/credentials';
import { botEmail, botIn } from '../common/demoTeam';
import { RecordStore } from '../common/recordStore';
import { runEmbedded, type EmbeddedOptions, type RunningEmbedded } from '../common/runEmbedded';
import { accountRoutes } from './accountRoutes';
import { internalError, notFound, refusedBy } from './apiErrors';
import { gorgiasLimits, type GorgiasContext, type GorgiasLimits } from './context';
import { gorgiasPage } from './deskPage';
import { callsOfIntegrations, integrationCalls, type IntegrationOptions } from './integrationCalls';
import { messageRoutes } from './messageRoutes';
import { emptyTables } from './records';
import { seedDesk } from './seed';
import { customFieldRoutes } from './customFieldRoutes';
import { setupRoutes } from './setupRoutes';
import { ticketRoutes } from './ticketRoutes';
import { requireKey, wireApi } from './wire';

export interface EmbeddedGorgiasOptions extends EmbeddedOptions<GorgiasLimits> {
  readonly integration?: Partial<IntegrationOptions>;
}

/**
 * @throws DeskStoreError when another process uses the folder, or it is damaged or not writable;
 * DeskCredentialsError for a broken credentials file; Node's error when the port is taken (EADDRINUSE).
 */
export async function startEmbeddedGorgias(options: EmbeddedGorgiasOptions): Promise<RunningEmbedded> {
  const tables = emptyTables();
  const store = await RecordStore.open(deskFolder(options.stateDir, 'gorgias'), Object.values(tables));
  return runEmbedded(options, {
    ...{ kind: 'gorgias', apiPath: '/api', store },
    make: async ({ clock, token, targetOf, onLost, changeWith }) => {
      await seedDesk(store, tables, clock());
      const called = targetOf(options.webhook);
      const ofStart = integrationCalls(store, { tables, clock }, called, options.integration, onLost);
      const calls = alsoCalling(
        ofStart,
        (written) => callsOfIntegrations({ tables, clock }, written),
        onLost,
      );
      const desk: GorgiasContext = {
        ...{ tables, clock, limits: { ...gorgiasLimits, ...options.limits } },
        me: () => botIn(tables.users.records.values()),
        change: changeWith(calls, ({ ticket }) => ticket.id),
      };
      const key = { email: botEmail, apiKey: token };
      return {
        ...{ calls, change: desk.change, page: gorgiasPage(desk), bodyBytes: desk.limits.bodyBytes },
        refusals: { internalError, notFound: () => notFound('Resource'), refused: refusedBy },
        apiRoutes: (app) => {
          wireApi(app, desk, key);
          ticketRoutes(app, desk);
          messageRoutes(app, desk);
          accountRoutes(app, desk);
          setupRoutes(app, { tables, store, clock });
          customFieldRoutes(app, { tables, store });
        },
        requireKey: (request) => requireKey(request, key),
      };
    },
  });
}
