/** Where people hear of several accounts, each message says whose it is: an outage has no ticket that would. */
import { composeMessage, plainText } from '../../src/notify/message';
import { batchOf, escalation, links, messageOf, outage } from './messages';

test.each([
  [[outage], 'Deskhand, zendesk/acme: outage'],
  [[escalation], 'Deskhand, zendesk/acme: escalation, ticket 35436'],
  [[escalation, outage], 'Deskhand, zendesk/acme: 1 escalation, 1 outage'],
])('the title of message %# names the account', (notices, title) => {
  expect(composeMessage(batchOf(notices), () => links, 'zendesk/acme').title).toBe(title);
});

test('of one account it is as ever, and the words are the same', () => {
  const [one, several] = [
    messageOf([outage]),
    composeMessage(batchOf([outage]), () => links, 'zendesk/acme'),
  ];
  expect(one.title).toBe('Deskhand: outage');
  expect(plainText(several)).toBe(plainText(one));
});
