import fc from 'fast-check';
import { parseAgentMessage, UnreadablePayload } from '../../src/contracts/parse';
import { parseSetMode, parseSwitchedModes } from '../../src/contracts/parseModes';
import { modes } from '../../src/core/modes/mode';
import { modesOf, nothingSwitched, switchMode, switchRefusal } from '../../src/core/modes/modeSwitch';

const why = (parsed: ReturnType<typeof parseSetMode> | ReturnType<typeof parseSwitchedModes>) =>
  parsed.ok ? 'understood' : parsed.why;

describe('a turn of the switch', () => {
  it('is for the company, or for an intent', () => {
    expect(parseSetMode({ mode: 'off', by: 'maria' })).toEqual({
      ok: true,
      value: { mode: 'off', by: 'maria', reason: null, intent: null },
    });
    expect(parseSetMode({ mode: 'draft', by: 'maria', reason: 'new rules', intent: 'refund' })).toEqual({
      ok: true,
      value: { mode: 'draft', by: 'maria', reason: 'new rules', intent: 'refund' },
    });
  });

  it.each([
    [undefined, /expected an object such as {"mode": "draft"/],
    ['off', /expected an object/],
    [[], /expected an object/],
    [{ by: 'maria' }, /mode must be one of auto, draft, shadow, off/],
    [{ mode: 'OFF', by: 'maria' }, /mode must be one of/],
    [{ mode: false, by: 'maria' }, /mode must be one of/],
    [{ mode: 'off' }, /by must name who acts/],
    [{ mode: 'off', by: '  ' }, /by must name who acts/],
    [{ mode: 'off', by: 'x'.repeat(201) }, /by must name who acts, in 1 to 200 characters/],
    [{ mode: 'off', by: 'maria', reason: '' }, /reason must be a text/],
    [{ mode: 'off', by: 'maria', intent: 'Refund!' }, /intent must be the name of an intent/],
    [{ mode: 'off', by: 'maria', intent: '' }, /intent must be the name/],
    [{ mode: 'off', by: 'maria', intent: '__proto__' }, /intent must be the name/],
    [new UnreadablePayload(), /cannot be decoded/],
  ])('%j is refused with what is wanted', (value, words) => {
    expect(why(parseSetMode(value))).toMatch(words);
  });

  it('whatever is sent: understood or refused, never thrown', () => {
    fc.assert(fc.property(fc.anything(), (value) => expect(why(parseSetMode(value))).not.toBe('')));
    fc.assert(fc.property(fc.anything(), (value) => expect(why(parseSwitchedModes(value))).not.toBe('')));
  });
});

describe('the switch', () => {
  const change = { by: 'maria', reason: null };

  it('remembers who turned it and when, for the company and for each intent', () => {
    const one = switchMode(nothingSwitched, { ...change, mode: 'draft', intent: null }, 1_000);
    const two = switchMode(one, { ...change, mode: 'off', intent: 'refund' }, 2_000);
    expect(two).toEqual({
      company: { mode: 'draft', by: 'maria', reason: null, at: 1_000 },
      intents: { refund: { mode: 'off', by: 'maria', reason: null, at: 2_000 } },
    });
    expect(modesOf(two)).toEqual({ company: 'draft', intents: { refund: 'off' } });
  });

  it('turned back to auto, an intent is forgotten, and the company tells who did it', () => {
    const off = switchMode(nothingSwitched, { ...change, mode: 'off', intent: 'refund' }, 1_000);
    expect(switchMode(off, { ...change, mode: 'auto', intent: 'refund' }, 2_000).intents).toEqual({});
    const back = switchMode(off, { ...change, by: 'tom', mode: 'auto', intent: null }, 2_000);
    expect(back.company).toMatchObject({ mode: 'auto', by: 'tom' });
    expect(modesOf(nothingSwitched)).toEqual({ company: 'auto', intents: {} });
  });

  it('comes back from JSON as it was, whatever was done to it', () => {
    const turn = fc.record({
      mode: fc.constantFrom(...modes),
      by: fc.string({ minLength: 1 }),
      reason: fc.option(fc.string({ minLength: 1 })),
      intent: fc.option(fc.constantFrom('refund', 'cancel', 'constructor')),
    });
    fc.assert(
      fc.property(fc.array(turn), (turns) => {
        const switched = turns.reduce((known, one, at) => switchMode(known, one, at), nothingSwitched);
        const read = parseSwitchedModes(JSON.parse(JSON.stringify(switched)));
        expect(read).toEqual({ ok: true, value: switched });
      }),
    );
  });

  it('does not grow without end, and can always be turned for the company and back to auto', () => {
    let switched = nothingSwitched;
    for (let n = 0; n < 200; n += 1) {
      switched = switchMode(switched, { ...change, mode: 'draft', intent: `intent-${n}` }, n);
    }
    expect(switchRefusal(switched, { ...change, mode: 'draft', intent: 'one-more' })).toMatch(/200 intents/);
    expect(switchRefusal(switched, { ...change, mode: 'off', intent: 'intent-7' })).toBeNull();
    expect(switchRefusal(switched, { ...change, mode: 'auto', intent: 'one-more' })).toBeNull();
    expect(switchRefusal(switched, { ...change, mode: 'off', intent: null })).toBeNull();
  });

  it.each([
    [7, /expected an object/],
    [{ company: null }, /expected an object/],
    [{ company: 'off', intents: {} }, /company must be null or/],
    [{ company: { mode: 'loud', by: 'x', reason: null, at: 1 }, intents: {} }, /company must be null or/],
    [{ company: null, intents: { refund: 'off' } }, /each of intents must be/],
    [new UnreadablePayload(), /cannot be decoded/],
  ])('kept as %j is not understood', (value, words) => {
    expect(why(parseSwitchedModes(value))).toMatch(words);
  });

  it('of nothing is one that nobody has turned', () => {
    expect(parseSwitchedModes(undefined)).toEqual({ ok: true, value: nothingSwitched });
    expect(parseSwitchedModes(null)).toEqual({ ok: true, value: nothingSwitched });
  });
});

describe('set-mode on a ticket', () => {
  it('says which', () => {
    expect(parseAgentMessage('set-mode', { by: 'maria', mode: 'shadow' }, 'id-1')).toEqual({
      ok: true,
      value: { id: 'id-1', action: 'set-mode', by: 'maria', reason: null, draftId: null, mode: 'shadow' },
    });
  });

  it.each([undefined, null, 'loud', 7, {}])('%j is none', (mode) => {
    const parsed = parseAgentMessage('set-mode', { by: 'maria', mode }, 'id-1');
    expect(parsed).toEqual({ ok: false, why: 'mode must be one of auto, draft, shadow, off' });
  });

  it('is nothing that another action could carry along', () => {
    const parsed = parseAgentMessage('close', { by: 'maria', mode: 'off' }, 'id-1');
    expect(parsed.ok && parsed.value).not.toHaveProperty('mode');
  });
});
