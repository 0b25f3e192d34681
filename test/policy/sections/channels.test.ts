/** `channels` in policy.yaml and a template's variants: the same rule speaks otherwise by mail, in a chat, in a messenger. */
import { channels, type Channel } from '../../../src/core/ticket/channel';
import { holdingReply } from '../../../src/policy/sections/holdingReply';
import { hasWindows, settingsOn } from '../../../src/policy/sections/channels';
import { createPolicyProcessor, createVersionedProcessor } from '../../../src/policy/processor';
import type { LoadedPolicy } from '../../../src/policy/policy';
import { demo, inForceAndOwn, order, parcel, shopOf } from '../support';
import { smallPolicy } from '../smallPolicy';
import { edits, late, noteOf, planOn, replyOf, saidOn } from './channelPolicy';

const byMail = 'Hello Ana,\n\nWe are sorry, your order is late.\n\nKind regards, Bean Club';

describe('a policy that says nothing of channels', () => {
  it('speaks the same on all of them, and waits the same', async () => {
    const policy = await smallPolicy(edits(''));
    for (const channel of channels) {
      expect(await saidOn(policy, channel)).toBe(byMail);
      expect(settingsOn(policy, channel)).toBe(policy.settings);
    }
    expect(hasWindows(policy)).toBe(false);
  });
});

describe('greeting and sign-off', () => {
  it('are left out where the policy says so, and stay elsewhere', async () => {
    const policy = await smallPolicy(
      edits('  chat: { greeting: false, sign-off: false }\n  form: { sign-off: false }'),
    );
    expect(await saidOn(policy, 'chat')).toBe('We are sorry, your order is late.');
    expect(await saidOn(policy, 'form')).toBe('Hello Ana,\n\nWe are sorry, your order is late.');
    expect(await saidOn(policy, 'email')).toBe(byMail);
  });

  it('are other ones where they have a variant, in each language', async () => {
    const policy = await smallPolicy(
      edits('', "\ngreeting.chat: 'Hi!'\nsign-off.chat: The Bean Club", "\ngreeting.chat: 'Hallo!'"),
    );
    expect(await saidOn(policy, 'chat')).toBe('Hi!\n\nWe are sorry, your order is late.\n\nThe Bean Club');
    expect(await saidOn(policy, 'chat', { language: 'de' })).toBe(
      'Hallo!\n\nIhre Bestellung ist leider zu spät.\n\nFreundliche Grüße, Bean Club',
    );
    expect(await saidOn(policy, 'email')).toBe(byMail);
  });

  it('are not doubled where a template has its own', async () => {
    const own =
      '\nsorry-late.social: |\n  Dear {{ customer.name }},\n\n  your order is late.\n\n  Yours,\n  {{ shop.name }}';
    const policy = await smallPolicy(edits('', own));
    expect(await saidOn(policy, 'social')).toBe('Dear Ana,\n\nyour order is late.\n\nYours,\nBean Club');
  });

  it('stand once around an answer to two wishes', async () => {
    const policy = await smallPolicy(edits(''));
    const further = [{ intent: 'refund', confidence: 0.9, orderNumbers: [] }];
    const text = (await saidOn(policy, 'chat', { further })) ?? '';
    expect(text.match(/Hello Ana,/g)).toHaveLength(1);
    expect(text.match(/Kind regards/g)).toHaveLength(1);
    expect(text).toContain('late.\n\nYour money is on its way back.');
  });
});

