/** A way to ask that keeps within an account's budget. */
import type { RemoteHttp } from '../http';
import type { RequestBudget } from './requestBudget';

/** @param budget - undefined: none holds. */
export function withinBudget(
  remote: string,
  send: RemoteHttp,
  budget: RequestBudget | undefined,
): RemoteHttp {
  if (budget === undefined) return send;
  return async (request, signal) => {
    await budget.admit(remote, request, signal);
    let response: Awaited<ReturnType<RemoteHttp>> | null = null;
    try {
      response = await send(request, signal);
      return response;
    } finally {
      budget.ended(request, response);
    }
  };
}
