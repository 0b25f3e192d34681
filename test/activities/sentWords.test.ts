/** How far what an agent sent is what had been proposed: by words, and in numbers alone. */
import fc from 'fast-check';
import { sentSince } from '../../activities/sentWords';
import type { DeskComment } from '../../src/helpdesk/port';
import { processorMs } from '../support/processorMs';
import { anyCharacter } from '../support/anyCharacter';

const proposed = [
  'Hello Ana,',
  '',
  'Your order 48213 is on its way with Swift Parcel and should reach you by 27 November.',
  '',
  'Kind regards',
].join('\n');

function comment(id: string, body: string, change: Partial<DeskComment> = {}): DeskComment {
  return {
    id,
    at: '2026-11-25T10:00:00Z',
    public: true,
    author: 'agent',
    authorId: 'agent-7',
    machineMade: false,
    attachments: [],
    body,
    ...change,
  };
}

const asked = comment('9001', 'Where is my order?', { author: 'requester' });
const share = (sent: string, text: string | null = proposed) =>
  sentSince([asked, comment('9002', sent)], { after: '9001', text })?.similarity;

describe('which comment is compared', () => {
  const look = (...comments: DeskComment[]) =>
    sentSince([asked, ...comments], { after: '9001', text: proposed });

  it("the first public one of an agent after the customer's message", () => {
    const found = look(
      comment('9002', 'let me check', { public: false }),
      comment('9003', 'It is on its way.', { author: 'bot' }),
      comment('9004', 'Hello?', { author: 'requester' }),
      comment('9005', 'cc: the courier', { author: 'third-party' }),
      comment('9006', proposed),
      comment('9007', 'And something else.'),
    );
    expect(found).toEqual({ commentId: '9006', similarity: 1 });
  });

  it('none, while nobody has answered', () => {
    expect(look()).toBeNull();
    expect(look(comment('9002', proposed, { public: false }))).toBeNull();
  });

  it('not one that stood before the message, whatever its id looks like as text', () => {
    const older = comment('999', proposed);
    expect(sentSince([older, asked], { after: '9001', text: proposed })).toBeNull();
    expect(sentSince([asked, comment('10000', proposed)], { after: '9001', text: proposed })).not.toBeNull();
  });
});

describe('how alike they are', () => {
  it('the same words are 1, however they are set', () => {
    expect(share(proposed)).toBe(1);
    expect(share(proposed.replace(/\n+/g, ' ').toUpperCase())).toBe(1);
    expect(share(proposed.replaceAll(',', ' -'))).toBe(1);
  });

  it('one word more is not quite the same', () => {
    const edited = share(proposed.replace('Hello Ana', 'Hello dear Ana'));
    expect(edited).toBeLessThan(1);
    expect(edited).toBeGreaterThan(0.9);
  });

  it('a half that is written anew is about a half', () => {
    const edited = share(
      'Hello Ana, your order 48213 is on its way, but snow holds the courier up; we are sorry for the wait.',
    );
    expect(edited).toBeGreaterThan(0.3);
    expect(edited).toBeLessThan(0.7);
  });

  it('other words are close to 0', () => {
    expect(share('We have refunded you today.')).toBeLessThan(0.2);
    expect(share('***')).toBe(0);
  });

  it('words of any script are words', () => {
    expect(share('Ваш заказ в пути.', 'Ваш заказ в пути!')).toBe(1);
    expect(share('ご注文は発送済みです', 'ご注文は発送済みです。')).toBe(1);
    expect(share('Ihre Bestellung ist unterwegs', 'Deine Bestellung ist unterwegs')).toBe(0.75);
  });

  it('the same letters, composed or not, are the same word', () => {
    expect(share('Café'.normalize('NFD'), 'Café'.normalize('NFC'))).toBe(1);
  });

  it('where no reply was proposed there is nothing to compare', () => {
    expect(share('We have refunded you.', null)).toBeNull();
  });

  it('two that say nothing say the same', () => {
    expect(share('...', '')).toBe(1);
  });

  it('is between 0 and 1, the same both ways, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), fc.string({ unit: anyCharacter }), (one, other) => {
        const alike = share(one, other) ?? -1;
        expect(alike).toBeGreaterThanOrEqual(0);
        expect(alike).toBeLessThanOrEqual(1);
        expect(share(other, one)).toBe(alike);
        expect(share(one, one)).toBe(1);
      }),
    );
  });

  it('two endless texts cost a worker no noticeable time', () => {
    const words = (seed: number) =>
      Array.from({ length: 20_000 }, (_, n) => `w${(n * seed) % 991}`).join(' ');
    const used = processorMs();
    share(words(7), words(11));
    expect(used()).toBeLessThan(1_000);
  });
});
