/** Where notices go: any number of channels at once, no address in the clear, none that is of no use. */
import { describeSettings } from '../../src/config/givenVariables';
import { readSettings, SettingsError } from '../../src/config/settings';
import { openChannels } from '../../src/notify/openChannels';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const slack = 'https://hooks.slack.com/services/T0/B0/s3cret';
const teams =
  'https://prod-1.westeurope.logic.azure.com:443/workflows/w/triggers/manual/paths/invoke?sig=s3cret';

function mistakes(env: Record<string, string>): readonly string[] {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes;
    throw error;
  }
  return [];
}

const namesOf = (env: Record<string, string>) => openChannels(readSettings(env)).map(({ name }) => name);

it('nothing set: no channel, the log only', () => {
  expect(namesOf({})).toEqual([]);
});

it('several of each, all at once', () => {
  const env = {
    DESKHAND_NOTIFY_URL: 'https://ops.example/a http://127.0.0.1:9000/b',
    DESKHAND_NOTIFY_SECRET: secret,
    DESKHAND_NOTIFY_SLACK: `${slack}\n${slack}2`,
    DESKHAND_NOTIFY_TEAMS: teams,
    DESKHAND_NOTIFY_EMAIL: 'lead@shop.example, ops@shop.example',
  };
  expect(namesOf(env)).toEqual(['webhook', 'webhook-2', 'slack', 'slack-2', 'teams', 'email', 'email-2']);
  expect(readSettings(env).notices.key).toEqual(Buffer.alloc(32, 7));
});

it('what they are about can be chosen', () => {
  expect(readSettings({ DESKHAND_NOTIFY_ABOUT: 'outage, hand-off,outage' }).notices.about).toEqual([
    'outage',
    'hand-off',
  ]);
});

it.each([
  [
    'DESKHAND_NOTIFY_URL',
    'http://ops.example/hook',
    'must be https addresses with spaces between; http only for this',
  ],
  ['DESKHAND_NOTIFY_URL', 'http://127.0.0.1.evil.example/', 'must be https addresses'],
  ['DESKHAND_NOTIFY_SLACK', `${slack} ftp://chat.example`, 'must be https addresses'],
  ['DESKHAND_NOTIFY_SLACK', `${slack},${slack}`, 'must be https addresses'],
  ['DESKHAND_NOTIFY_TEAMS', 'teams', 'must be https addresses'],
  [
    'DESKHAND_NOTIFY_TEAMS',
    'https://acme.webhook.office.com/webhookb2/1@2/IncomingWebhook/3/4',
    'must not be of an Office 365 connector, which Microsoft has retired: make a workflow in Teams',
  ],
])('%s=%s is refused, and not shown: it may be a secret', (name, value, why) => {
  const [mistake, ...more] = mistakes({ [name]: value });
  expect(mistake).toContain(`${name} is (a secret, not shown): it ${why}`);
  expect(mistake).not.toContain(value);
  expect(more).toEqual([]);
});

it.each([
  ['DESKHAND_NOTIFY_EMAIL', 'lead', 'must be e-mail addresses'],
  [
    'DESKHAND_NOTIFY_ABOUT',
    'everything',
    'must be some of escalation, approval, deadline, hand-off, failure, outage',
  ],
  ['DESKHAND_NOTIFY_ABOUT', ',', 'must be some of escalation'],
])('%s=%s is refused', (name, value, why) => {
  expect(mistakes({ [name]: value })[0]).toContain(`${name} is ${JSON.stringify(value)}: it ${why}`);
});

it.each([
  '',
  'whsec_',
  'whsec_c2hvcnQ=',
  secret.slice(6),
  `${secret}!`,
  `whsec_${Buffer.alloc(65).toString('base64')}`,
])('the signing secret %j is refused, with the command that makes one', (value) => {
  const env = { DESKHAND_NOTIFY_URL: 'https://ops.example', DESKHAND_NOTIFY_SECRET: value };
  if (value === '') expect(readSettings(env).notices.key).toBeNull();
  else expect(mistakes(env)[0]).toContain('openssl rand -base64 32');
});

it('a secret without a webhook, and mail without a server, are said with their mend', () => {
  expect(mistakes({ DESKHAND_NOTIFY_SECRET: secret })).toEqual([
    'DESKHAND_NOTIFY_SECRET is set, but not where to: set DESKHAND_NOTIFY_URL, or unset it.',
  ]);
  const zendesk = { ZENDESK_API_URL: 'https://acme.zendesk.com/api/v2', ZENDESK_OAUTH_TOKEN: 'token' };
  expect(mistakes({ ...zendesk, DESKHAND_NOTIFY_EMAIL: 'lead@shop.example' })).toEqual([
    'DESKHAND_NOTIFY_EMAIL is set, but not through which server: set DESKHAND_SMTP_URL and DESKHAND_MAIL_FROM, or unset it.',
  ]);
});

it('the demo keeps its notices with its mails', () => {
  expect(namesOf({ DESKHAND_NOTIFY_EMAIL: 'lead@shop.example' })).toEqual(['email']);
});

it('no address of a webhook is ever shown', () => {
  const shown = JSON.stringify(
    describeSettings({
      DESKHAND_NOTIFY_URL: slack,
      DESKHAND_NOTIFY_SLACK: slack,
      DESKHAND_NOTIFY_TEAMS: teams,
    }),
  );
  expect(shown).not.toContain('s3cret');
});
