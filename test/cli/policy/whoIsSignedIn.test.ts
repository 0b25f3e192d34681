import { whoIsSignedIn } from '../../../src/cli/policy/whoIsSignedIn';

const maria = () => ({ username: 'maria' });
/** As Node does for an id without an entry in /etc/passwd. */
const nobody = () => {
  throw new Error('ERR_SYSTEM_ERROR: uv_os_get_passwd returned ENOENT (no such file or directory)');
};

test.each([
  ['the name of the system’s user', { userInfo: maria, env: { USER: 'tom' }, uid: 1_000 }, 'maria'],
  ['the name of the environment', { userInfo: nobody, env: { USER: 'tom' }, uid: 54_321 }, 'tom'],
  ['the first name that is one', { userInfo: nobody, env: { LOGNAME: ' ', USER: ' ci ' }, uid: 1 }, 'ci'],
  ['the id, in a container that runs under any', { userInfo: nobody, env: {}, uid: 54_321 }, 'uid 54321'],
  ['the user with the name of nothing', { userInfo: () => ({ username: '' }), env: {}, uid: 7 }, 'uid 7'],
  ['nobody known', { userInfo: nobody, env: { USERNAME: '' }, uid: undefined }, 'somebody'],
])('%s', (_, machine, who) => {
  expect(whoIsSignedIn(machine)).toBe(who);
});

test('on this machine there is always somebody', () => {
  expect(whoIsSignedIn()).toMatch(/\S/);
});
