/** A policy says who may approve what; a scenario says who works there, and tries it. */
import { failureOf, mistakesOf, scenarioOf } from './support';

const approvers = `approvers:
  - { actions: [cancel], groups: [Tier 2], agents: [lea@shop.example] }`;
const team = `[{ name: Maria, groups: [Support] }, { name: Nora, groups: [Tier 2] },
      { name: Lea, email: lea@shop.example }, { name: Tom, groups: [Tier 2], left: true }]`;
const given = `    given: { mode: draft, team: ${team}, orders: [{ number: 51877, items: [Kettle] }] }\n`;
/** In draft the question is approved as well: it does nothing to the order. */
const waits = `- customer says: Please cancel my order 51877
- expect: { stage: waiting-for-approval }
- agent approves: Maria
- expect: { refusal: none, question: confirmation }
- customer says: Yes please
- expect: { stage: waiting-for-approval, actions: [], note contains: waiting for approval by Tier 2 or lea@shop.example }`;
const played = (steps: string) => failureOf(`${waits}\n${steps}`, given, approvers);
const done = '- expect: { refusal: none, actions: [{ cancel: 51877 }] }';

it.each([
  ['of the group', 'Nora'],
  ['by address', 'lea@shop.example'],
  ['by name, whose address the policy has', 'Lea'],
])('somebody %s approves, and it is done', async (_what, who) => {
  expect(await played(`- agent approves: ${who}\n${done}`)).toBe('');
});

it.each([
  ['of another group', 'Maria', 'The policy does not let Maria approve this. For cancel it takes Tier 2'],
  ['who has left', 'Tom', '"Tom" is no active agent of the desk'],
  ['whom nobody knows', 'Mallory', 'The desk has no agent "Mallory"'],
])('somebody %s is told why not, and it waits on', async (_what, who, why) => {
  const steps = `- agent approves: ${who}\n- expect: { refusal: '${why}', actions: [], stage: waiting-for-approval }`;
  expect(await played(`${steps}\n- agent approves: Nora\n${done}`)).toBe('');
});

it('whoever works there may reject, and nobody else', async () => {
  const rejected = '- agent rejects: Maria\n- expect: { refusal: none, hand-off: approval-rejected }';
  expect(await played(`- agent rejects: Tom\n- expect: { refusal: no active agent }\n${rejected}`)).toBe('');
});

it('without a team whoever is said to approve may, as before', async () => {
  const alone = '    given: { mode: draft, orders: [{ number: 51877, items: [Kettle] }] }\n';
  expect(await failureOf(`${waits}\n- agent approves: Mallory\n${done}`, alone, approvers)).toBe('');
});

it('any action that is not done is told: here, an approval where nothing waits', async () => {
  expect(await failureOf('- agent approves: Maria\n- expect: { refusal: No draft waits for approval }')).toBe(
    '',
  );
});

it('an expectation about it can fail, and the conversation shows what was said', async () => {
  const none = await played('- agent approves: Maria\n- expect: { refusal: none }');
  expect(none).toContain('(refused: The policy does not let Maria approve this.');
  expect(none).toMatch(/- refusal: none\n {2}\+ refusal: The policy does not let Maria/);
  expect(await played('- agent approves: Nora\n- expect: { refusal: not you }')).toMatch(
    /- refusal: "not you"\n {2}\+ refusal: none/,
  );
});

it.each([
  ['nobody', '[]', 'scenarios/some.yaml:5:20 '],
  ['somebody without a name', '[{ groups: [Support] }]', 'team, entry 1, name: is missing'],
  ['an address that is none', '[{ name: Lea, email: lea }]', 'must be an e-mail address'],
  ['a misspelled key', '[{ name: Lea, group: Support }]', 'Did you mean "groups"?'],
])('a team of %s is a mistake of the file', async (_what, wrong, told) => {
  const yaml = scenarioOf('- customer says: Hello', `    given: { team: ${wrong} }\n`);
  expect((await mistakesOf(yaml)).join('\n')).toContain(told);
});
