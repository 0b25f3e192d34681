/** Codes that are kept nowhere: the same for the same claim, and no other. */
import fc from 'fast-check';
import { createMailedCodes } from '../../src/mail/mailedCodes';
import type { CodeClaim } from '../../src/mail/port';

const codes = createMailedCodes('a secret of thirty-two characters');
const claim: CodeClaim = {
  key: '35436/9001/code/50926',
  ticketId: '35436',
  order: '50926',
  email: 'carla@mail.example',
};

test('six digits, the same each time, whoever works it out', () => {
  expect(codes.codeFor(claim)).toMatch(/^\d{6}$/);
  expect(createMailedCodes('a secret of thirty-two characters').codeFor(claim)).toBe(codes.codeFor(claim));
  expect(codes.codeFor({ ...claim, email: ' Carla@Mail.Example ' })).toBe(codes.codeFor(claim));
});

test('right is only the code itself', () => {
  const code = codes.codeFor(claim);
  expect(codes.isRight(code, claim)).toBe(true);
  for (const typed of ['', code.slice(1), `${code}0`, ` ${code}`, '١٢٣٤٥٦', 'abcdef']) {
    expect(codes.isRight(typed, claim)).toBe(false);
  }
});

test('another secret, ticket, order, sending or mailbox has another code', () => {
  // One in a million pairs would agree by chance; these do not.
  const others = [
    createMailedCodes('another secret of thirty-two chars').codeFor(claim),
    codes.codeFor({ ...claim, ticketId: '35437' }),
    codes.codeFor({ ...claim, order: '50927' }),
    codes.codeFor({ ...claim, key: '35436/9002/code/50926' }),
    codes.codeFor({ ...claim, email: 'eve@mail.example' }),
  ];
  expect(others).not.toContain(codes.codeFor(claim));
  expect(new Set(others).size).toBe(others.length);
});

test('parts of a claim cannot be shifted into each other', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      fc.pre(one !== '' && one.trim().toLowerCase() !== `${one}${other}`.trim().toLowerCase());
      const joined = codes.messageIdFor({ ...claim, order: `${one}${other}`, key: '' });
      expect(joined).not.toBe(codes.messageIdFor({ ...claim, order: one, key: other }));
    }),
  );
});

test('every digit is as likely as any other at every place', () => {
  const rounds = 20_000;
  const counts = Array.from({ length: 6 }, () => new Array<number>(10).fill(0));
  for (let round = 0; round < rounds; round += 1) {
    Array.from(codes.codeFor({ ...claim, key: String(round) })).forEach((digit, place) => {
      const row = counts[place];
      if (row !== undefined) row[Number(digit)] = (row[Number(digit)] ?? 0) + 1;
    });
  }
  // Chi-squared, nine degrees of freedom: 33.7 is passed once in ten thousand tries; the keys are always the same.
  for (const row of counts) {
    const expected = rounds / 10;
    expect(row.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(33.7);
  }
});

test('the id of the mail tells nothing of ticket, order, mailbox or code', () => {
  const id = codes.messageIdFor(claim);
  expect(id).toMatch(/^[0-9a-f]{40}$/);
  expect(codes.messageIdFor(claim)).toBe(id);
  expect(id).not.toContain(codes.codeFor(claim));
});
