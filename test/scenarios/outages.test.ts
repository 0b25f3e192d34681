/** A shop that does not answer, in a scenario: what customers are told meanwhile, and that nothing is forgotten. */
import { failureOf, mistakesOf, scenarioOf } from './support';

const longer = `outages:
  holding-reply: { after: 30m, with: order-processing }`;
const down = '    given: { shop: down }\n';
const asks = '- customer says: Where is my order 48213?';
const played = (steps: string, given = down, policy = longer) => failureOf(steps, given, policy);

it('after the time of the policy the customer is told once; when the shop is back, the answer comes', async () => {
  const steps = `${asks}
- expect: { silence: true, stage: answering }
- after: 29 minutes
- expect: { silence: true }
- after: 1 minute
- expect: { reply contains: We are packing your order, stage: answering, status: new }
- after: 3 hours
- expect: { silence: true, hand-off: none }
- shop becomes: up
- expect: { reply contains: is on its way, stage: waiting-for-customer }`;
  expect(await played(steps)).toBe('');
});

it('it is down for longer than the budget: a person has the ticket', async () => {
  const steps = `${asks}
- after: 5 hours
- expect: { hand-off: failure, note contains: The customer was told that it takes longer. }`;
  expect(await played(steps)).toBe('');
});

it('without words for it the customer waits in silence, and is answered', async () => {
  const steps = `${asks}
- after: 1 hour
- expect: { silence: true }
- shop becomes: up
- expect: { reply contains: is on its way }`;
  expect(await played(steps, down, '')).toBe('');
});

it('it goes down in the middle of a conversation', async () => {
  const steps = `${asks}
- expect: { reply contains: is on its way }
- shop becomes: down
- customer says: And where is it now, order 48213?
- after: 31 minutes
- expect: { reply contains: We are packing your order }
- shop becomes: up
- expect: { reply contains: is on its way }`;
  expect(await played(steps, '')).toBe('');
});

it('a person who takes over ends the waiting, and nothing is said', async () => {
  const steps = `${asks}
- after: 10 minutes
- agent takes over: Maria
- after: 1 hour
- expect: { silence: true, hand-off: left-by-person }
- shop becomes: up
- expect: { silence: true }`;
  expect(await played(steps)).toBe('');
});

it('in draft an agent finds the words in a note', async () => {
  const steps = `${asks}
- after: 31 minutes
- expect: { silence: true, note contains: We are packing your order }`;
  expect(await played(steps, '    given: { shop: down, mode: draft }\n')).toBe('');
});

it('what does not need the shop is answered', async () => {
  expect(
    await played('- customer says: I want to talk to a human\n- expect: { hand-off: asked-for-human }'),
  ).toBe('');
});

it('an order action that the shop does not answer waits, and is done once', async () => {
  const steps = `- customer says: Please cancel my order 51877
- expect: { question: confirmation }
- shop becomes: down
- customer says: Yes please
- after: 10 minutes
- expect: { actions: [], silence: true }
- shop becomes: up
- expect: { actions: [{ cancel: 51877 }] }`;
  expect(await played(steps, '    given: { orders: [{ number: 51877, items: [Kettle] }] }\n')).toBe('');
});

it('anything but up and down is a mistake', async () => {
  const told = await mistakesOf(scenarioOf('- shop becomes: broken', '    given: { shop: closed }\n'));
  expect(told.join('\n')).toMatch(/"up"|up or down|up, down/);
});
