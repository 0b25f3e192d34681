/**
 * The embedded Freshdesk: its API v2 as its documents describe it, for trying Deskhand out without an account and for
 * testing against something that forgives nothing. It keeps its tickets in a folder, breaks on demand, and has a page
 * for people.
 */
import { alsoCalling } from '../common/alsoCalling';
import { ApiError } from '../common/apiError';
import { deskFolder } from '../common/credentials';
import { botIn } from '../common/demoTeam';
import { RecordStore } from '../common/recordStore';
import { runEmbedded, type EmbeddedOptions, type RunningEmbedded } from '../common/runEmbedded';
import { internalError, notFound } from './apiErrors';
import { automationRoutes } from './automationRoutes';
import { freshdeskLimits, type FreshdeskContext, type FreshdeskLimits } from './context';
import { conversationRoutes } from './conversationRoutes';
import { fieldRoutes } from './fieldRoutes';
import type { Sanitizer } from './messageBody';
import { freshdeskPage } from './deskPage';
import { callsOfRules } from './madeRules';
import { peopleRoutes } from './peopleRoutes';
import { emptyTables } from './records';
import { ruleCalls, type RuleOptions } from './ruleCalls';
import { seedDesk } from './seed';
import { ticketRoutes } from './ticketRoutes';
import { requireKey, wireApi } from './wire';

export interface EmbeddedFreshdeskOptions extends EmbeddedOptions<FreshdeskLimits> {
  readonly rule?: RuleOptions;
  readonly sanitizer?: Sanitizer;
}

/**
 * @throws DeskStoreError when another process uses the folder, or it is damaged or not writable;
 * DeskCredentialsError for a broken credentials file; Node's error when the port is taken (EADDRINUSE).
 */
export async function startEmbeddedFreshdesk(options: EmbeddedFreshdeskOptions): Promise<RunningEmbedded> {
  const tables = emptyTables();
  const store = await RecordStore.open(deskFolder(options.stateDir, 'freshdesk'), Object.values(tables));
  return runEmbedded(options, {
    ...{ kind: 'freshdesk', apiPath: '/api/v2', store },
    make: async ({ clock, token, targetOf, onLost, changeWith }) => {
      await seedDesk(store, tables, clock());
      const ofStart = ruleCalls(store, tables, targetOf(options.webhook), options.rule, onLost);
      const calls = alsoCalling(ofStart, (written) => callsOfRules(tables, written), onLost);
      const desk: FreshdeskContext = {
        ...{ tables, clock, limits: { ...freshdeskLimits, ...options.limits } },
        sanitizer: options.sanitizer ?? 'keeps-classes',
        change: changeWith(calls, ({ ticket }) => ticket.id),
      };
      const me = () => botIn(tables.people.records.values());
      return {
        ...{ calls, change: desk.change, page: freshdeskPage(desk), bodyBytes: desk.limits.bodyBytes },
        refusals: {
          ...{ internalError, notFound },
          refused: (status, message) => new ApiError(status, { code: 'invalid_request', message }),
        },
        apiRoutes: (app) => {
          wireApi(app, desk, token);
          ticketRoutes(app, desk, me);
          conversationRoutes(app, desk, me);
          peopleRoutes(app, desk, me);
          automationRoutes(app, { tables, store, clock });
          fieldRoutes(app, { tables, store });
        },
        requireKey: (request) => requireKey(request, token),
      };
    },
  });
}
