/** The file of accounts: what it means, and what is said of every mistake in it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { deskNames } from '../../src/helpdesk/deskNames';
import { accountsMeant, readEngineSettings, readSettings, SettingsError } from '../../src/config/settings';

const listed = deskNames
  .map((name) => `"${name}"`)
  .join(', ')
  .replace(/, ([^,]*)$/, ' or $1');

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'deskhand-accounts-'));
  file = path.join(folder, 'accounts.yaml');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const secrets = {
  ACME_TOKEN: 'token-of-acme',
  ACME_WEBHOOKS: 'signing-secret-of-acme',
  BRAVO_KEY: 'key-of-bravo',
};

const two = `
accounts:
  - name: acme
    desk: zendesk
    address: https://acme.zendesk.com/api/v2/
    email: bot@acme.example
    token: { env: ACME_TOKEN }
    webhookSecret: { env: ACME_WEBHOOKS }
    requestsPerMinute: 700
    companyAddresses: [Care@Acme.example]
    pollSeconds: 20
    policy: policies/acme
    brands: { Acme Kids: policies/kids }
    shop: { shopify: acme, accessToken: { file: secrets/shopify } }
  - name: bravo
    desk: freshdesk
    address: https://bravo.freshdesk.com/api/v2
    apiKey: { env: BRAVO_KEY }
`;

function read(text: string, env: Record<string, string> = {}) {
  writeFileSync(file, text);
  return readEngineSettings({ DESKHAND_ACCOUNTS: file, DESKHAND_STATE_DIR: folder, ...secrets, ...env });
}

function mistakesIn(text: string, env: Record<string, string> = {}): readonly string[] {
  try {
    read(text, env);
    return [];
  } catch (error) {
    if (error instanceof SettingsError)
      return error.mistakes.map((mistake) => mistake.replaceAll(`${folder}/`, ''));
    throw error;
  }
}

/** One Zendesk account, with these lines in place of those of the same key; null leaves one out. */
function account(changes: Readonly<Record<string, string | null>> = {}): string {
  const lines: Record<string, string | null> = {
    name: 'acme',
    desk: 'zendesk',
    address: 'https://acme.zendesk.com/api/v2',
    email: 'bot@acme.example',
    token: '{ env: ACME_TOKEN }',
    ...changes,
  };
  const written = Object.entries(lines).flatMap(([key, value]) =>
    value === null ? [] : [`    ${key}: ${value}`],
  );
  return `accounts:\n  - ${written.join('\n').trimStart()}\n`;
}

describe('what it means', () => {
  test('accounts with one shop count together what its customers are given', () => {
    const shop = (name: string, address: string) => `
  - name: ${name}
    desk: zendesk
    address: https://${name}.zendesk.com/api/v2
    email: bot@acme.example
    token: { env: ACME_TOKEN }
    shop: { address: ${address}, token: { env: BRAVO_KEY } }`;
    const { accounts } = read(
      `accounts:${shop('eu', 'https://shop.example/api')}${shop('other', 'https://other.example/api')}${shop(
        'us',
        'https://SHOP.example:443/api',
      )}`,
    );
    expect(accounts.map(({ account, ledgers }) => [account, ledgers])).toEqual([
      ['eu', { desk: 'zendesk', account: 'eu' }],
      ['other', { desk: 'zendesk', account: 'other' }],
      ['us', { desk: 'zendesk', account: 'eu' }],
    ]);
  });

  test('each account with what is its own, and the rest as it is set for all', () => {
    mkdirSync(path.join(folder, 'secrets'));
    writeFileSync(path.join(folder, 'secrets/shopify'), 'shpat_0123456789abcdef\n');
    const { accounts } = read(two, { DESKHAND_POLL_SECONDS: '90', DESKHAND_POLICY: '/etc/policy' });
    expect(accounts).toHaveLength(2);
    expect(accounts[0]).toMatchObject({
      account: 'acme',
      desk: {
        kind: 'zendesk',
        apiUrl: 'https://acme.zendesk.com/api/v2',
        auth: { type: 'api-token', email: 'bot@acme.example', token: 'token-of-acme' },
      },
      webhookSecret: 'signing-secret-of-acme',
      deskRequestsPerMinute: 700,
      companyAddresses: ['care@acme.example'],
      pollSeconds: 20,
      policyDir: path.join(folder, 'policies/acme'),
      policyStoreDir: path.join(folder, 'policies/accounts/zendesk-acme'),
      brands: { 'Acme Kids': path.join(folder, 'policies/kids') },
      shop: {
        kind: 'shopify',
        storeUrl: 'https://acme.myshopify.com',
        accessToken: 'shpat_0123456789abcdef',
      },
      mail: null,
    });
    expect(accounts[1]).toMatchObject({
      account: 'bravo',
      desk: { kind: 'freshdesk', apiUrl: 'https://bravo.freshdesk.com/api/v2', apiKey: 'key-of-bravo' },
      webhookSecret: null,
      deskRequestsPerMinute: 100,
      companyAddresses: [],
      pollSeconds: 90,
      policyDir: '/etc/policy',
      policyStoreDir: path.join(folder, 'policies'),
      brands: {},
      shop: { kind: 'demo' },
    });
  });
});

