/** Zendesk's many words for how a ticket came in, and the few that a policy knows. */
import { ticketChannel } from '../../../src/helpdesk/zendesk/ticketChannel';

const via = (channel: string, rel: string | null = null) => ({ channel, source: { rel, from: null } });

test.each([
  ['email', 'email'],
  ['web', 'form'],
  ['help_center', 'form'],
  ['mobile', 'form'],
  ['chat', 'chat'],
  ['native_messaging', 'chat'],
  ['mobile_sdk', 'chat'],
  ['whatsapp', 'messaging'],
  ['sms', 'messaging'],
  ['instagram_dm', 'messaging'],
  ['sunshine_conversations_facebook_messenger', 'messaging'],
  ['voice', 'phone'],
  ['facebook', 'social'],
  ['twitter', 'social'],
  ['api', 'api'],
  ['sample_ticket', 'other'],
  ['any_channel', 'other'],
  ['rule', 'other'],
  ['4', 'other'],
  ['', 'other'],
  ['toString', 'other'],
])('%s is %s', (word, channel) => {
  expect(ticketChannel(via(word))).toBe(channel);
});

test('a page’s private message is no post, and a direct message no tweet', () => {
  expect(ticketChannel(via('facebook', 'message'))).toBe('messaging');
  expect(ticketChannel(via('facebook', 'post'))).toBe('social');
  expect(ticketChannel(via('twitter', 'direct_message'))).toBe('messaging');
  expect(ticketChannel(via('twitter', 'mention'))).toBe('social');
  // Of a mail it says nothing.
  expect(ticketChannel(via('email', 'message'))).toBe('email');
});

test.each([[undefined], [null], [{ channel: 'chat', source: null }], [{ channel: 'chat' }]])(
  'nothing more than %j is needed',
  (given) => {
    expect(ticketChannel(given)).toBe(given ? 'chat' : 'other');
  },
);

test('what goes on by mail is answered by mail, and back again', () => {
  expect(ticketChannel(via('chat'), { channel: 'email' })).toBe('email');
  expect(ticketChannel(via('web'), { channel: 'email' })).toBe('email');
  expect(ticketChannel(via('chat'), { channel: 'chat' })).toBe('chat');
  // Zendesk's own pages and programs take down what was said elsewhere, too.
  expect(ticketChannel(via('chat'), { channel: 'web' })).toBe('chat');
  expect(ticketChannel(via('email'), { channel: 'api' })).toBe('email');
});
