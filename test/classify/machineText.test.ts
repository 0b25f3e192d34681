/** Mail that machines write by themselves, and mail of people that only resembles it. */
import { readComment } from '../../src/classify/reading/readComment';

const readingOf = (body: string, subject = '') =>
  readComment({ body, subject, machineMade: false, attachments: [] }).reading;

describe('a mail server has given up', () => {
  test.each([
    [
      'Postfix',
      "This is the mail system at host mx.example.\n\nI'm sorry to have to inform you that your message could not be delivered to one or more recipients.\n\n<ana@mail.example>: host mail.example said: 550 5.1.1 User unknown",
    ],
    [
      'Exchange',
      'Delivery has failed to these recipients or groups:\n\nana@mail.example\nThe e-mail address could not be found.',
    ],
    [
      'Gmail',
      'Delivery Status Notification (Failure)\n\nYour message was not delivered to ana@mail.example because the address could not be found.',
    ],
    [
      'status fields',
      'Delivery status notification\n\nFinal-Recipient: rfc822; ana@mail.example\nAction: failed\nStatus: 5.1.1',
    ],
    [
      'given up after delays',
      'Delivery status notification\nYour message was delayed and has now expired.\nAction: failed\nStatus: 4.4.7',
    ],
    [
      'status without an action',
      'Mail delivery failed: returning message to sender\nStatus: 5.2.2 (mailbox full)',
    ],
    ['German', 'Ihre Nachricht an ana@mail.example konnte nicht zugestellt werden.'],
    ['French', "Votre message n'a pas pu être remis à ana@mail.example."],
    ['Spanish', 'Su mensaje no se pudo entregar a ana@mail.example.'],
    ['Italian', 'Il tuo messaggio non è stato consegnato a ana@mail.example.'],
    ['Dutch', 'Uw bericht aan ana@mail.example kon niet worden bezorgd.'],
    ['Danish', 'Din mail til ana@mail.example kunne ikke leveres.'],
    ['one that does not tell', 'Failure notice'],
  ])('%s', (_name, body) => {
    expect(readingOf(body)).toBe('undeliverable');
  });

  test('the subject can say it alone', () => {
    expect(readingOf('See the attached report.', 'Undeliverable: Re: your order')).toBe('undeliverable');
    expect(readingOf('See the attached report.', 'Returned mail: see transcript for details')).toBe(
      'undeliverable',
    );
  });
});

describe('a mail server has not given up, or has delivered', () => {
  test.each([
    [
      'Postfix',
      'This is the mail system at host mx.example.\n\n##### THIS IS A WARNING ONLY. YOU DO NOT NEED TO RESEND YOUR MESSAGE. #####',
    ],
    [
      'Gmail',
      'Delivery Status Notification (Delay)\n\nThere was a temporary problem. Gmail will retry for 46 more hours.',
    ],
    ['Exchange', 'Your message to ana@mail.example has been delayed.'],
    ['status fields', 'Delivery status notification\nAction: delayed\nStatus: 4.4.1'],
    ['a temporary status', 'Mail delivery subsystem\nStatus: 4.2.0'],
    ['read and relayed', 'Delivery status notification\nAction: relayed\nStatus: 2.0.0'],
    ['delivered', 'Delivery status notification (success)'],
    [
      'German',
      'Ihre Nachricht an ana@mail.example wurde noch nicht zugestellt.\nEs wird weiterhin versucht.',
    ],
    ['German, delayed', 'Ihre Nachricht an ana@mail.example ist verzögert.'],
    [
      'French',
      "Votre message n'a pas encore pu être remis à ana@mail.example. Nouvelle tentative pendant 48 heures. Aucune action requise.",
    ],
    ['Spanish', 'Su mensaje no se ha entregado. Todavía no: se reintentará.'],
    ['Italian', 'Il tuo messaggio non è ancora stato consegnato a ana@mail.example.'],
    ['Dutch', 'Uw bericht is nog niet bezorgd. Er wordt opnieuw geprobeerd.'],
    ['Danish', 'Din mail kan endnu ikke leveres.'],
  ])('%s', (_name, body) => {
    expect(readingOf(body)).toBe('delivery-report');
  });
});

describe('an automatic answer', () => {
  test.each([
    'Automatic reply: I am away.',
    'Out of office: back on Monday',
    'Automatische Antwort: Ich bin im Urlaub.',
    'Abwesenheitsnotiz',
    'Réponse automatique : absent',
    'Respuesta automática: vacaciones',
    'Risposta automatica: ferie',
    'Automatisch antwoord: met vakantie',
    'Autosvar: ferie',
    'Automatiskt svar: semester',
    '自动回复: 您好',
    'I am currently out of the office with limited access to e-mail.',
    'Ich bin derzeit nicht im Büro. Nach meiner Rückkehr melde ich mich.',
    "Je suis actuellement en congés. En cas d'urgence écrivez à mon collègue.",
    'Estoy de vacaciones. Responderé a mi regreso.',
    'Sono attualmente in ferie, rispondo al mio rientro.',
    'Ik ben momenteel afwezig. In mijn afwezigheid helpt Piet.',
    'Jeg er på ferie. Jeg vender tilbage den 5. januar.',
    'Jag är på semester. Jag återkommer på måndag.',
  ])('%s', (body) => {
    expect(readingOf(body)).toBe('auto-reply');
  });

  test.each(['Re: Automatic reply: your parcel', 'AW: Automatische Antwort: Paket', 'Autosvar: pakke'])(
    'told by its subject: %s',
    (subject) => {
      expect(readingOf('Back on Monday.', subject)).toBe('auto-reply');
    },
  );
});

test.each([
  'My parcel could not be delivered, it says. Why?',
  'The delivery failed twice already',
  'Your e-mail was delayed, I got it only today',
  'Mein Paket konnte nicht zugestellt werden.',
  "Mon colis n'a pas pu être livré",
  'El paquete no se pudo entregar',
  'Min pakke kunne ikke leveres',
  'I am on vacation until Friday. Can you deliver on Monday?',
  'Ich bin bis Montag im Urlaub, bitte liefern Sie danach.',
  'Your automatic reply did not help me',
  'automatic doors do not open',
])('a person wrote: %s', (body) => {
  expect(readingOf(body)).toBe('words');
});