test('the file of the docs is one', () => {
  const page = readFileSync(path.resolve('docs/accounts.md'), 'utf8');
  const [, example = ''] = /```yaml\n([^]*?)```/.exec(page) ?? [];
  for (const name of ['bravo-key', 'bravo-webhook', 'bravo-shop']) {
    writeFileSync(path.join(folder, name), 'a-secret-of-enough-characters');
  }
  const env = { ACME_WEBHOOK_SECRET: 'signing-secret' };
  const { accounts, warnings } = read(example.replaceAll('/run/secrets/', `${folder}/`), env);
  expect(accounts.map(({ desk, account: name }) => `${desk.kind}/${name}`)).toEqual([
    'zendesk/acme',
    'freshdesk/bravo',
  ]);
  expect(warnings).toEqual([]);
});

describe('which account a command is about', () => {
  const both = `${account()}  - name: acme\n    desk: freshdesk\n    address: https://acme.freshdesk.com/api/v2\n    apiKey: { env: BRAVO_KEY }\n`;
  const choose = (wanted?: string) => {
    writeFileSync(file, both);
    const { desk, account: name } = readSettings({
      ...secrets,
      DESKHAND_ACCOUNTS: file,
      ...(wanted === undefined ? {} : { DESKHAND_ACCOUNT: wanted }),
    });
    return `${desk.kind}/${name}`;
  };

  test.each(['zendesk/acme', ' freshdesk/acme '])('%s is that one', (wanted) => {
    expect(choose(wanted)).toBe(wanted.trim());
  });

  test('a name that is enough is enough', () => {
    writeFileSync(file, two.replace(/\n {4}shop:.*\n/, '\n'));
    const env = { ...secrets, DESKHAND_ACCOUNTS: file, DESKHAND_ACCOUNT: 'bravo' };
    expect(readSettings(env)).toMatchObject({ account: 'bravo', accountsFile: file });
    expect(accountsMeant(readEngineSettings(env), env)).toHaveLength(1);
    expect(accountsMeant(readEngineSettings(env), {})).toHaveLength(2);
  });

  test.each([
    [undefined, 'Several accounts are served: name one with --account, of zendesk/acme, freshdesk/acme.'],
    ['acme', '"acme" is the name of several accounts: name one in full, of zendesk/acme, freshdesk/acme.'],
    [
      'zendesk/acm',
      'There is no account "zendesk/acm". Did you mean "zendesk/acme"? There is zendesk/acme, freshdesk/acme.',
    ],
    ['gorgias/other', 'There is no account "gorgias/other". There is zendesk/acme, freshdesk/acme.'],
  ])('%s: which there are is said', (wanted, message) => {
    expect(() => choose(wanted)).toThrow(message);
  });
});

