import fc from 'fast-check';
import { readComment, longestText, type CommentToRead } from '../../src/classify/reading/readComment';
import { processorMs } from '../support/processorMs';
import { anyCharacter } from '../support/anyCharacter';

const read = (body: string, more: Partial<CommentToRead> = {}) =>
  readComment({ body, machineMade: false, attachments: [], ...more });
const photo = { name: 'IMG_2231.jpg', contentType: 'image/jpeg', bytes: 120_000 };
const said = (text: string) => ({ text, cut: false, reading: 'words' });

describe('quoted history plays no part', () => {
  test.each([
    [
      'Gmail, English',
      'Where is it?\n\nOn Mon, 2 Nov 2026 at 09:14, Care <care@shop.example> wrote:\n> Cancelled.',
      'Where is it?',
    ],
    [
      'Gmail, wrapped',
      'Where is it?\n\nOn Mon, 2 Nov 2026 at 09:14, Shop Care\n<care@shop.example> wrote:\n\n> Cancelled.',
      'Where is it?',
    ],
    [
      'Apple Mail, German',
      'Wo ist es?\n\nAm 02.11.2026 um 09:14 schrieb Hilfe <hilfe@shop.example>:\n\n> Storniert.',
      'Wo ist es?',
    ],
    [
      'Gmail, French',
      'Où est-il ?\n\nLe lun. 2 nov. 2026 à 09:14, Aide <aide@shop.example> a écrit :\n> Annulée.',
      'Où est-il ?',
    ],
    [
      'Gmail, Spanish',
      '¿Dónde está?\n\nEl lun, 2 nov 2026 a las 9:14, Ayuda (<a@shop.example>) escribió:\n> Anulado.',
      '¿Dónde está?',
    ],
    [
      'Gmail, Dutch',
      'Waar is het?\n\nOp ma 2 nov 2026 om 09:14 schreef Hulp <h@shop.example>:\n> Geannuleerd.',
      'Waar is het?',
    ],
    [
      'Gmail, Italian',
      "Dov'è?\n\nIl giorno lun 2 nov 2026 alle ore 09:14 Aiuto <a@shop.example> ha scritto:\n> Annullato.",
      "Dov'è?",
    ],
    [
      'Gmail, Danish',
      'Hvor er den?\n\nDen man. 2. nov. 2026 kl. 09.14 skrev Hjælp <h@shop.example>:\n> Annulleret.',
      'Hvor er den?',
    ],
    [
      'Gmail, Swedish',
      'Var är den?\n\nDen mån 2 nov. 2026 kl 09:14 skrev Hjälp <h@shop.example>:\n> Avbokad.',
      'Var är den?',
    ],
    [
      'Outlook, English',
      'Where is it?\n\n________________________________\nFrom: Care <care@shop.example>\nSent: Monday\nTo: Ana\nSubject: Re: order\n\nCancelled.',
      'Where is it?',
    ],
    [
      'Outlook, German',
      'Danke, aber das Paket ist immer noch nicht da.\n\nVon: Support <hilfe@shop.example>\nGesendet: Montag, 2. November 2026 09:14\nAn: R. Kern\nBetreff: AW: Bestellung 48213\n\nIhre Bestellung wurde storniert, das Geld ist erstattet.',
      'Danke, aber das Paket ist immer noch nicht da.',
    ],
    [
      'Outlook, Danish, a copy line in the middle',
      'Kan I sende pakken til Elmevej 4?\n\nFra: Butikken <hjaelp@shop.example>\nSendt: 2. november 2026 09:14\nTil: Mette <mette@mail.example>\nCc: lager@shop.example\nEmne: SV: Ordre 48213\n\nDin ordre er annulleret.',
      'Kan I sende pakken til Elmevej 4?',
    ],
    [
      'Outlook, Swedish',
      'Var är den?\n\nFrån: Butiken <h@shop.example>\nSkickat: den 2 november 2026\nTill: Eva\nÄmne: SV: order\n\nAvbokad.',
      'Var är den?',
    ],
    ['Original Message', 'Still broken\n\n-----Original Message-----\nFrom: x\nrefunded', 'Still broken'],
    [
      'reply mark of a desk',
      'My answer\n\n##- Please type your reply above this line -##\nYour order was cancelled.',
      'My answer',
    ],
    [
      'an answer below the quotation',
      'On Mon, 2 Nov 2026 at 09:14, Care <care@shop.example> wrote:\n> Which order?\n\n51877 please',
      '51877 please',
    ],
  ])('%s', (_name, body, text) => {
    expect(read(body)).toEqual(said(text));
  });

  test.each([
    'On Monday I wrote to you about my lamp.\nNo answer!',
    'From: my point of view this is not right.\nTo: be honest, it never was.',
    'Am Montag schrieb ich Ihnen: keine Antwort.',
  ])('words that only resemble a header stay: %s', (body) => {
    expect(read(body)).toEqual(said(body));
  });

  test("webmail that put '>' before the answer too does not empty it", () => {
    const body =
      'On 2026-11-02 12:12, Shop Care wrote:\n> My number is 51877 and I want to send the jacket back.\n> Greetings, Ida\n>\n> -- Please answer above this line --\n> Which order is it about?';
    const { text, reading } = read(body);
    expect(reading).toBe('words');
    expect(text).toContain('My number is 51877 and I want to send the jacket back.');
    expect(text).not.toContain('Which order is it about?');
  });

  test('where everything is quoted and nothing tells whose words they are, all of it is kept for a person', () => {
    const body = '> I want to return it\n> Which order?';
    expect(read(body)).toEqual({ text: body, cut: false, reading: 'quotation-only' });
  });
});

