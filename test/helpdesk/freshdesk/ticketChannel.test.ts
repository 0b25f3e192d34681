/** Freshdesk's numbers for how a ticket came in, and the words that a policy knows. */
import { ticketChannel } from '../../../src/helpdesk/freshdesk/numbers';

test.each([
  ['mail', 1, 'email'],
  ['the portal', 2, 'form'],
  ['a call', 3, 'phone'],
  ['Twitter', 5, 'social'],
  ['Facebook', 6, 'social'],
  ['chat', 7, 'chat'],
  ['the feedback widget', 9, 'form'],
  ['a mail that an agent began', 10, 'email'],
  ['WhatsApp', 13, 'messaging'],
  ['the web chat', 15, 'chat'],
  ['a source of the account’s own', 101, 'other'],
  ['none', null, 'other'],
  ['none at all', undefined, 'other'],
  ['what is no source', 0, 'other'],
])('%s', (_what, source, channel) => {
  expect(ticketChannel(source)).toBe(channel);
});
