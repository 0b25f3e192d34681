/** Questions on the terminal, for what neither a flag nor the environment says. */
import { createInterface, type Interface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CommandError } from '../failure';
import type { Terminal } from '../ticket/approval';

/** @param otherwise - how to say it without being asked. @throws CommandError when nobody is there. */
export async function ask(terminal: Terminal, question: string, otherwise: string): Promise<string> {
  requireSomebody(terminal, otherwise);
  return answerTo(createInterface({ input: terminal.input, output: terminal.output }), question);
}

/** What is typed is not shown. @throws CommandError when nobody is there. */
export async function askSecret(terminal: Terminal, question: string, otherwise: string): Promise<string> {
  requireSomebody(terminal, otherwise);
  terminal.output.write(question);
  const silence = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const asking = createInterface({ input: terminal.input, output: silence, terminal: true });
  return answerTo(asking, '').finally(() => {
    terminal.output.write('\n');
  });
}

/** @throws CommandError when nobody is there, or the answer is not yes. */
export async function confirm(terminal: Terminal, question: string): Promise<void> {
  const answer = await ask(terminal, `${question} [y/N] `, 'give --yes, or --dry-run to only look');
  if (!/^y(es)?$/i.test(answer)) throw new CommandError('Nothing was done.');
}

async function answerTo(asking: Interface, question: string): Promise<string> {
  const stopping = new AbortController();
  asking.once('SIGINT', () => {
    stopping.abort();
  });
  try {
    return (await asking.question(question, { signal: stopping.signal })).trim();
  } catch (error) {
    if (stopping.signal.aborted) throw new CommandError('Nothing was done.');
    throw error;
  } finally {
    asking.close();
  }
}

function requireSomebody({ input }: Terminal, otherwise: string): void {
  if (input.isTTY !== true) throw new CommandError(`Nobody is there to be asked: ${otherwise}.`);
}
