/** The API's line of the doctor: it is ready, and takes the token that the commands send it. */
import axios from 'axios';
import { z } from 'zod';
import { ApiTokenError } from '../../config/apiToken';
import type { Settings } from '../../config/settings';
import { apiUrl, briefly, connectApi } from '../apiClient';
import { byWhomHeld } from '../portHolderWords';
import { isListening } from './beforeStart';
import { NotCheckedError } from './check';

/** What `/health/ready` answers. */
const readiness = z.object({
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })).min(1),
});

/** @throws Error with the mend, NotCheckedError where there is no token, CommandError where it is another server's. */
export async function apiWords(settings: Pick<Settings, 'api' | 'stateDir'>): Promise<string> {
  const url = apiUrl(settings);
  const { port } = settings.api;
  const answer = await axios
    .get<unknown>(`${url}/health/ready`, { ...briefly(), validateStatus: () => true })
    .catch(async () => {
      // Something may hold the port, and say nothing, or what is no HTTP, or never come to an end.
      if (await isListening(new URL(url), port)) return null;
      throw new Error(`nothing answers at ${url}: start it with \`npm start\` or \`deskhand server\``);
    });
  const told = readiness.safeParse(answer?.data);
  if (!told.success) {
    const asWhat = answer === null ? 'which does not answer as Deskhand does' : 'which is no Deskhand';
    throw new Error(
      `${url} is held${await byWhomHeld(port)}, ${asWhat}: DESKHAND_HOST and DESKHAND_PORT say where the API is`,
    );
  }
  // The poll has a line of its own.
  const failed = told.data.checks.filter(({ name, ok }) => !ok && !name.startsWith('poll'));
  if (failed.length > 0) throw new Error(failed.map(({ detail }) => detail).join('; '));
  try {
    await (await connectApi(settings)).list({ limit: '1' });
  } catch (error) {
    if (!(error instanceof ApiTokenError)) throw error;
    throw new NotCheckedError(`${url} is ready, and no command can use it. ${error.message}`);
  }
  return `${url} is ready`;
}
