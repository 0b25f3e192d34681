/** `policy check` on templates and channels: what is never said, said to some only, or never fits. */
import { checkPolicy } from '../../../src/policy/check/checkPolicy';
import { withSmallPolicy } from '../smallPolicy';

interface Words {
  /** In policy.yaml. */
  readonly channels?: string;
  /** More templates. */
  readonly en?: string;
  readonly de?: string;
}

const framed = '\ngreeting: Hello,\nsign-off: The Bean Club\n';

async function findingsOf({ channels = '', en = '', de = '' }: Words): Promise<readonly string[]> {
  const edits = {
    ...(channels === '' ? {} : { 'policy.yaml': (text: string) => `${text}channels: ${channels}\n` }),
    'templates/en.yaml': (text: string) => `${text}${framed}${en}\n`,
    'templates/de.yaml': (text: string) => `${text}${framed}${de}\n`,
  };
  return withSmallPolicy(edits, async (folder) => {
    const { findings } = await checkPolicy(folder, { classifierOf: null, groups: null });
    return findings.map(
      ({ severity, kind, file, line, column, message }) =>
        `${severity} ${kind} ${file}:${line}:${column} ${message}`,
    );
  });
}

const short = { en: 'sorry-late.chat: Late.', de: 'sorry-late.chat: Zu spät.' };

test('variants in all languages, with room for all that is said, are sound', async () => {
  expect(await findingsOf(short)).toEqual([]);
  expect(
    await findingsOf({ ...short, channels: '{ chat: { longest-reply: 200 }, form: { sign-off: false } }' }),
  ).toEqual([]);
});

describe('variants', () => {
  it('that a language lacks are named, with what such customers read', async () => {
    expect(await findingsOf({ en: short.en })).toEqual([
      'warning missing-variant templates/en.yaml:10:1 "sorry-late.chat" is not there in "de": such customers read "sorry-late" in its place',
    ]);
    expect(await findingsOf({ de: short.de })).toEqual([
      expect.stringMatching(
        /^warning missing-variant templates\/de\.yaml:10:1 "sorry-late\.chat" is not there in "en"/,
      ),
    ]);
  });

  it('of a template that a language lacks itself, it need not have', async () => {
    const more = { en: 'more: More.\nmore.chat: M.', channels: '{ chat: { like: social } }' };
    // Which no rule says, and which is told once.
    expect(await findingsOf(more)).toEqual([
      expect.stringMatching(/^warning unused-template templates\/en\.yaml:10:1 "more" is said by no rule/),
    ]);
  });

  it('for few words are never said where there is room for all', async () => {
    const few = { en: 'sorry-late.short: Late.', de: 'sorry-late.short: Zu spät.' };
    expect(await findingsOf(few)).toEqual([
      expect.stringMatching(
        /^warning unused-template templates\/en\.yaml:10:1 "sorry-late\.short" is never said: no channel of policy\.yaml has a longest-reply/,
      ),
    ]);
    expect(await findingsOf({ ...few, channels: '{ chat: { longest-reply: 200 } }' })).toEqual([]);
  });

  it('of a greeting that the channel does without are never said', async () => {
    const hi = { en: 'greeting.chat: Hi!', de: 'greeting.chat: Hallo!' };
    expect(await findingsOf({ ...hi, channels: '{ chat: { greeting: false } }' })).toEqual([
      expect.stringMatching(
        /^warning unused-template .* "greeting\.chat" is never said: policy\.yaml says "greeting: false" there/,
      ),
    ]);
    // A messenger is like the chat, and greets.
    const like = '{ chat: { greeting: false }, messaging: { like: chat, greeting: true } }';
    expect(await findingsOf({ ...hi, channels: like })).toEqual([]);
  });

  it('are looked through for facts that can be absent, and for words that no fact is', async () => {
    const findings = await findingsOf({
      en: 'sorry-late.chat: By {{ order.expectedOn | day }}.\nwhich-order.chat: \'{% if ticket.channel == "web" %}Which?{% endif %}\'',
      de: 'sorry-late.chat: Zu spät.\nwhich-order.chat: Welche?',
    });
    expect(findings).toEqual([
      expect.stringMatching(
        /^warning absent-fact templates\/en\.yaml:10:\d+ "sorry-late\.chat" prints order\.expectedOn/,
      ),
      expect.stringMatching(
        /^error wrong-word templates\/en\.yaml:11:\d+ "which-order\.chat" compares ticket\.channel with "web", which it never is\. Allowed: "email", "form"/,
      ),
    ]);
  });
});

describe('what never fits', () => {
  it('is an error in each language, with how much it is and how it is mended', async () => {
    // "We are sorry, your order is late." has 33 characters, "Ihre Bestellung ist leider zu spät." has 35.
    const findings = await findingsOf({ channels: '{ chat: { longest-reply: 55 } }' });
    expect(findings).toEqual([
      'error too-long templates/de.yaml:3:1 "sorry-late" never fits on chat: at its shortest it has 58 characters with what stands around it, and longest-reply is 55. Add "sorry-late.short", in fewer words',
      'error too-long templates/en.yaml:3:1 "sorry-late" never fits on chat: at its shortest it has 56 characters with what stands around it, and longest-reply is 55. Add "sorry-late.short", in fewer words',
    ]);
  });

  it('fits in the words of the channel, in few words, without a frame, or with its own', async () => {
    const on = (rest = '') => `{ chat: { longest-reply: 54${rest} } }`;
    const inChat = {
      en: 'sorry-late.chat: Late.',
      de: 'sorry-late.chat: Zu spät.',
    };
    expect(await findingsOf({ ...inChat, channels: on() })).toEqual([]);
    expect(await findingsOf({ channels: on(', sign-off: false') })).toEqual([]);
    const own = {
      en: 'sorry-late.chat: "Hi,\\n\\nIt is late, and we are sorry.\\n\\n{{ shop.name }}"',
      de: 'sorry-late.chat: "Hallo,\\n\\nEs ist leider zu spät.\\n\\n{{ shop.name }}"',
    };
    expect((await findingsOf({ ...own, channels: on() })).filter((one) => one.includes('too-long'))).toEqual(
      [],
    );
  });

  it('is told of the short words, where those are still too many', async () => {
    const findings = await findingsOf({
      en: 'sorry-late.short: We are sorry, it is late.',
      channels: '{ chat: { longest-reply: 40 } }',
    });
    expect(findings).toContainEqual(
      expect.stringMatching(
        /templates\/en\.yaml:3:1 "sorry-late" never fits on chat.*Shorten "sorry-late\.short"$/,
      ),
    );
  });

  it('is what is always said, not what may be', async () => {
    const sometimes = "'{% if order.late %}It is late, and we are very sorry for that.{% endif %} Bye.'";
    const words = {
      en: `sorry-late.chat: ${sometimes}`,
      de: `sorry-late.chat: ${sometimes}`,
    };
    expect(await findingsOf({ ...words, channels: '{ chat: { longest-reply: 54 } }' })).toEqual([]);
  });
});
