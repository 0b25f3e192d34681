/** What is taken for a signature is thrown away, and with it whatever it says: it has to look like one. */
import { readPlainAnswer } from '../../src/classify/embedded/plainAnswers';
import { readComment } from '../../src/classify/reading/readComment';
import { processorMs } from '../support/processorMs';

const read = (body: string) => readComment({ body, machineMade: false, attachments: [] }).text;

const closings = [
  'Thanks,',
  'Best',
  'Kind regards,',
  'Mit freundlichen Grüßen',
  'Cordialement',
  'Saludos',
  'Mvh',
];

describe('what is said below a closing is said', () => {
  const words = [
    'Actually do not do it',
    'But only if free',
    'Tomorrow',
    'Hold On',
    'Both Please',
    'wait, I changed my mind',
    'Bitte nicht stornieren',
    'Nur die blaue',
    'Später',
    "Finalement ne l'annulez pas",
    'Mais pas celle-ci',
    'Attendez',
    'Pero solo la roja',
    'Mañana',
    'Men ikke den røde',
    'Vent',
    'Maar niet de rode',
    'no',
    'my wife says no',
    'Is it free?',
    'Stop!',
    'half of it',
    'it works now',
    'Gutschein',
    'In store credit',
  ];
  test.each(closings)('%s', (closing) => {
    for (const said of words) {
      expect(read(`Yes please\n\n${closing}\n${said}`)).toBe(`Yes please\n\n${closing}\n${said}`);
      const signed = `Yes please\n\n${closing}\nAna Costa\n${said}`;
      expect(read(signed)).toBe(signed);
    }
  });
});

describe('a signature is none of the words', () => {
  const signatures = [
    'Ana Costa',
    'A. Costa',
    'Ana (she/her)',
    'Dr. Jörg Weiß\nLeiter der Buchhaltung\nAcme GmbH & Co. KG',
    'Ana Costa\nHead of Logistics | Acme Ltd.\n+45 12 34 56 78\nana@acme.example',
    'Ana de la Cruz\nGerente de ventas\nwww.acme.example',
    "Sinéad O'Brien\nSales Manager\nTel.: (01) 234 567 | https://acme.example/people",
    'Ana Costa\nElm Street 4\n8000 Aarhus\nDenmark',
    'Chloé Petit\nChef de projet\n12 Rue des Lilas, 75011 Paris',
    'IDA LUND\nTlf. 12 34 56 78',
    'Ana\nAcme\nacme.example',
  ];
  test.each(signatures)('%j', (signature) => {
    expect(read(`Where is it?\n\nKind regards,\n${signature}`)).toBe('Where is it?');
    expect(read(`Where is it?\n\nThanks,\n\n${signature}`)).toBe('Where is it?\n\nThanks,');
    expect(read(`Where is it?\n-- \n${signature}`)).toBe('Where is it?');
  });

  test('nor is what stands below it: a notice, a plea for trees', () => {
    for (const notice of [
      'This e-mail is confidential and intended only for the addressee.',
      'Please consider the environment before printing this e-mail.',
      'Pensez à l’environnement avant d’imprimer ce message',
    ]) {
      expect(read(`Where is it?\n\nKind regards,\nAna Costa\n\n${notice}`)).toBe('Where is it?');
    }
  });
});

describe('one word below a short answer', () => {
  test('is left to whoever knows the name of the requester', () => {
    expect(read('Yes please\n\nThanks,\nRed')).toContain('Red');
    expect(read('Yes please\n\nKind regards,\nAna')).toContain('Ana');
    expect(read('My parcel has not come, where is it?\n\nKind regards,\nAna')).toBe(
      'My parcel has not come, where is it?',
    );
  });

  const says = (body: string) =>
    readPlainAnswer(
      { comments: [read(body)], name: 'Ana Costa' },
      { kind: 'confirm', intent: 'cancel_order', choices: [] },
    )?.says;

  test.each([...closings, 'Cheers', 'Hilsen', 'Viele Grüße,', 'Un saludo', 'Groetjes'])(
    '%s and it is a yes',
    (closing) => {
      for (const signed of ['Ana', 'ana', 'Ana Costa']) {
        expect(says(`Yes please\n\n${closing}\n${signed}`)).toBe('yes');
      }
      for (const other of ['Red', 'Maria', 'Half', 'Notebooks', 'Tomorrow']) {
        expect(says(`Yes please\n\n${closing}\n${other}`)).toBeUndefined();
      }
    },
  );
});

test.each(['not', 'but only if it is free', 'wait'])(
  'a line that somebody drew hides nothing: %s',
  (said) => {
    expect(read(`Yes\n-- \n${said}`)).toContain(said);
    expect(read(`Yes\n--\n${said}`)).toContain(said);
  },
);

test('a signature with a slogan below its delimiter is left out', () => {
  expect(read('Where is it?\n-- \nAna Costa\nwe make things that last')).toBe('Where is it?');
});

test('a hostile mail takes no time', () => {
  const used = processorMs();
  read(`Hi\n\nBest,\n${`${'a.'.repeat(5_000)} ${'@'.repeat(5_000)} `.repeat(3)}\n`.repeat(6));
  expect(used()).toBeLessThan(500);
});