describe('mistakes are told with their place and their mend', () => {
  test('a file of its own is right', () => {
    expect(mistakesIn(account())).toEqual([]);
  });

  test.each<[string, string, string]>([
    [
      'no list',
      'accounts: acme\n',
      'accounts.yaml:1:11 accounts: is "acme", but it must be a list, with "- " before each entry.',
    ],
    ['nothing', '', 'accounts.yaml:1:1 the file: is empty, but it must be a group of "name: value" lines.'],
    [
      'no account',
      'accounts: []\n',
      'accounts.yaml:1:11 accounts: is a list, but it must have at least 1 entries.',
    ],
    [
      'a tab',
      'accounts:\n\t- name: acme\n',
      'accounts.yaml:2:1 is indented with a tab. YAML allows only spaces: replace the tab by two spaces.',
    ],
    [
      'a second key beside',
      `${account()}policy: policies/acme\n`,
      'accounts.yaml:7:9 "policy" is not read here. The file has the key "accounts" alone.',
    ],
    [
      'an unknown desk',
      account({ desk: 'kayako' }),
      `accounts.yaml:3:11 accounts, entry 1, desk: is "kayako", but allowed is ${listed}.`,
    ],
    [
      'no desk',
      account({ desk: null }),
      `accounts.yaml:2:5 accounts, entry 1, desk: is missing, but allowed is ${listed}.`,
    ],
    [
      'a name that breaks ids',
      account({ name: 'Acme:EU' }),
      'accounts.yaml:2:11 accounts, entry 1, name: is "Acme:EU", but it must be 1 to 63 small letters, digits, dots or dashes, such as acme-eu.',
    ],
    [
      'an unknown key',
      account({ pollSecond: '5' }),
      'accounts.yaml:7:5 has the unknown key "pollSecond". Allowed: KEYS. Did you mean "pollSeconds"?',
    ],
    [
      "another desk's key",
      account({ apiKey: '{ env: BRAVO_KEY }' }),
      'accounts.yaml:7:5 has the unknown key "apiKey". Allowed: KEYS.',
    ],
    ['no address', account({ address: null }), 'accounts.yaml:2:5 address: is missing, but it must be text.'],
    [
      'no web address',
      account({ address: 'acme' }),
      'accounts.yaml:4:14 address: is "acme", but it must be an http or https address.',
    ],
    [
      'no e-mail address',
      account({ email: 'bot' }),
      'accounts.yaml:5:12 email: is "bot", but it must be an e-mail address.',
    ],
    [
      'nobody who signs in',
      account({ email: null, token: null }),
      'accounts.yaml:2:5 does not say who signs in: give email and token (Admin Center > Apps and integrations > APIs), or oauthToken.',
    ],
    [
      'half of who signs in',
      account({ email: null }),
      'accounts.yaml:2:5 does not say who signs in: give email (Admin Center > Apps and integrations > APIs), or oauthToken.',
    ],
    [
      'too many requests',
      account({ requestsPerMinute: '0' }),
      'accounts.yaml:7:24 requestsPerMinute: is 0, but it must be at least 1.',
    ],
    [
      'half a second',
      account({ pollSeconds: '0.5' }),
      'accounts.yaml:7:18 pollSeconds: is 0.5, but it must be a whole number.',
    ],
    [
      'addresses that are none',
      account({ companyAddresses: '[care]' }),
      'accounts.yaml:7:24 companyAddresses, entry 1: is "care", but it must be an e-mail address.',
    ],
    [
      'a brand without a folder',
      account({ brands: '{ Kids: }' }),
      'accounts.yaml:7:21 brands.Kids: is empty, but it must be text.',
    ],
    [
      'a shop of no kind',
      account({ shop: '{ token: { env: ACME_TOKEN } }' }),
      'accounts.yaml:7:11 shop must have "shopify" or "address": the shop at Shopify, or your own behind the contract of docs/orders.md.',
    ],
    [
      'a shop of both kinds',
      account({ shop: '{ shopify: acme, address: https://shop.example }' }),
      'accounts.yaml:7:11 shop must have "shopify" or "address": the shop at Shopify, or your own behind the contract of docs/orders.md.',
    ],
    [
      'a shop nobody signs in to',
      account({ shop: '{ shopify: acme }' }),
      'accounts.yaml:7:11 shop does not say how to sign in: give "accessToken", a reference such as { env: ACME_SHOP_TOKEN }.',
    ],
    [
      "another shop's token",
      account({ shop: '{ address: https://shop.example, accessToken: { env: ACME_TOKEN } }' }),
      'accounts.yaml:7:57 shop.accessToken belongs to a shop at Shopify. Remove it.',
    ],
  ])('%s', (_what, text, mistake) => {
    const keys = /Allowed: [^.]*\./;
    expect(mistakesIn(text).map((one) => one.replace(keys, 'Allowed: KEYS.'))).toEqual([mistake]);
  });

  test('two accounts of one name, and two names of one account', () => {
    const second = (name: string, address: string) =>
      `  - name: ${name}\n    desk: zendesk\n    address: ${address}\n    oauthToken: { env: ACME_TOKEN }\n`;
    expect(mistakesIn(account() + second('acme', 'https://other.zendesk.com/api/v2'))).toEqual([
      'accounts.yaml:7:11 "acme" is the name of entry 1, which is of zendesk, too. Give each account of a desk a name of its own.',
    ]);
    for (const again of ['https://acme.zendesk.com/api/v2/', 'http://Acme.zendesk.com:80/api/v2']) {
      expect(mistakesIn(account() + second('again', again))).toEqual([
        'accounts.yaml:9:14 is the address of "acme", too. One account is served once; brands of it have policies by "brands".',
      ]);
    }
  });

  test('a brand that is named twice: nobody knows by which policy it goes', () => {
    expect(mistakesIn(account({ brands: '{ Kids: a, " KIDS": b }' }))).toEqual([
      'accounts.yaml:7:13 brands must name each brand once; " KIDS" is there twice.',
    ]);
  });

  test('two policies of brands that would be called the same, whichever accounts they are of', () => {
    const brandsOf = (folder: string) => `    brands: { Kids: ${folder} }\n`;
    const other = `  - name: other\n    desk: zendesk\n    address: https://other.zendesk.com/api/v2\n    oauthToken: { env: ACME_TOKEN }\n`;
    expect(mistakesIn(account() + brandsOf('acme/kids') + other + brandsOf('other/kids'))).toEqual([
      expect.stringMatching(
        /^accounts\.yaml:2:3 the brands of all accounts must not name two folders "kids"/,
      ),
    ]);
    expect(mistakesIn(account() + brandsOf('kids') + other + brandsOf('kids'))).toEqual([]);
  });

  test('all of them are told at once', () => {
    const found = mistakesIn(
      `${account({ email: 'bot' })}  - name: bravo\n    desk: freshdesk\n    address: nowhere\n`,
    );
    expect(found).toHaveLength(2);
  });

  test('a file that is not there', () => {
    expect(() => readEngineSettings({ DESKHAND_ACCOUNTS: path.join(folder, 'none.yaml') })).toThrow(
      /none\.yaml:1:1 is not there: DESKHAND_ACCOUNTS must name the file/,
    );
  });

  test('a file that is no text', () => {
    writeFileSync(file, Buffer.from([0x61, 0xff, 0x0a]));
    expect(() => readEngineSettings({ DESKHAND_ACCOUNTS: file })).toThrow(
      /accounts\.yaml:1:2 is not written in UTF-8/,
    );
  });
});

