/** The address of Deskhand as desks see it. */
import { CommandError } from '../failure';

/**
 * Where a desk posts to, without a trailing slash.
 * @throws CommandError for an address that the desk cannot reach, or that sends what it says in the clear.
 */
export function publicUrlOf(given: string, apiUrl: string): string {
  const text = given.trim().replace(/\/+$/, '');
  const example = 'such as https://deskhand.acme.example';
  if (!URL.canParse(text)) {
    throw new CommandError(`The public URL ${JSON.stringify(text)} is no web address: give one ${example}.`);
  }
  const url = new URL(text);
  const plain = url.search === '' && url.hash === '' && url.username === '';
  if (!plain || /\/webhooks\/[a-z]+$/.test(url.pathname)) {
    throw new CommandError(
      `The public URL ${JSON.stringify(text)} has more than host and folder: give one ${example}; ` +
        '/webhooks and the desk are added to it.',
    );
  }
  // A desk on this machine, as in a test, reaches this machine.
  if (isThisMachine(new URL(apiUrl))) return text;
  if (url.protocol !== 'https:') {
    throw new CommandError(
      `The public URL ${text} is not https: customers' words would travel readable. Give one ${example}.`,
    );
  }
  if (isThisMachine(url)) {
    throw new CommandError(
      `The public URL ${text} is this machine's own: the desk cannot reach it. Give the proxy's or tunnel's, ${example}.`,
    );
  }
  return text;
}

function isThisMachine({ hostname }: URL): boolean {
  return /^(127\.|localhost$|\[::1\]$|0\.0\.0\.0$)/.test(hostname);
}
