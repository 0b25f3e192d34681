/** Who may import whom. The rooms are explained in CONTRIBUTING.md. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^(src|workflows|activities)/', pathNot: allowed },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    only('core-is-pure', '^src/core/', '^src/core/', 'The core imports nothing but itself.'),
    {
      name: 'core-without-packages',
      comment: 'Neither Temporal nor I/O nor any library in the core: it must run the same everywhere.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'] },
    },
    only('contracts-know-the-core', '^src/contracts/', '^src/(core|contracts)/'),
    only(
      'workflows-are-thin',
      '^workflows/',
      '^(workflows/|src/core/|src/contracts/(messages|parse|priorities|searchAttributes)|activities/types)',
    ),
    only(
      'helpdesk-behind-its-port',
      '^src/helpdesk/(?!openHelpdesk)',
      '^src/(core|contracts|helpdesk|log|remote|config/variableTypes)',
    ),
    {
      name: 'a-desk-is-described-without-its-adapter',
      comment: 'What every command loads to read settings: neither adapters nor doubles nor HTTP.',
      severity: 'error',
      from: { path: '^src/helpdesk/(desk(Names|Kind|Kinds)[.]ts|[^/]+/(kind|webhook)[.]ts)$' },
      to: {
        path: '^src/(remote|log)/|^src/helpdesk/(embedded/|stepwise/|openHelpdesk|[^/]+/(http|create[A-Z]))',
        dependencyTypesNot: ['type-only'],
      },
    },
    only(
      'opening-a-desk-reads-settings',
      '^src/helpdesk/openHelpdesk',
      '^src/(core|contracts|helpdesk|config|remote/budget)',
    ),
    only(
      'classify-behind-its-port',
      '^src/classify/',
      '^src/(core|contracts|classify|remote/(failures|outages))',
    ),
    only('remote-knows-nobody', '^src/remote/', '^src/(core|remote|log)/'),
    only('orders-behind-their-port', '^src/orders/(?!openShop)', '^src/(core|contracts|orders|remote|log)/'),
    only('opening-a-shop-reads-settings', '^src/orders/openShop', '^src/(core|contracts|orders|config)'),
    only(
      'policy-sees-core-and-orders',
      '^src/policy/',
      '^src/(core|contracts|policy|(classify|mail)/port|orders/(port|fits|standing))',
    ),
    only(
      'scenarios-run-the-core-in-memory',
      '^src/scenarios/',
      '^src/(core|contracts|policy|scenarios|classify/(port|reading)|mail/(port|mailedCodes)|orders/(port|keptShop|allowances|actAsApproved))',
    ),
    only('mail-behind-its-port', '^src/mail/(?!openMailer)', '^src/(core|contracts|mail|remote|log)/'),
    only('opening-a-mailer-reads-settings', '^src/mail/openMailer', '^src/(mail|config|remote|core)/'),
    only(
      'notify-behind-its-port',
      '^src/notify/(?!openChannels)',
      '^src/(core|contracts|notify|log|remote|mail/port)',
    ),
    only(
      'opening-channels-reads-settings',
      '^src/notify/openChannels',
      '^src/(notify|config|mail/(port|openMailer))',
    ),
    only(
      'activities-use-ports',
      '^activities/',
      '^(activities/|src/(core|contracts|log)|src/(helpdesk|classify|mail|orders|policy|notify)/port|src/orders/actAsApproved|src/classify/reading)',
    ),
    only(
      'server-talks-to-temporal-only',
      '^src/server/',
      '^src/(server|core|contracts|config|log|helpdesk/(desk(Names|Kinds)|ticketIds|webhooks/webhookReading)|temporal/(connection|hintTicket|modeSwitch|pollHealth)|remote/failures)',
    ),
    only(
      'config-reads-the-environment',
      '^src/config/',
      '^src/(core|contracts|config|helpdesk/desk(Names|Kind|Kinds)[.]ts$|policy/(policyError|load/(policyFiles|schemaCheck|utf8))[.]ts$)',
    ),
    only('log-knows-nobody', '^src/log/', '^src/(core|contracts|log)/'),
    {
      name: 'tests-stay-outside',
      severity: 'error',
      from: { path: '^(src|workflows|activities)/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'not-to-dev-dep',
      severity: 'error',
      from: { path: '^(src|workflows|activities)/' },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