describe('a template’s variants', () => {
  const chat = '\nsorry-late.chat: Sorry, it is late.';

  it('are said on their channel, and are named in the record', async () => {
    const policy = await smallPolicy(edits('', chat));
    expect(await saidOn(policy, 'chat')).toContain('Sorry, it is late.');
    expect(replyOf(await planOn(policy, 'chat'))).toMatchObject({
      template: 'sorry-late.chat',
      language: 'en',
    });
    expect(noteOf(await planOn(policy, 'chat'))).toContain('with "sorry-late.chat" (en)');
    expect(replyOf(await planOn(policy, 'email'))).toMatchObject({ template: 'sorry-late' });
  });

  it('come after the language: who writes German reads German, in longer words', async () => {
    const policy = await smallPolicy(edits('', chat));
    expect(await saidOn(policy, 'chat', { language: 'de' })).toContain('Ihre Bestellung ist leider zu spät.');
    // No language of the policy's: its first one, as short as that has it.
    expect(await saidOn(policy, 'chat', { language: 'fr' })).toContain('Sorry, it is late.');
  });

  it('are for channels that are like theirs, too', async () => {
    const policy = await smallPolicy(
      edits(
        '  messaging: { like: chat }\n  social: { like: chat, greeting: true }\n  chat: { greeting: false, settle-window: 1s }',
        chat,
      ),
    );
    const short = 'Sorry, it is late.\n\nKind regards, Bean Club';
    expect(await saidOn(policy, 'messaging')).toBe(short);
    expect(await saidOn(policy, 'social')).toBe(`Hello Ana,\n\n${short}`);
    expect(settingsOn(policy, 'messaging').settleMs).toBe(1_000);
    expect(await saidOn(policy, 'form')).toBe(byMail);
  });

  it('are for questions, follow-ups and the words while a shop is out, too', async () => {
    const policy = await smallPolicy({
      ...edits(
        '',
        '\nwhich-order.chat: Which one?\nlonger: It takes longer.\nlonger.chat: One moment.\nstill-there: Still there?\nstill-there.chat: "?"',
        '\nlonger: Es dauert.',
      ),
      'policy.yaml': (text) =>
        `${text}outages:\n  holding-reply: { after: 30m, with: longer }\nsilence:\n  after-question: [{ after: 1d, with: still-there }]\n`,
    });
    const plan = await planOn(policy, 'chat', {}, []);
    expect(replyOf(plan)?.text).toBe('Hello Ana,\n\nWhich one?\n\nKind regards, Bean Club');
    expect(plan.dialogue.questions).toMatchObject([{ text: 'Which one?' }]);
    const followUp = plan.actions.find((action) => action.type === 'follow-up');
    expect(followUp).toMatchObject({
      template: 'still-there.chat',
      text: 'Hello Ana,\n\n?\n\nKind regards, Bean Club',
    });
    const customer = { name: null, locale: null, language: null };
    expect(holdingReply(policy, { ...customer, channel: 'chat' })?.text).toContain('One moment.');
    expect(holdingReply(policy, { ...customer, channel: 'email' })?.text).toContain('It takes longer.');
    // Asked by an older workflow.
    expect(holdingReply(policy, customer)?.text).toContain('It takes longer.');
  });
});

describe('format', () => {
  it('plain sends text alone, rich paragraphs and links', async () => {
    const policy = await smallPolicy(edits('  messaging: { format: plain }\n  chat: { format: rich }'));
    expect(replyOf(await planOn(policy, 'messaging'))).toMatchObject({ text: byMail, html: null });
    expect(replyOf(await planOn(policy, 'chat'))?.html).toMatch(/^<p>Hello Ana,<\/p>/);
    expect(replyOf(await planOn(policy, 'email'))?.html).toMatch(/^<p>Hello Ana,<\/p>/);
  });
});

