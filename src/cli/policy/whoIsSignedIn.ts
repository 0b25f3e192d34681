/** Who does something, where they do not say: for the record beside what was done. */
import os from 'node:os';

interface Machine {
  /** @throws Error where the system knows no user of this id, as in containers that run under any id. */
  readonly userInfo: () => { readonly username: string };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Undefined on Windows, where everybody has a name. */
  readonly uid: number | undefined;
}

/** Never empty: `maria`, or `uid 54321`. */
export function whoIsSignedIn(
  { userInfo, env, uid }: Machine = {
    userInfo: () => os.userInfo(),
    env: process.env,
    uid: process.getuid?.(),
  },
): string {
  const names = [userName(userInfo), env['LOGNAME'], env['USER'], env['USERNAME']];
  const name = names.map((given) => given?.trim() ?? '').find((given) => given !== '');
  return name ?? (uid === undefined ? 'somebody' : `uid ${uid}`);
}

function userName(userInfo: Machine['userInfo']): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
