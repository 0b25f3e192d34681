/** What is open in a conversation outlives restarts and days, and ends with the conversation. */
import { newDialogue, type Dialogue } from '../../../src/core/conversation/dialogue';
import type { Step } from '../../../src/core/effects';
import { Engine, note, planOf, reply } from '../support/engine';

const day = 86_400_000;
const proposal: Dialogue = {
  ...newDialogue,
  questions: [
    {
      kind: 'confirm',
      slot: 'confirmation',
      intent: 'cancel_order',
      rule: 'cancel',
      tries: 1,
      text: 'Shall I cancel it?',
      reminded: false,
      order: '48213',
      choices: [],
      actions: [{ type: 'cancel', order: '48213' }],
    },
  ],
};
const proposing = () => new Engine({ plan: () => planOf([reply, note], { dialogue: proposal }) });
const dialoguesConsulted = (engine: Engine) =>
  engine.started.flatMap((step: Step) => (step.type === 'consult-policy' ? [step.input.dialogue] : []));

it('three days later, in another run, the message is read in the light of the question', () => {
  const engine = proposing();
  engine.customerAsks('Please cancel');
  engine.pass(3 * day);
  engine.carryOver();
  engine.customerAsks('yes');
  engine.pass(60_000);
  expect(dialoguesConsulted(engine)).toEqual([newDialogue, proposal]);
  expect(engine.started.filter(({ type }) => type === 'classify-message').at(-1)).toMatchObject({
    question: { kind: 'confirm', rule: 'cancel' },
  });
});

it('after the ticket was solved a yes is an answer to nothing', () => {
  const engine = new Engine({
    plan: () => planOf([reply, note, { type: 'set-status', status: 'solved' }], { dialogue: proposal }),
  });
  engine.customerAsks('Please cancel');
  engine.pass(60_000);
  expect(engine.state.stage).toBe('solved');
  engine.customerAsks('yes');
  engine.pass(60_000);
  expect(dialoguesConsulted(engine)).toEqual([newDialogue, newDialogue]);
});
