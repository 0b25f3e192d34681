/** The desk's page: a list of tickets, one ticket, and both kept up to date by server-sent events. */
import * as calls from './calls.js';
import { commentItem, element, facts, ticketRow } from './thread.js';

const at = (id) => document.getElementById(id);
const agentForm = at('agent-form');
const newTicketForm = at('new-ticket-form');

function openId() {
  return /^#\/tickets\/(\d+)$/.exec(location.hash)?.[1] ?? null;
}

/** `about` is `form` or `desk`: what the reader did wrong stays while the desk refreshes, and the other way round. */
async function attempt(about, work) {
  try {
    await work();
    takeBack(about);
  } catch (error) {
    at('notice').textContent = error.message;
    at('notice').dataset.about = about;
    at('notice').hidden = false;
  }
}

function takeBack(about) {
  if (at('notice').dataset.about === about) at('notice').hidden = true;
}

async function showList() {
  const { tickets } = await calls.tickets();
  at('no-tickets').hidden = tickets.length > 0;
  at('tickets').replaceChildren(
    ...tickets.map((ticket) => ticketRow(ticket, String(ticket.id) === openId())),
  );
}

async function showTicket() {
  const id = openId();
  const found = id === null ? null : await calls.ticket(id).catch((error) => error);
  if (openId() !== id) return; // Another one was opened meanwhile.
  const isShown = found !== null && !(found instanceof Error);
  document.body.classList.toggle('one-ticket', isShown);
  at('ticket').hidden = !isShown;
  at('no-ticket').hidden = isShown;
  if (!isShown) document.title = 'Embedded desk';
  if (found instanceof Error) throw new Error(`Ticket #${id} cannot be shown: ${found.message}`);
  if (found === null) return;
  const { ticket, comments } = found;
  document.title = `#${id} ${ticket.subject}`;
  at('subject').textContent = `#${id} ${ticket.subject || '(no subject)'}`;
  at('facts').replaceChildren(...facts(ticket));
  at('closed').hidden = ticket.status !== 'closed';
  agentForm.hidden = ticket.status === 'closed';
  at('rating-form').hidden = !ticket.ratable;
  const thread = at('thread');
  if (thread.dataset.ticket !== id) thread.replaceChildren();
  thread.dataset.ticket = id;
  const shown = new Set([...thread.children].map((item) => item.dataset.id));
  // Comments never change, so only new ones are added: a screen reader hears these, not the whole thread again.
  thread.append(...comments.filter((comment) => !shown.has(String(comment.id))).map(commentItem));
}

const refresh = () => attempt('desk', () => Promise.all([showList(), showTicket()]));

async function fillTeam() {
  const { agents, groups } = await calls.team();
  const people = agents.map(({ id, name }) => element('option', { value: String(id) }, name));
  // The first of the team is the bot's own user; a person is the better start.
  agentForm.elements.agent.replaceChildren(...people.slice(1), ...people.slice(0, 1));
  agentForm.elements.assign.replaceChildren(
    ...groups.map(({ id, name }) => element('option', { value: `group ${id}` }, `Group: ${name}`)),
    ...agents.map(({ id, name }) => element('option', { value: `agent ${id}` }, name)),
    element('option', { value: 'nobody' }, 'Nobody'),
  );
}

/** Who has orders in the demo shop; anybody else may write too. */
async function fillCustomers() {
  const { customers } = await calls.customers();
  at('demo-customers').hidden = customers.length === 0;
  newTicketForm.elements.customer.append(
    ...customers.map(({ name, email, orders }) => {
      const data = { value: email, 'data-name': name };
      return element('option', data, `${name}: ${orders}`);
    }),
  );
}

function agentAction(chosen, fields) {
  const agentId = Number(fields.get('agent'));
  const body = String(fields.get('body') ?? '').trim();
  const comment = body === '' ? {} : { comment: { body, public: chosen !== 'note' } };
  const [kind, target] = String(fields.get('assign')).split(' ');
  switch (chosen) {
    case 'take-over':
      return { agentId, assigneeId: agentId };
    case 'assign':
      if (kind === 'nobody') return { agentId, assigneeId: null };
      return { agentId, [kind === 'group' ? 'groupId' : 'assigneeId']: Number(target) };
    case 'solved':
    case 'closed':
      return { agentId, status: chosen, ...comment };
    default:
      if (body === '') throw new Error('Write something first.');
      return { agentId, ...comment };
  }
}

newTicketForm.elements.customer.addEventListener('change', () => {
  const { name, email, customer } = newTicketForm.elements;
  name.value = customer.selectedOptions[0].dataset.name ?? '';
  email.value = customer.value;
});
for (const field of ['name', 'email']) {
  newTicketForm.elements[field].addEventListener('input', () => {
    newTicketForm.elements.customer.value = '';
  });
}

newTicketForm.addEventListener('submit', (event) => {
  event.preventDefault();
  attempt('form', async () => {
    const fields = new FormData(newTicketForm);
    fields.delete('customer');
    const { ticketId } = await calls.openTicket(Object.fromEntries(fields));
    newTicketForm.reset();
    at('new-ticket').open = false;
    location.hash = `#/tickets/${ticketId}`;
  });
});

at('customer-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target;
  attempt('form', async () => {
    const { ticketId } = await calls.writeAsCustomer(openId(), String(new FormData(form).get('body')));
    form.reset();
    // A closed ticket is answered by a new one.
    location.hash = `#/tickets/${ticketId}`;
  });
});

at('rating-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target;
  const score = event.submitter?.value ?? 'good';
  attempt('form', async () => {
    await calls.rate(openId(), { score, comment: form.elements.comment.value });
    form.reset();
  });
});

agentForm.addEventListener('submit', (event) => {
  event.preventDefault();
  const chosen = event.submitter?.value ?? 'public';
  attempt('form', async () => {
    await calls.actAsAgent(openId(), agentAction(chosen, new FormData(agentForm)));
    if (chosen !== 'assign' && chosen !== 'take-over') agentForm.elements.body.value = '';
  });
});

at('tag-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target;
  const adds = event.submitter?.value !== 'remove';
  attempt('form', async () => {
    const id = openId();
    const tag = form.elements.tag.value.trim();
    // The desk takes all tags of a ticket at once, so they are read right before.
    const { tags } = (await calls.ticket(id)).ticket;
    const others = tags.filter((known) => known !== tag);
    await calls.actAsAgent(id, {
      agentId: Number(agentForm.elements.agent.value),
      tags: adds ? [...others, tag] : others,
    });
    form.reset();
  });
});

addEventListener('input', () => takeBack('form'));

// Who reads by keyboard or by ear starts at the heading of what has just opened.
addEventListener('hashchange', async () => {
  takeBack('form');
  await refresh();
  at(at('ticket').hidden ? 'list-title' : 'subject').focus();
});
const updates = new EventSource('/_desk/events');
updates.addEventListener('open', refresh); // Also after the connection was lost: something may have been missed.
updates.addEventListener('ticket', refresh);
await attempt('desk', () => Promise.all([fillTeam(), fillCustomers()]));
