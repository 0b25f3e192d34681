import { requireBearer } from '../bearer';
import type { ApiServer, ServerContext } from '../context';
import { accountFor } from '../accounts';
import { accountQuery, problemDocument, setModeBody, switchedModes } from '../schemas';

const tags = ['modes'];
const security = [{ bearer: [] }];
const usualProblems = { 401: problemDocument, 422: problemDocument, 503: problemDocument };

export function modeRoutes(app: ApiServer, { accounts, modes, apiToken }: ServerContext): void {
  app.addHook('onRequest', (request, _reply, done) => {
    requireBearer(request, apiToken);
    done();
  });

  app.get(
    '/modes',
    {
      schema: {
        tags,
        security,
        summary: 'How the switch of modes stands',
        description:
          "Besides it the policy's own modes hold, and those of tickets: the strictest of all does.",
        querystring: accountQuery,
        response: { 200: switchedModes, 404: problemDocument, ...usualProblems },
      },
    },
    (request) => modes.read(accountFor(accounts, request.query, 'querystring')),
  );

  app.put(
    '/modes',
    {
      schema: {
        tags,
        security,
        summary: 'Switch the mode of an account, or of an intent there',
        description:
          'Holds for all tickets from the answer on, also for what is being written just then. `auto` takes an ' +
          'intent out again.',
        querystring: accountQuery,
        body: setModeBody,
        response: { 200: switchedModes, 404: problemDocument, 409: problemDocument, ...usualProblems },
      },
    },
    (request) => {
      const { mode, by, intent, reason } = request.body;
      return modes.turn(accountFor(accounts, request.query, 'querystring'), {
        mode,
        by,
        ...(intent === undefined ? {} : { intent }),
        ...(reason === undefined ? {} : { reason }),
      });
    },
  );
}
