/** Mail of machines in many languages, what of it a person should see, and customers who only sound like machines. */
import { snapshotOf } from '../../activities/readTicket';
import { isForPerson, isRobotAddress } from '../../src/classify/reading/machineMail';
import { readComment } from '../../src/classify/reading/readComment';
import type { DeskTicket } from '../../src/helpdesk/port';
import { processorMs } from '../support/processorMs';

const readingOf = (body: string, subject = '') =>
  readComment({ body, subject, machineMade: false, attachments: [] }).reading;

describe('notices of absence', () => {
  test.each([
    ['en', 'I am currently out of the office with limited access to email. I will reply when I return.'],
    [
      'de',
      'Vielen Dank für Ihre Nachricht. Ich bin bis 4. Januar nicht im Büro. Ihre Mail wird nicht weitergeleitet.',
    ],
    ['fr', 'Bonjour, je suis absent jusqu’au 4 janvier. En cas d’urgence, contactez ma collègue.'],
    ['es', 'Hola, estoy de vacaciones hasta el 4 de enero. Contestaré a mi regreso.'],
    ['it', 'Sono in ferie fino al 4 gennaio. Risponderò al mio rientro.'],
    ['nl', 'Ik ben momenteel afwezig. Voor dringende zaken kunt u mijn collega bellen.'],
    ['pt', 'Estou fora do escritório até 4 de janeiro. Respondo no meu regresso.'],
    ['pl', 'Jestem na urlopie do 4 stycznia. W pilnych sprawach proszę o kontakt z biurem.'],
    ['sv', 'Jag är på semester till den 4 januari och återkommer därefter.'],
    ['da', 'Jeg er på ferie til den 4. januar. I hastesager kan du skrive til min kollega.'],
    ['no', 'Jeg er bortreist til 4. januar og er tilbake etter det.'],
    ['fi', 'Olen lomalla 4. tammikuuta asti. Kiireellisissä asioissa ota yhteyttä toimistoon.'],
    ['cs', 'Jsem na dovolené do 4. ledna. V naléhavých případech pište kolegovi.'],
    ['tr', 'Şu anda izindeyim. Acil durumlarda iş arkadaşıma yazabilirsiniz.'],
    ['ru', 'Я нахожусь в отпуске до 4 января. По срочным вопросам пишите коллегам.'],
    ['ja', '申し訳ございませんが、1月4日まで不在にしております。至急の場合は代理までご連絡ください。'],
    ['zh', '您好，我正在休假。如有紧急事宜，请联系我的同事。'],
  ])('%s', (_language, body) => {
    expect(readingOf(body)).toBe('auto-reply');
  });

  test.each([
    'Automatic reply: Order 48213',
    'Abwesenheitsnotiz: Bestellung',
    'Réponse automatique : Votre commande',
    'Respuesta automática: Su pedido',
    'Risposta automatica: ordine',
    'Automatisch antwoord: bestelling',
    'Resposta automática: encomenda',
    'Autosvar: ordre',
    'Automatyczna odpowiedź: zamówienie',
    'Automaattinen vastaus: tilaus',
    'Automatická odpověď: objednávka',
    'Otomatik yanıt: sipariş',
    'Автоматический ответ: заказ',
    '自動応答: 注文',
    '自动答复: 订单',
    'Re: Fuera de la oficina: pedido',
    'AW: Absence du bureau: commande',
    'Out of Office: order',
  ])('by the subject: %s', (subject) => {
    expect(readingOf('…', subject)).toBe('auto-reply');
  });
});

