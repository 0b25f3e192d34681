/** How customers answer, measured on messages that nothing was built from. */
import { newDialogue, type Dialogue } from '../../../src/core/conversation/dialogue';
import { situations } from './heldOut';
import { Conversation, shop } from './dialogueShop';

beforeAll(shop, 120_000);

describe.each(situations)('$name', ({ orders, before, messages }) => {
  let dialogue: Dialogue = newDialogue;
  beforeAll(async () => {
    const ana = new Conversation(orders);
    for (const words of before) await ana.customer(words);
    dialogue = ana.dialogue;
  });

  test.each(messages)('%j', async (message, expected) => {
    const ana = new Conversation(orders);
    ana.dialogue = dialogue;
    const reply = await ana.customer(message);
    const done = ana.done.map(({ type, order }) => `${type} ${order}`).join(', ') || 'nothing';
    expect(`did ${done} | ${reply}`).toMatch(expected);
  });
});
