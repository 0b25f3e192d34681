/** Mistakes in `channels`, in the names of variants and in conditions on a channel: each with its place and its mend. */
import { PolicyError } from '../../../src/policy/policyError';
import { smallPolicy, type Edits } from '../smallPolicy';
import { edits, planOn, saidOn } from '../sections/channelPolicy';

async function mistakesOf(changes: Edits): Promise<string> {
  const error = await smallPolicy(changes).catch((thrown: unknown) => thrown);
  if (!(error instanceof PolicyError)) throw new Error('it was loaded');
  return error.message;
}

describe('conditions', () => {
  const onChat = (channel: string): Edits => ({
    'rules.yaml': (text) =>
      text.replace('when: order.found && order.late', `when: 'ticket.channel == "${channel}"'`),
  });

  it('ask for a channel, also of a ticket that an earlier version has read', async () => {
    const policy = await smallPolicy(onChat('form'));
    const ruleOn = async (channel: string) => (await planOn(policy, channel)).rule;
    expect(await ruleOn('form')).toBe('late');
    expect(await ruleOn('web')).toBe('late');
    expect(await ruleOn('chat')).toBe('on-its-way');
  });

  it('with a word that is no channel are a mistake', async () => {
    expect(await mistakesOf(onChat('web'))).toMatch(
      /rules\.yaml:\d+:\d+ compares ticket\.channel with "web", which it never is\. Allowed: "email", "form", .* or "other"/,
    );
  });
});

describe('a mistake is told with its place and its mend', () => {
  const cases: readonly (readonly [what: string, block: string, message: RegExp])[] = [
    [
      'a channel that is none',
      '  chta: { sign-off: false }',
      /policy\.yaml:\d+:3 has the unknown key "chta"\. Allowed: "email", .*Did you mean "chat"\?/,
    ],
    [
      'a key that is none',
      '  chat: { signoff: false }',
      /policy\.yaml:\d+:\d+ has the unknown key "signoff"\. Allowed: "like", .*Did you mean "sign-off"\?/,
    ],
    ['no group', '  chat: none', /policy\.yaml:\d+:\d+ channels\.chat: is "none", but it must be a group/],
    ['no channels', '  - chat', /policy\.yaml:\d+:\d+ channels: is a list, but it must be a group/],
    [
      'a window that is none',
      '  chat: { settle-window: soon }',
      /channels\.chat\.settle-window: is "soon", but it must be a duration/,
    ],
    [
      'a window that is too long',
      '  chat: { settle-window: 2d }',
      /channels\.chat\.settle-window: is "2d", but it must be from/,
    ],
    [
      'a length that is none',
      '  chat: { longest-reply: short }',
      /channels\.chat\.longest-reply: is "short", but it must be a (whole )?number/,
    ],
    [
      'no room at all',
      '  chat: { longest-reply: 3 }',
      /channels\.chat\.longest-reply: is 3, but it must be at least 20/,
    ],
    [
      'a format that is none',
      '  chat: { format: html }',
      /channels\.chat\.format: is "html", but allowed is "rich" or "plain"/,
    ],
    [
      'a greeting in place of a yes or no',
      '  chat: { greeting: Hi }',
      /channels\.chat\.greeting: is "Hi", but it must be true or false/,
    ],
    ['like itself', '  chat: { like: chat }', /policy\.yaml:\d+:\d+ "chat" is the channel itself/],
    [
      'like one that is like another',
      '  chat: { like: form }\n  form: { like: email }',
      /policy\.yaml:\d+:\d+ "form" is like "email" in turn\. Name that one/,
    ],
    [
      'like nothing',
      '  chat: { like: irc }',
      /channels\.chat\.like: is "irc", but allowed is "email", .* or "other"/,
    ],
  ];

  it.each(cases)('%s', async (_what, block, message) => {
    expect(await mistakesOf(edits(block))).toMatch(message);
  });

  it.each([
    [
      'a variant for nothing',
      '\nsorry-late.cht: Sorry.',
      /en\.yaml:\d+:1 has the name "sorry-late\.cht", which is a variant for nothing\. Allowed after the dot: "email", .* or "short"\. Did you mean "chat"\?/,
    ],
    [
      'two dots',
      '\nsorry-late.chat.short: Sorry.',
      /en\.yaml:\d+:1 has the name "sorry-late\.chat\.short", which must be lower-case words .*"order-late\.chat" for a channel/,
    ],
    [
      'a variant of nothing',
      '\nsory-late.chat: Sorry.',
      /en\.yaml:\d+:1 has "sory-late\.chat", a variant of "sory-late", which templates\/en\.yaml lacks\. Did you mean "sorry-late"\?/,
    ],
    [
      'a variant of the mail with a code',
      '\ncode-mail.chat: "{{ code }}"',
      /en\.yaml:\d+:1 has "code-mail\.chat", but the code goes out by mail wherever it was asked for/,
    ],
    [
      'a fact that is none',
      '\nsorry-late.chat: "{{ order.nmber }}"',
      /en\.yaml:\d+:\d+ template "sorry-late\.chat" prints "order\.nmber".*Did you mean "number"\?/,
    ],
  ])('%s', async (_what, english, message) => {
    expect(await mistakesOf(edits('', english))).toMatch(message);
  });

  it('a rule names a template, not one of its variants', async () => {
    const named = {
      ...edits('', '\nsorry-late.chat: Sorry.'),
      'rules.yaml': (text: string) => text.replace('reply: sorry-late', 'reply: sorry-late.chat'),
    };
    expect(await mistakesOf(named)).toMatch(
      /rules\.yaml:\d+:\d+ .*is "sorry-late\.chat", but it must be lower-case words/,
    );
  });

  it('a language may have a variant that the first one lacks', async () => {
    const policy = await smallPolicy(edits('', '', '\nsorry-late.chat: Leider zu spät.'));
    expect(await saidOn(policy, 'chat', { language: 'de' })).toContain('Leider zu spät.');
    expect(await saidOn(policy, 'chat')).toContain('We are sorry, your order is late.');
  });
});