describe('longest-reply', () => {
  const bare = (most: number) => `  chat: { greeting: false, sign-off: false, longest-reply: ${most} }`;

  it('lets through what has exactly so many characters, however many bytes they have', async () => {
    const text = 'Ihre Bestellung ist leider zu spät. 📦';
    const policy = await smallPolicy(edits(bare(37), '', `\nsorry-late.chat: ${text}`));
    expect(Array.from(text)).toHaveLength(37);
    expect(await saidOn(policy, 'chat', { language: 'de' })).toBe(text);
  });

  it('counts greeting and sign-off', async () => {
    const fits = await smallPolicy(edits(`  chat: { longest-reply: ${byMail.length} }`));
    expect(await saidOn(fits, 'chat')).toBe(byMail);
    const plan = await planOn(
      await smallPolicy(edits(`  chat: { longest-reply: ${byMail.length - 1} }`)),
      'chat',
    );
    expect(plan.actions).toContainEqual({ type: 'hand-off', reason: 'failure', group: null });
  });

  it('says it in the short words where there are some', async () => {
    const policy = await smallPolicy(edits(bare(20), '\nsorry-late.short: It is late.'));
    const plan = await planOn(policy, 'chat');
    expect(replyOf(plan)).toMatchObject({ text: 'It is late.', template: 'sorry-late.short' });
    expect(plan.rule).toBe('late');
    expect(plan.actions).toContainEqual({ type: 'set-priority', priority: 'high' });
    expect(replyOf(await planOn(policy, 'email'))).toMatchObject({ template: 'sorry-late' });
  });

  it('hands over to a person what fits in no words, never cut, and tells them why', async () => {
    const policy = await smallPolicy(edits(bare(30)));
    const plan = await planOn(policy, 'chat');
    // Of 33 characters; what the policy says for a hand-off fits.
    expect(replyOf(plan)).toMatchObject({ template: 'hand-off', text: 'A colleague will answer you.' });
    expect(plan.actions).toContainEqual({ type: 'hand-off', reason: 'failure', group: null });
    expect(noteOf(plan)).toContain('what rule "late" says is longer than the 30 characters that chat takes');
    expect(plan.rule).toBe('late');
  });

  it('says nothing at all where no words for that fit either', async () => {
    const plan = await planOn(await smallPolicy(edits(bare(20))), 'chat');
    expect(replyOf(plan)).toBeUndefined();
    expect(plan.actions).toContainEqual({ type: 'hand-off', reason: 'failure', group: null });
    expect(noteOf(plan)).toContain('was told nothing');
  });

  it('does nothing to an order that the customer could not be told of', async () => {
    const policy = await smallPolicy(edits(bare(25)));
    const plan = await planOn(policy, 'chat', { intent: 'refund' });
    expect(plan.actions.map(({ type }) => type)).not.toContain('order-action');
    expect(plan.actions).toContainEqual({ type: 'hand-off', reason: 'failure', group: null });
  });

  it('leaves a rule that hands over its own group and reason', async () => {
    const policy = await smallPolicy(edits(bare(20)));
    const plan = await planOn(policy, 'chat', { signals: ['safety'] });
    expect(replyOf(plan)).toBeUndefined();
    expect(plan.actions).toContainEqual({ type: 'hand-off', reason: 'safety', group: 'Tier 2' });
  });

  it('tries two wishes in few words before a person gets them', async () => {
    const further = [{ intent: 'refund', confidence: 0.9, orderNumbers: [] }];
    const long = await smallPolicy(edits(bare(60)));
    expect((await planOn(long, 'chat', { further })).actions).toContainEqual(
      expect.objectContaining({ type: 'hand-off' }),
    );
    const short = await smallPolicy(edits(bare(60), '\nsorry-late.short: It is late.'));
    expect(await saidOn(short, 'chat', { further })).toBe('It is late.\n\nYour money is on its way back.');
  });

  it('leaves a customer without a word while a shop is out, rather than with half of one', async () => {
    const policy = await smallPolicy({
      ...edits(
        '',
        '\nlonger: It takes longer than it usually does.',
        '\nlonger: Es dauert länger als üblich.\nlonger.short: Es dauert.',
      ),
      'policy.yaml': (text) =>
        `${text}outages:\n  holding-reply: { after: 30m, with: longer }\nchannels:\n${bare(20)}\n`,
    });
    const customer = { name: 'Ana', locale: null, channel: 'chat' };
    expect(holdingReply(policy, { ...customer, language: 'en' })).toBeNull();
    expect(holdingReply(policy, { ...customer, language: 'de' })?.text).toBe('Es dauert.');
  });
});