describe('forwarded mail', () => {
  const german =
    '\n-------- Weitergeleitete Nachricht --------\nVon: Lena <lena@mail.example>\nDatum: 02.11.2026 09:14\nAn: piet@shop.example\nBetreff: wo bleibt mein Paket\n\nHallo, Bestellung 48213 ist noch nicht da. Lena';

  test("an employee's forward is the message", () => {
    expect(read(german, { fromAgentRequester: true })).toEqual(
      said('Hallo, Bestellung 48213 ist noch nicht da. Lena'),
    );
  });

  test("a customer's forward is somebody else's words", () => {
    const body =
      'is this one really from you? looks fishy\n\n---------- Forwarded message ---------\nFrom: Parcel Desk <pay@evil.example>\nDate: Mon, 2 Nov 2026\nSubject: your parcel\n\nPay 2.99 for order 99999 now.';
    expect(read(body)).toEqual(said('is this one really from you? looks fishy'));
    expect(read(german)).toMatchObject({ reading: 'quotation-only' });
  });
});

describe('signatures', () => {
  test.each([
    ['Where is it?\n-- \nAna Ruiz\nRefund Manager', 'Where is it?'],
    ['Where is it?\n\nSent from my iPhone', 'Where is it?'],
    ['Yes.\nSent from my iPhone. Please excuse typos', 'Yes.'],
    [
      'Yes, cancel it.\nSent from my iPhone. Do not cancel it',
      'Yes, cancel it.\nSent from my iPhone. Do not cancel it',
    ],
    ['Ja.\nVon meinem iPhone gesendet Nein, halt', 'Ja.\nVon meinem iPhone gesendet Nein, halt'],
    ['Wo ist es?\n\nVon meinem iPhone gesendet', 'Wo ist es?'],
    ['Où est-il ?\nEnvoyé de mon iPhone', 'Où est-il ?'],
    ['Hvor er den?\nSendt fra min iPhone', 'Hvor er den?'],
    ['Where is it?\n\nKind regards,\nAna Ruiz\nCancellation Ltd', 'Where is it?'],
    [
      'Where is it?\n\nThis e-mail and any attachments are confidential. Our lawyers will sue.',
      'Where is it?',
    ],
    ['Where is it?\n\nRegards,\nAna\nOrder 48213', 'Where is it?\n\nRegards,\nAna\nOrder 48213'],
    [
      'Where is it?\n\nRegards,\nAna\nPS can I also get an invoice?',
      'Where is it?\n\nRegards,\nAna\nPS can I also get an invoice?',
    ],
    ['Thank you!', 'Thank you!'],
    [
      'Sent from my heart: you were great, but where is the second parcel that you promised to send to me last week?',
      'Sent from my heart: you were great, but where is the second parcel that you promised to send to me last week?',
    ],
  ])('%j', (body, text) => {
    expect(read(body)).toEqual(said(text));
  });

  test('nothing but a signature', () => {
    expect(read('-- \nAna\nSent from my iPhone')).toEqual({
      text: '',
      cut: false,
      reading: 'signature-only',
    });
  });
});

describe('nothing to understand in words', () => {
  test.each(['', '  \n\t ', '\u200B\uFEFF', '<div><br></div>', '\u0000\u0007'])('empty: %j', (body) => {
    expect(read(body)).toEqual({ text: '', cut: false, reading: 'empty' });
  });
  test.each([
    '<div><img src="cid:1"></div>',
    '[cid:image001.png@01D]',
    '![](https://desk.example/photo.jpg)',
  ])('only a picture: %j', (body) => {
    expect(read(body).reading).toBe('attachment-only');
  });
  test('only an attachment', () => {
    expect(read('', { attachments: [photo] }).reading).toBe('attachment-only');
  });
});

