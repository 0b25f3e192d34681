/** `given: channel`: the same conversation in a chat, and what coverage says of words for one channel. */
import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { loadPolicy } from '../../src/policy/load/loadPolicy';
import { coverageOf } from '../../src/scenarios/report/coverage';
import { loadScenarios } from '../../src/scenarios/load/loadScenarios';
import { runScenarios } from '../../src/scenarios/runScenarios';
import { learn } from '../support/classifier';
import { failureOf, mistakesOf, run, scenarioOf, withScenarios } from './support';

const onChat = '    given: { channel: chat }\n';
const short = 'channels:\n  chat: { sign-off: false, settle-window: 1s, longest-reply: 60 }\n';
const asked = '- customer says: Where is my order 48213?\n';

test('by mail where nothing is given, with all that is around a reply', async () => {
  const whole = `${asked}- expect: { template: order-in-transit, reply contains: ['Hello Ana,', Lamp Shop] }`;
  expect(await failureOf(whole, '', short)).toBe('');
});

test('in a chat the reply goes without its sign-off, and what has no room goes to a person', async () => {
  const long = `${asked}- expect: { hand-off: { reason: failure }, template: hand-off, note contains: 60 characters that chat takes }`;
  expect(await failureOf(long, onChat, short)).toBe('');
  const free = 'channels:\n  chat: { sign-off: false }\n';
  const bare = `${asked}- expect: { hand-off: none, reply contains: 'Hello Ana,', reply does not contain: Lamp }`;
  expect(await failureOf(bare, onChat, free)).toBe('');
});

test('a burst waits as long as the channel says', async () => {
  const settled = async (given: string) => {
    const [result] = await run(
      scenarioOf(`${asked}- expect: { hand-off: { reason: policy } }`, given),
      short,
    );
    const [first, ...others] = result?.happenings ?? [];
    const decided = others.find(({ type }) => type === 'decided');
    return (decided?.at ?? 0) - (first?.at ?? 0);
  };
  expect(await settled(onChat)).toBe(1_000);
  expect(await settled('')).toBe(3_000);
});

test('what is no channel is told with those that there are', async () => {
  const wrong = scenarioOf(`${asked}- expect: { hand-off: none }`, '    given: { channel: web }\n');
  expect(await mistakesOf(wrong)).toEqual([
    expect.stringMatching(
      /^scenarios\/some\.yaml:\d+:\d+ scenarios, entry 1, given\.channel: is "web", but allowed is "email", "form", "chat", .* or "other"$/,
    ),
  ]);
  const within = scenarioOf(
    `${asked}- expect: { hand-off: none }`,
    '    given: { ticket: { channel: chat } }\n',
  );
  expect(await mistakesOf(within)).toEqual([expect.stringContaining('has the unknown key "channel"')]);
});

test('coverage counts a channel’s own words where they are said, and names them where they are not', async () => {
  const yaml = scenarioOf(`${asked}- expect: { template: order-in-transit.chat }`, onChat);
  await withScenarios({ 'some.yaml': yaml }, async (folder) => {
    const words = ['order-in-transit.chat: On its way!', 'greeting.chat: Hi!', 'order-late.chat: Late.'];
    await appendFile(path.join(folder, 'templates', 'en.yaml'), `\n${words.join('\n')}\n`);
    const policy = await loadPolicy(folder);
    const classifier = await learn('lamp-shop', policy.intents);
    const parts = { policy, classify: classifier.classify.bind(classifier) };
    const results = await runScenarios(await loadScenarios(folder, policy), parts);
    expect(results.map(({ failed }) => failed)).toEqual([null]);
    const { templates } = coverageOf(
      policy,
      results.map(({ touched }) => touched),
    );
    for (const said of ['order-in-transit.chat', 'greeting.chat', 'sign-off'])
      expect(templates.never).not.toContain(said);
    for (const never of ['order-in-transit', 'greeting', 'order-late.chat'])
      expect(templates.never).toContain(never);
  });
});
