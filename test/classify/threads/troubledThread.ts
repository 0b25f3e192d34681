/** The real thread program, with the troubles that a message, or the machine, may one day bring it. */
import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';
import classify from '../../../src/classify/threads/classifierThread';
import type { ThreadTask } from '../../../src/classify/threads/threadTask';
import type { Classification } from '../../../src/core/conversation/understanding';

export default async function classifyWithTroubles(task: ThreadTask): Promise<Classification> {
  const [trouble = '', argument = ''] = task.input.words.text.split(' ');
  const answer = await classify(task);
  switch (trouble) {
    case 'crash':
      setImmediate(() => {
        throw new Error('a defect');
      });
      await delay(60_000);
      break;
    case 'exit':
      process.exit(3);
      break;
    case 'endless':
      for (let turns = 0; ; turns++) Math.sqrt(turns);
    case 'noted':
      appendFileSync(argument, `${threadId}`);
      await delay(300);
      break;
  }
  return answer;
}
