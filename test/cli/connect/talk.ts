/** A command on a terminal of streams: what is typed where it asks, and what it says. */
import { PassThrough } from 'node:stream';
import type { ConnectingFrom } from '../../../src/cli/connect/connectDesk';

export interface Told {
  /** Null: nobody sits there. */
  readonly answers?: readonly string[] | null;
  readonly isStopped?: () => boolean;
  /** What somebody else does while an answer is waited for. */
  readonly meanwhile?: () => Promise<void>;
}

/** @returns what was said. */
export async function talk(
  command: (from: ConnectingFrom) => Promise<void>,
  env: Readonly<Record<string, string>>,
  { answers = null, isStopped = () => false, meanwhile = () => Promise.resolve() }: Told = {},
): Promise<string> {
  const input = Object.assign(new PassThrough(), { isTTY: answers !== null });
  const output = new PassThrough();
  let said = '';
  const left = [...(answers ?? [])];
  output.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    // Typed once it is asked for.
    if (/(: |\] )$/.test(said) && left.length > 0) {
      const answer = left.shift();
      void meanwhile().then(() => input.write(`${answer}\n`));
    }
  });
  await command({ env, terminal: { input, output }, isStopped });
  return said;
}
