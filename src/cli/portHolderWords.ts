/** Who holds a port, for people who have to free it. */
import { describeHolder, portHolder } from '../temporal/provision/ports';

/**
 * ` by node server.js (pid 123)`, or, where the system does not tell it this user (another user's process), the command
 * that an administrator asks by.
 */
export async function byWhomHeld(port: number): Promise<string> {
  const holder = await portHolder(port);
  return holder === null
    ? ` by a process that only an administrator sees (${commandToAsk(port)})`
    : describeHolder(holder);
}

/** @param platform - as Node names it. */
export function commandToAsk(port: number, platform: NodeJS.Platform = process.platform): string {
  switch (platform) {
    case 'linux':
      return `sudo ss -ltnp "sport = :${port}"`;
    case 'win32':
      return `netstat -ano | findstr :${port}`;
    default:
      return `sudo lsof -nP -iTCP:${port} -sTCP:LISTEN`;
  }
}
