import { ofEachAccount } from '../../src/cli/ofEachAccount';

const embedded = { kind: 'embedded', desk: 'freshdesk', port: 0 } as const;
const acme = { account: { desk: embedded, account: 'acme' }, data: { mode: 'off' }, text: 'Off.' };
const bravo = { account: { desk: embedded, account: 'bravo' }, data: { mode: 'auto' }, text: 'Auto.' };

test('one account is shown as if there were no others', () => {
  expect(ofEachAccount([acme], false)).toBe('Off.');
  expect(JSON.parse(ofEachAccount([acme], true))).toEqual({ mode: 'off' });
});

test('several are shown each below its name', () => {
  expect(ofEachAccount([acme, bravo], false)).toBe('freshdesk/acme\nOff.\n\nfreshdesk/bravo\nAuto.');
  expect(JSON.parse(ofEachAccount([acme, bravo], true))).toEqual({
    'freshdesk/acme': { mode: 'off' },
    'freshdesk/bravo': { mode: 'auto' },
  });
});
