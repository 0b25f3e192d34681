/** Chats and calls that a desk has written down: only what the customer said, and no telephone number for an order. */
import { readComment } from '../../src/classify/reading/readComment';
import { processorMs } from '../support/processorMs';

const read = (body: string, name: string | null = 'Kim Berg') =>
  readComment({ body, machineMade: false, attachments: [], requester: { name, email: null } });
const said = (text: string) => ({ text, cut: false, reading: 'words' });

describe('a chat', () => {
  const chat = [
    'Chat started: 2026-11-02 09:14 AM UTC',
    '',
    '(09:14:02 AM) Kim Berg: Hi, where is 48213?',
    'It should be here since Friday.',
    '(09:14:10 AM) *** Eric joined the chat ***',
    '(09:14:20 AM) Eric: Shall I cancel it?',
    'Or refund it?',
    '(09:14:40 AM) Kim Berg: No, just tell me when it comes.',
  ];

  test('keeps the customer’s lines, the wrapped ones too', () => {
    expect(read(chat.join('\n'))).toEqual(
      said('Hi, where is 48213?\nIt should be here since Friday.\nNo, just tell me when it comes.'),
    );
  });

  test.each(['Visitor 51877', 'Web User 6f12', 'Besucher 12', 'Visiteur', 'Cliente'])(
    'knows a customer without a name: %s',
    (speaker) => {
      const anonymous = chat.join('\n').replaceAll('Kim Berg', speaker);
      expect(read(anonymous, null).text).toContain('just tell me when it comes');
      expect(read(anonymous, null).text).not.toContain('cancel');
    },
  );

  test('in which nobody can be told to be the customer is read by a person', () => {
    expect(read(chat.join('\n'), 'Ana Ruiz')).toMatchObject({ reading: 'quotation-only' });
    expect(read(chat.join('\n'), null).text).toContain('Eric: Shall I cancel it?');
  });

  test('in 24 hours and without seconds', () => {
    expect(read('(09:14) Kim Berg: hello\n(09:15) Bot: hi\n(21:16) kim berg: still there?')).toEqual(
      said('hello\nstill there?'),
    );
  });

  test.each([
    'Your driver was here twice:\n(09:14) no one rang: the bell works\nand then he left.',
    'Opening hours (09:00) to (17:00): is that right?',
    'I was told:\n(1) to wait: done\n(2) to write: this is it',
  ])('is not seen in %j', (body) => {
    expect(read(body)).toEqual(said(body));
  });
});

describe('a call', () => {
  const details =
    'Call from: +45 12 34 48 21\nCall to: Blue Shop\nTime of call: 2026-11-02 09:14\nLength of phone call: 35 seconds\nListen to the recording: https://desk.example/recording/48213';

  test.each(['Voicemail from: Kim Berg', 'Inbound call from +45 12 34 48 21', 'Outbound call to Kim Berg'])(
    'of which nothing was written down has no words: %s',
    (title) => {
      expect(read(`${title}\n${details}`)).toEqual({ text: '', cut: false, reading: 'attachment-only' });
    },
  );

  test('that was written down is what was said', () => {
    expect(
      read(`Voicemail from: Kim Berg\n\n${details}\nTranscription: Hello, my order 51877\nis broken.`),
    ).toEqual(said('Hello, my order 51877\nis broken.'));
    expect(read(`${details}\n\nTranscript:\nPlease call me back.`)).toEqual(said('Please call me back.'));
  });

  test.each([
    [
      'German',
      'Voicemail von: Kim Berg\n\nAnruf von: +45 12 34 48 21\nAnruf an: Blue Shop\nUhrzeit des Anrufs: 2. November\nLänge: 35 Sekunden\nAufnahme anhören: https://desk.example/recording/48213',
      'Transkript: Hallo, meine Bestellung 51877\nist kaputt.',
      'Hallo, meine Bestellung 51877\nist kaputt.',
    ],
    [
      'French',
      'Message vocal de : Kim Berg\nAppel de : +33 1 23 45 67 89\nAppel vers : Boutique\nDurée : 35 s\nÉcouter : https://desk.example/calls/1/rec.mp3',
      'Transcription :\nOù est ma commande ?',
      'Où est ma commande ?',
    ],
    [
      'Polish, without a label',
      'Połączenie przychodzące\nOd: +48 123 456 789\nDo: Sklep\nCzas: 9:14\nNagranie: https://desk.example/voicemail/7',
      'Gdzie jest paczka?',
      'Gdzie jest paczka?',
    ],
    [
      'Japanese',
      '着信\n発信元：+81 3-1234-5678\n宛先：店\n時刻：9:14\n録音：https://desk.example/recordings/7.wav',
      '文字起こし：荷物はどこですか',
      '荷物はどこですか',
    ],
  ])('is told in %s too, by what is in the list', (_language, sheet, words, expected) => {
    expect(read(`${sheet}\n\n${words}`)).toEqual(said(expected));
    expect(read(sheet)).toMatchObject({ text: '', reading: 'attachment-only' });
  });

  test('but a form with a telephone number and an address of a page is none', () => {
    const form =
      'Name: Kim Berg\nPhone: +45 12 34 48 21\nOrder number: 51877\nPage: https://shop.example/orders/51877\n\nWhere is it?';
    expect(read(form)).toEqual(said(form));
  });

  test.each(['Call to: anybody?\nNobody answers.', 'Voicemail from you: I did not understand it.'])(
    'is not seen in %j',
    (body) => {
      expect(read(body)).toEqual(said(body));
    },
  );
});

test.each(['(09:14:02 AM) Ana: x\n', '(09:14) ', 'Call from:\n', 'Transcript:', '(1:11) :\n'])(
  'a hostile text takes no time: %j',
  (piece) => {
    const used = processorMs();
    read(piece.repeat(60_000 / piece.length));
    read(`Voicemail from\nTime of call:\n${piece.repeat(60_000 / piece.length)}`);
    expect(used()).toBeLessThan(500);
  },
);