describe('another help desk has our mail', () => {
  test.each([
    [
      'en',
      'Thank you for contacting us. We have received your request (#4711) and will get back to you within one day.',
    ],
    ['en', 'Your ticket #4711 has been created. Please do not reply to this message.'],
    ['de', 'Ihre Anfrage ist bei uns eingegangen. Wir werden uns so schnell wie möglich bei Ihnen melden.'],
    ['fr', 'Nous avons bien reçu votre demande et y répondrons dans les meilleurs délais.'],
    ['es', 'Hemos recibido su solicitud y le responderemos lo antes posible.'],
    ['it', 'Abbiamo ricevuto la tua richiesta. Ti risponderemo il prima possibile.'],
    ['nl', 'Wij hebben je bericht goed ontvangen en antwoorden zo snel mogelijk.'],
    ['pt', 'Recebemos a sua mensagem e responderemos o mais breve possível.'],
    ['pl', 'Otrzymaliśmy Twoją wiadomość i odpowiemy jak najszybciej.'],
    ['da', 'Vi har modtaget din henvendelse og svarer hurtigst muligt.'],
    ['sv', 'Vi har tagit emot ditt ärende och svarar så snart vi kan.'],
    ['fi', 'Olemme vastaanottaneet viestisi ja vastaamme mahdollisimman pian.'],
    ['ru', 'Ваше обращение принято. Мы ответим в ближайшее время.'],
    ['ja', 'お問い合わせを受け付けました。追ってご連絡いたします。'],
    ['zh', '我们已收到您的邮件，会尽快回复。'],
  ])('%s: %s', (_language, body) => {
    expect(readingOf(body)).toBe('auto-reply');
  });
});

describe('a mail server, by its subject', () => {
  test.each([
    'Delivery Failure',
    'Zustellung fehlgeschlagen: Re: Bestellung',
    'Non remis : Re: commande',
    'No se puede entregar: Re: pedido',
    'Mancato recapito',
    'Onbestelbaar: Re: bestelling',
    'Não é possível entregar: Re: encomenda',
    'Niedostarczona: zamówienie',
    'Kan ikke leveres: Re: ordre',
    'Går inte att leverera: Re: order',
    'Ei voi toimittaa: Re: tilaus',
    'Nedoručitelné: Re: objednávka',
    'Teslim edilemedi: Re: sipariş',
    'Недоставленное сообщение',
    '无法送达',
    '配信不能',
  ])('%s', (subject) => {
    expect(readingOf('550 5.1.1 User unknown', subject)).toBe('undeliverable');
  });
});

describe('a customer wrote', () => {
  test.each([
    'I am out of office next week, please deliver later.',
    'I will be on vacation until Friday. Can my colleague take the parcel?',
    'Your automatic reply said you would get back to me within a day. That was last week.',
    'You wrote "we have received your request" and nothing since. Where is my order?',
    'Ich bin bis Freitag nicht im Büro, bitte an meine Privatadresse liefern.',
    'Ihre automatische Antwort hilft mir nicht.',
    'Je suis en congés la semaine prochaine, livrez plus tard svp.',
    'Estoy de vacaciones la próxima semana, entreguen después por favor.',
    'Jeg er på ferie i næste uge, kan I vente med pakken?',
    'Olen lomalla ensi viikolla, toimittakaa paketti vasta sitten.',
    'Out of office chairs again? When do they come back?',
    'I got a mail that my message could not be delivered, did you get it?',
    'Ticket to the museum was not in the parcel.',
    'I have received your message, thank you. But the kettle still leaks.',
  ])('%s', (body) => {
    expect(readingOf(body)).toBe('words');
  });

  test.each([
    'Out of office chair, order 48213',
    'Automatic watch is broken',
    'Undelivered parcel? ',
    'Autoclave',
  ])('under the subject %s', (subject) => {
    expect(readingOf('Please help me.', subject)).toBe('words');
  });
});