describe('secrets stand elsewhere', () => {
  const mend =
    'is no reference. A secret does not stand in this file: write { env: NAME_OF_A_VARIABLE } or { file: /run/secrets/name }, and put it there.';

  test.each([
    ['as text', 's3cr3t-token'],
    ['as a number', '123456789'],
    ['in a list', '[s3cr3t-token]'],
    ['as the name of a variable', '{ env: s3cr3t }'],
    ['beside a reference', '{ env: ACME_TOKEN, value: s3cr3t-token }'],
    ['nothing', '""'],
  ])('written out %s it is refused, and not repeated', (_how, value) => {
    const found = mistakesIn(account({ token: value, webhookSecret: value, pollSeconds: 'x' }));
    expect(found).toEqual([
      `accounts.yaml:6:12 token ${mend}`,
      `accounts.yaml:7:20 webhookSecret ${mend}`,
      'accounts.yaml:8:18 pollSeconds: is "x", but it must be a number.',
    ]);
    expect(found.join()).not.toMatch(/s3cr3t|123456/);
  });

  test.each([
    ['*s3cr3t', 'begins with "*", which means something else in YAML than itself'],
    ['!s3cr3t', 'begins with "!", which means something else in YAML than itself'],
    ['|s3cr3t', 'goes on in the same line behind "|" or ">"'],
  ])('as text that YAML takes for something else, %s, it is not repeated either', (value, why) => {
    const [found, ...others] = mistakesIn(account({ token: value }));
    expect(found).toMatch(/^accounts\.yaml:6:1\d /);
    expect(found).toContain(why);
    expect(found).toContain('Put the whole text in quotes');
    expect([found, ...others].join()).not.toContain('s3cr3t');
  });

  test('in place of a shop', () => {
    expect(mistakesIn(account({ shop: 's3cr3t' }))).toEqual([
      'accounts.yaml:7:11 shop must be a group of lines: "shopify" with "accessToken", or "address" with "token".',
    ]);
  });

  test.each(['https', 'ftp'])(
    'within an address of %s, which would be sent in place of the token',
    (protocol) => {
      const [found, ...others] = mistakesIn(account({ address: `${protocol}://me:s3cr3t@acme.zendesk.com` }));
      expect(found).toContain(
        `accounts.yaml:4:14 address: is "${protocol}://(not shown)@acme.zendesk.com", but it must`,
      );
      expect([found, ...others].join()).not.toContain('s3cr3t');
    },
  );

  test('the token of a shop, too', () => {
    const shop = '{ shopify: acme, accessToken: shpat_0123456789abcdef }';
    expect(mistakesIn(account({ shop }))).toEqual([`accounts.yaml:7:41 shop.accessToken ${mend}`]);
  });

  test.each([
    [
      'a variable that is not set',
      '{ env: NOBODY_SET_IT }',
      'token names the variable NOBODY_SET_IT, which is not set: set it where Deskhand runs.',
    ],
    ['a file that is not there', '{ file: none }', 'token names none, which this user cannot read (ENOENT).'],
    ['an empty file', '{ file: empty }', 'token names empty, which is empty: it must hold the secret alone.'],
    ['a folder', '{ file: . }', /token names .*, which this user cannot read \(EISDIR\)/],
    [
      'a file that is no secret',
      '{ file: long }',
      'token names long, which has 70000 bytes: it must hold the secret alone.',
    ],
  ])('%s', (_what, reference, words) => {
    writeFileSync(path.join(folder, 'empty'), ' \n');
    writeFileSync(path.join(folder, 'long'), 'x'.repeat(70_000));
    const [found] = mistakesIn(account({ token: reference }));
    if (typeof words === 'string') expect(found).toBe(`accounts.yaml:6:12 ${words}`);
    else expect(found).toMatch(words);
  });

  test('one that the desk could not take is told by its rule, and not shown', () => {
    const text = `accounts:\n  - name: bravo\n    desk: freshdesk\n    address: https://bravo.freshdesk.com/api/v2\n    apiKey: { env: BRAVO_KEY }\n`;
    expect(mistakesIn(text, { BRAVO_KEY: 'key:with-colon' })).toEqual([
      'accounts.yaml:5:13 apiKey names a secret (not shown) that must be visible ASCII without spaces and colons.',
    ]);
  });
});

