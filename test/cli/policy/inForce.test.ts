import { inForceBeside, inForceWords } from '../../../src/cli/policy/inForce';

const own = { version: 'p-000000000001', folder: '/srv/demo-shop' };
const published = { version: own.version, at: '2026-11-25T10:20:30.000Z', by: 'maria', folder: own.folder };

test('what is in force is named with the folder it came from, or the store', () => {
  expect(inForceWords(published)).toBe('p-000000000001 from /srv/demo-shop');
  expect(inForceWords({ ...published, folder: null })).toBe('p-000000000001 from the store');
});

test('the policy of DESKHAND_POLICY in force needs no more words, wherever it was published from', () => {
  expect(inForceBeside(published, own)).toBe('p-000000000001 from /srv/demo-shop');
  expect(inForceBeside({ ...published, folder: '/tmp/copy' }, own)).toBe('p-000000000001 from /tmp/copy');
});

test('another one is said with who published it, and how the own one comes into force', () => {
  expect(inForceBeside({ ...published, version: 'p-000000000002', folder: '/srv/my-shop' }, own)).toBe(
    'p-000000000002 from /srv/my-shop (by maria, 2026-11-25 10:20 UTC); DESKHAND_POLICY, /srv/demo-shop, holds ' +
      'p-000000000001, which `deskhand policy publish /srv/demo-shop` brings into force',
  );
});