describe('addresses that only machines have', () => {
  test.each([
    'noreply@shop.example',
    'no-reply@mail.example',
    'No_Reply+48213@mail.example',
    'do-not-reply@mail.example',
    'donotreply@mail.example',
    'MAILER-DAEMON@mx.example',
    'postmaster@mx.example',
    'bounces+1-ana=mail.example@mx.example',
    'nicht-antworten@mail.example',
    'ne-pas-repondre@mail.example',
    'noresponder@mail.example',
    'list-bounces@lists.example',
    'owner-news@lists.example',
    'auto-reply@mail.example',
  ])('%s', (address) => {
    expect(isRobotAddress(address)).toBe(true);
  });

  test.each([
    'ana@mail.example',
    'norepinephrine@mail.example',
    'noreen.reply@mail.example',
    'postmasters-daughter@mail.example',
    'owner@bakery.example',
    'requests@mail.example',
    'bouncer@club.example',
    'ana@noreply.example',
    '',
    null,
  ])('but not %s', (address) => {
    expect(isRobotAddress(address)).toBe(false);
  });
});

describe('what a person should see although a machine wrote it', () => {
  test.each([
    'Your parcel for order 48213 could not be delivered and comes back.',
    'Die Sendung zur Bestellnummer: 48213 wurde zurückgeschickt.',
    'La commande n° 48213 est retournée.',
    'Zamówienie nr 48213 wraca do nadawcy.',
    '订单号：48213 已退回。',
    'I am away. This is unacceptable, my lawyer will write to you.',
  ])('%s', (text) => {
    expect(isForPerson(text, false)).toBe(true);
  });

  test.each([
    'I am away until 12 January 2027, call +45 12 34 56 78.',
    'Your ticket #48213 has been created.',
    '[#35436] Thank you for your message, we will answer within one day.',
    'I am away.\n\nOn Mon, Nov 2, 2026 at 9:14 AM Care <care@shop.example> wrote:\n> Your order 48213 is on its way.',
    'Can you wait?',
  ])('but not %j', (text) => {
    expect(isForPerson(text, false)).toBe(false);
  });

  test('a question from a form that writes as "no-reply" is a customer’s', () => {
    expect(isForPerson('Name: Kim\nMessage: where is my parcel?', true)).toBe(true);
    expect(isForPerson('Our newsletter for November.', true)).toBe(false);
  });
});

describe('on the ticket', () => {
  const ticket = (
    body: string,
    email: string,
    author: 'requester' | 'third-party' = 'requester',
  ): DeskTicket => ({
    status: 'new',
    subject: 'Contact form',
    priority: null,
    tags: [],
    groupId: null,
    assignee: null,
    requester: {
      id: '1',
      name: null,
      email,
      locale: null,
      role: 'end-user',
      isCompany: false,
      trusted: true,
    },
    channel: 'email',
    stamp: '2026-11-25T10:00:00Z',
    comments: [
      {
        id: '9001',
        at: '2026-11-25T10:00:00Z',
        public: true,
        author,
        authorId: '1',
        body,
        machineMade: false,
        attachments: [],
      },
    ],
  });

  test('nobody reads what is sent to "no-reply": not answered, and shown when it matters', () => {
    const [plain] = snapshotOf(ticket('Our newsletter.', 'no-reply@mail.example')).comments;
    expect(plain).toMatchObject({ reading: 'auto-reply' });
    expect(plain).not.toHaveProperty('forPerson');
    const [asked] = snapshotOf(ticket('Where is order 48213?', 'no-reply@mail.example')).comments;
    expect(asked).toMatchObject({ reading: 'auto-reply', forPerson: true });
  });

  test('anybody else is a person, also on such a ticket', () => {
    expect(snapshotOf(ticket('Where is it?', 'ana@mail.example')).comments[0]).toMatchObject({
      reading: 'words',
    });
    const other = snapshotOf(ticket('Where is it?', 'no-reply@mail.example', 'third-party')).comments[0];
    expect(other).toMatchObject({ reading: 'words' });
  });
});

test.each(['we have received your ', 'ihre anfrage ', 'order ', 'order n° ', 'a-', 'auto-', 'ваш запрос '])(
  'a hostile text takes no time: %j',
  (piece) => {
    const text = piece.repeat(60_000 / piece.length);
    const used = processorMs();
    readingOf(text, text);
    isForPerson(text, true);
    isRobotAddress(`${text}@`);
    expect(used()).toBeLessThan(500);
  },
);
