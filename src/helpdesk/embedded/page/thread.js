/** Draws tickets. What people wrote only ever becomes text, never markup. */

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

export function ticketRow(ticket, isOpen) {
  const owner = ticket.assignee ?? ticket.group ?? 'nobody yet';
  return element(
    'li',
    {},
    element(
      'a',
      { href: `#/tickets/${ticket.id}`, ...(isOpen ? { 'aria-current': 'page' } : {}) },
      element('span', { class: 'row-subject' }, `#${ticket.id} ${ticket.subject || '(no subject)'}`),
      element('span', { class: `status ${ticket.status}` }, ticket.status),
      element('span', { class: 'row-people' }, `${ticket.requester} · ${owner}`),
    ),
  );
}

export function facts(ticket) {
  const shown = [
    ['Status', ticket.status],
    ['Requester', ticket.requester],
    ['Assignee', ticket.assignee ?? 'nobody'],
    ['Group', ticket.group ?? 'none'],
    ['Priority', ticket.priority ?? 'none'],
    ['Tags', ticket.tags.join(', ') || 'none'],
    ['Rating', ratingText(ticket.rating)],
  ];
  return shown.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value)));
}

function ratingText(rating) {
  if (rating === null) return 'none';
  return rating.comment === null ? rating.score : `${rating.score}: ${rating.comment}`;
}

export function commentItem(comment) {
  const kind = comment.public ? (comment.staff ? 'reply' : 'customer') : 'note';
  const label = { reply: 'public reply', customer: 'customer', note: 'internal note' }[kind];
  return element(
    'li',
    { class: `comment ${kind}`, 'data-id': String(comment.id) },
    element(
      'p',
      { class: 'by' },
      element('strong', {}, comment.author),
      element('span', { class: 'kind' }, label),
      element(
        'time',
        { datetime: comment.at },
        new Date(comment.at).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' }),
      ),
    ),
    element('p', { class: 'text', dir: 'auto' }, comment.text),
    comment.attachments.length === 0
      ? null
      : element('p', { class: 'attachments' }, `Attached: ${comment.attachments.join(', ')}`),
  );
}