test('the demo shop never says more than a channel takes, and all that it says is whole', async () => {
  const policy = await demo();
  const limitedTo = (longestReply: number | null): LoadedPolicy => ({
    ...policy,
    channels: { ...policy.channels, form: { ...policy.channels.form, longestReply } },
  });
  const orders = [
    late,
    order({ status: 'delivered', shipments: [parcel({ status: 'delivered' })] }),
    order(),
  ];
  for (const known of orders) {
    for (const language of policy.languages) {
      const said = { language, numbers: ['48213'] };
      const whole = replyOf(await planOn(limitedTo(null), 'form', said, [known]))?.text ?? '';
      const calls = replyOf(await planOn(limitedTo(null), 'form', { language, intent: null }))?.text ?? '';
      for (const most of [20, 60, 100, 150, 200, 250, 300, whole.length - 1, whole.length, 1_000]) {
        const plan = await planOn(limitedTo(most), 'form', said, [known]);
        const text = replyOf(plan)?.text ?? null;
        expect([whole, calls, null]).toContain(text);
        expect((text ?? '').length).toBeLessThanOrEqual(most);
        if (text !== whole) expect(plan.actions.some(({ type }) => type === 'hand-off')).toBe(true);
        else expect(most).toBeGreaterThanOrEqual(whole.length);
      }
    }
  }
});

describe('settle windows', () => {
  const block = '  chat: { settle-window: 1s, fragment-window: 2s }\n  phone: { settle-window: 20s }';
  const about = (channel: string) => () =>
    Promise.resolve({
      ...{ intent: null, language: null, tags: [], channel, priority: null },
      requester: { locale: null, trusted: true },
    });

  it('are the channel’s from the first look at the ticket on, else the policy’s', async () => {
    const policy = await smallPolicy(edits(block));
    const { settingsOf } = createPolicyProcessor(policy, shopOf());
    const windows = async (channel: string) => {
      const { settleMs, fragmentSettleMs } = await settingsOf(null, undefined, about(channel));
      return [settleMs, fragmentSettleMs];
    };
    expect(await windows('chat')).toEqual([1_000, 2_000]);
    expect(await windows('phone')).toEqual([20_000, 10_000]);
    expect(await windows('email')).toEqual([3_000, 10_000]);
    // As an earlier version has read it.
    expect(await windows('web')).toEqual([3_000, 10_000]);
    expect((await settingsOf(null)).settleMs).toBe(3_000);
  });

  it('stay the channel’s in every plan', async () => {
    const policy = await smallPolicy(edits(block));
    expect((await planOn(policy, 'chat')).settings).toMatchObject({
      settleMs: 1_000,
      fragmentSettleMs: 2_000,
    });
    expect((await planOn(policy, 'email')).settings).toMatchObject({ settleMs: 3_000 });
  });

  it('are those of the version that the conversation began under', async () => {
    const own = await smallPolicy(edits(block));
    const inForce = await smallPolicy(edits('  chat: { settle-window: 9s }'));
    const { settingsOf } = createVersionedProcessor(inForceAndOwn(inForce, own), shopOf());
    expect((await settingsOf('p-own', undefined, about('chat'))).settleMs).toBe(1_000);
    expect((await settingsOf(null, undefined, about('chat'))).settleMs).toBe(9_000);
  });

  it('ask nothing about the ticket where no channel has any', async () => {
    const policy = await smallPolicy(edits('  chat: { sign-off: false }'));
    const never = () => Promise.reject(new Error('it was asked'));
    expect((await createPolicyProcessor(policy, shopOf()).settingsOf(null, undefined, never)).settleMs).toBe(
      3_000,
    );
  });
});

test('every channel that there is can be set', async () => {
  const block = channels.map((channel) => `  ${channel}: { sign-off: false }`).join('\n');
  const policy = await smallPolicy(edits(block));
  const signed: readonly Channel[] = channels.filter((channel) => policy.channels[channel].signsOff);
  expect(signed).toEqual([]);
});
