/** Where people hear of several accounts, each message says whose it is: an outage has no ticket that would. */
import { composeMessage, plainText } from '../../src/notify/message';
import { slackBody } from '../../src/notify/slackChannel';
import { teamsBody } from '../../src/notify/teamsChannel';
import { batchOf, escalation, links, messageOf, outage } from './messages';

test.each([
  [[outage], 'Deskhand, zendesk/acme: outage'],
  [[escalation], 'Deskhand, zendesk/acme: escalation, ticket 35436'],
  [[escalation, outage], 'Deskhand, zendesk/acme: 1 escalation, 1 outage'],
])('the title of message %# names the account', (notices, title) => {
  expect(composeMessage(batchOf(notices), () => links, 'zendesk/acme').title).toBe(title);
});

test('each notice says whose it is, the brand too: one that is passed on has lost its title', () => {
  const ofBrand = { ...escalation, brand: 'Acme Outlet' };
  const message = composeMessage(batchOf([ofBrand, outage]), () => links, 'zendesk/acme');
  expect(plainText(message)).toMatch(
    /^Escalation, Acme Outlet, zendesk\/acme: Ticket 35436: .*\n\nOutage, zendesk\/acme: The desk /s,
  );
  const slack = JSON.stringify(slackBody(message));
  expect(slack).toContain('*Escalation, Acme Outlet, zendesk/acme:* Ticket 35436: ');
  expect(teamsBody(message)).toContain('Outage, zendesk/acme: ');
});

test('of one account it is as ever; a brand is named there, too', () => {
  const one = messageOf([outage]);
  expect(one).toMatchObject({ title: 'Deskhand: outage', account: null });
  expect(plainText(one)).toMatch(/^Outage: The desk /);
  expect(plainText(messageOf([{ ...escalation, brand: 'Acme' }]))).toMatch(/^Escalation, Acme: Ticket 35436/);
});
