/** What the page asks of the desk. Every call throws an Error whose message can be shown to people. */

async function call(method, path, body) {
  const response = await fetch(path, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(problemOf(answer) ?? `The desk answered ${response.status}.`);
  return answer;
}

function problemOf(answer) {
  const detail = Object.values(answer.details ?? {})[0]?.[0]?.description;
  return detail ?? answer.errors?.[0]?.title ?? answer.description ?? answer.error?.message ?? null;
}

export const team = () => call('GET', '/_desk/team');
export const customers = () => call('GET', '/_desk/customers');
export const tickets = () => call('GET', '/_desk/tickets');
export const ticket = (id) => call('GET', `/_desk/tickets/${id}`);
export const openTicket = (fields) => call('POST', '/_desk/customer/tickets', fields);
export const writeAsCustomer = (id, body) => call('POST', `/_desk/customer/tickets/${id}/comments`, { body });
export const rate = (id, rating) => call('POST', `/_desk/customer/tickets/${id}/rating`, rating);
export const actAsAgent = (id, action) => call('POST', `/_desk/agent/tickets/${id}`, action);
