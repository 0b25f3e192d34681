import { modeLines } from '../../../src/cli/mode/modeLines';
import { nothingSwitched, switchMode } from '../../../src/core/modes/modeSwitch';

const maria = { by: 'maria', reason: null };
const at = Date.UTC(2026, 10, 25, 10, 0);
const off = switchMode(nothingSwitched, { ...maria, mode: 'off', intent: null, reason: 'wrong prices' }, at);
const refunds = switchMode(nothingSwitched, { ...maria, mode: 'draft', intent: 'refund' }, at);

const shown = (...given: Parameters<typeof modeLines>) => modeLines(...given).join('\n');

test('what holds comes first, in a sentence', () => {
  expect(modeLines(nothingSwitched, { company: 'auto', intents: {} })[0]).toBe('auto: Deskhand answers');
  expect(modeLines(off, null)[0]).toBe('off: Deskhand leaves the ticket to people');
});

test('who switched it, when and why', () => {
  expect(shown(off, { company: 'draft', intents: {} })).toMatch(
    /company +off +draft +off, by maria 2026-11-25 10:00 UTC: wrong prices/,
  );
});

test('each intent that the policy or the switch names, the stricter of both', () => {
  const lines = shown(refunds, { company: 'auto', intents: { refund: 'shadow', cancel: 'off' } });
  expect(lines).toMatch(/cancel +off +off +-/);
  expect(lines).toMatch(/refund +shadow +shadow +draft, by maria/);
  expect(lines.indexOf('cancel')).toBeLessThan(lines.indexOf('refund'));
});

test('a policy that cannot be read is no reason to say nothing', () => {
  const lines = shown(refunds, null);
  expect(lines).toMatch(/refund +draft +\? +draft, by maria/);
  expect(lines).toContain('cannot be read from here');
});