describe('beside the variables of one account', () => {
  test.each(['ZENDESK_API_URL', 'ZENDESK_API_TOKEN', 'FRESHDESK_WEBHOOK_SECRET'])(
    '%s would mean an account of its own: it is refused',
    (name) => {
      const value = name.endsWith('URL') ? 'https://acme.zendesk.com/api/v2' : 'sixteen-characters';
      const found = mistakesIn(account(), {
        [name]: value,
      });
      expect(found.join('\n')).toContain(
        `${name} and DESKHAND_ACCOUNTS are both set: the accounts are those of accounts.yaml alone. Say it there, and unset ${name}.`,
      );
      expect(found.join()).not.toContain('sixteen-characters');
    },
  );

  test('one that the file names is no mistyped one', () => {
    const env = { ZENDESK_ACME_TOKEN: 'token-of-acme', ZENDESK_ACME_TOKN: 'x' };
    expect(read(account({ token: '{ env: ZENDESK_ACME_TOKEN }' }), env).warnings).toEqual([
      expect.stringMatching(/^ZENDESK_ACME_TOKN is set, but nothing reads it/),
    ]);
  });

  test('one that the file names as the place of a secret belongs to it', () => {
    const text = account({ token: '{ env: ZENDESK_API_TOKEN }' });
    expect(mistakesIn(text, { ZENDESK_API_TOKEN: 'token-of-acme' })).toEqual([]);
  });

  test('what has no effect, and what travels readable, is warned of', () => {
    const { warnings } = read(account({ address: 'http://desk.acme.example/api/v2' }), {
      DESKHAND_DESK: 'freshdesk',
    });
    expect(warnings).toEqual([
      'DESKHAND_DESK is set, but DESKHAND_ACCOUNTS names the desks: no embedded one is started.',
      'the address of zendesk/acme is plain http: the credentials travel readable.',
    ]);
  });
});