describe('machines', () => {
  test.each([
    [
      'auto-reply',
      'Automatic reply: I am out of the office until 12 January. For urgent matters call my colleague.',
    ],
    ['auto-reply', 'Abwesenheitsnotiz: Ich bin bis 4. Januar nicht erreichbar.'],
    ['auto-reply', 'Ich bin bis Montag nicht im Büro. In dringenden Fällen hilft Frau Kern.'],
    ['auto-reply', 'Je suis absente du bureau. Je répondrai à mon retour.'],
    [
      'delivery-report',
      "Votre message n'a pas encore pu être remis à ana@mail.example. Nouvelle tentative pendant 48 heures.",
    ],
    ['undeliverable', 'This is the mail system at host mx.example.\n\nI am sorry to have to inform you'],
    ['undeliverable', 'Delivery has failed to these recipients or groups:'],
  ])('%s: %s', (reading, body) => {
    expect(read(body).reading).toBe(reading);
  });

  test("the desk's mark and the subject count too", () => {
    expect(read('Back on Monday.', { machineMade: true }).reading).toBe('auto-reply');
    expect(read('Back on Monday.', { subject: 'Re: Automatic reply: your parcel' }).reading).toBe(
      'auto-reply',
    );
  });

  test.each([
    'Your automatic reply was no help at all.',
    'I am out of the office until Friday, can you deliver on Monday?',
    'My parcel could not be delivered, it says. Why?',
    'Mein Paket konnte nicht zugestellt werden.',
  ])('a customer wrote: %s', (body) => {
    expect(read(body).reading).toBe('words');
  });
});

describe('clean text', () => {
  test.each([
    [
      '<p>Can I still change the size on order&nbsp;48213?</p><script>alert(1)</script>',
      'Can I still change the size on order 48213?',
    ],
    ['can\u200Bcel\u00AD my \u202Eorder\u202C', 'cancel my order'],
    ['a\u200Db', 'ab'],
    ['hi\u{E0069}\u{E0067} there', 'hi there'],
    ['great 👍🏽 👩‍👩‍👧', 'great 👍🏽 👩‍👩‍👧'],
    ['أين طلبي؟', 'أين طلبي؟'],
    ['broken \uD800 half', 'broken  half'],
    ['mail me at <ana@mail.example> <b>please</b>', 'mail me at <ana@mail.example> please'],
    ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
  ])('%j', (body, text) => {
    expect(read(body)).toEqual(said(text));
  });

  test('is cut at 20,000 characters, never within an emoji', () => {
    expect(read('a'.repeat(60_000))).toMatchObject({ text: 'a'.repeat(longestText), cut: true });
    const { text, cut } = read('a' + '😀'.repeat(30_000));
    expect(cut).toBe(true);
    expect(text).toHaveLength(longestText - 1);
    expect(text.endsWith('😀')).toBe(true);
  });
});

describe('any text at all', () => {
  test('is read without an error, and reading twice changes nothing', () => {
    const pieces = fc.constantFrom(
      'On ',
      'wrote:',
      '>',
      '\n',
      '-- ',
      'From: ',
      'Sent: ',
      'Subject: ',
      '<div>',
      '<',
      '\u200B',
      '😀',
      'x 1',
      'Regards,',
    );
    const bodies = fc.oneof(
      fc.string({ unit: anyCharacter, maxLength: 300 }),
      fc.array(pieces, { maxLength: 60 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(bodies, fc.boolean(), (body, fromAgentRequester) => {
        const once = read(body, { fromAgentRequester });
        expect(once.text.length).toBeLessThanOrEqual(longestText);
        expect(/\p{Surrogate}/u.test(once.text)).toBe(false);
        if (once.reading === 'words') expect(once.text).not.toBe('');
        expect(read(body, { fromAgentRequester })).toEqual(once);
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    ['<div>'.repeat(12_000)],
    ['<'.repeat(60_000)],
    ['Op schreef a\n'.repeat(5_000)],
    ['abc. x skrev\n'.repeat(5_000)],
    ['From: a\n'.repeat(8_000)],
    ['> '.repeat(30_000)],
    [' '.repeat(60_000) + 'x'],
    ['\n'.repeat(60_000) + 'x'],
    ['a\u200D'.repeat(30_000)],
    ['\u{E0041}'.repeat(30_000)],
    ['-'.repeat(60_000)],
    ['!['.repeat(30_000)],
    ['i am '.repeat(12_000)],
  ])('60,000 hostile characters take no time: %.12s', (body) => {
    const used = processorMs();
    read(body);
    expect(used()).toBeLessThan(1_000);
  });
});
