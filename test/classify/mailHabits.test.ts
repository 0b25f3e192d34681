/** Quotations and signatures, language by language: the same mail as each language's programs write it. */
import { readComment } from '../../src/classify/reading/readComment';

const read = (body: string) => readComment({ body, machineMade: false, attachments: [] });
const own = 'Order 48213 is not here.';

const languages = {
  English: {
    from: 'From',
    sent: 'Sent',
    to: 'To',
    subject: 'Subject',
    wrote: 'On Mon, 2 Nov 2026 at 09:14, Care <care@shop.example> wrote:',
    original: 'Original Message',
    phone: 'Sent from my iPhone',
    closing: 'Kind regards,',
  },
  German: {
    from: 'Von',
    sent: 'Gesendet',
    to: 'An',
    subject: 'Betreff',
    wrote: 'Am Mo., 2. Nov. 2026 um 09:14 Uhr schrieb Hilfe <care@shop.example>:',
    original: 'Ursprüngliche Nachricht',
    phone: 'Von meinem iPhone gesendet',
    closing: 'Mit freundlichen Grüßen',
  },
  French: {
    from: 'De',
    sent: 'Envoyé',
    to: 'À',
    subject: 'Objet',
    wrote: 'Le lun. 2 nov. 2026 à 09:14, Aide <care@shop.example> a écrit :',
    original: "Message d'origine",
    phone: 'Envoyé de mon iPhone',
    closing: 'Cordialement,',
  },
  Spanish: {
    from: 'De',
    sent: 'Enviado el',
    to: 'Para',
    subject: 'Asunto',
    wrote: 'El lun, 2 nov 2026 a las 9:14, Ayuda (<care@shop.example>) escribió:',
    original: 'Mensaje original',
    phone: 'Enviado desde mi iPhone',
    closing: 'Saludos,',
  },
  Italian: {
    from: 'Da',
    sent: 'Inviato',
    to: 'A',
    subject: 'Oggetto',
    wrote: 'Il giorno lun 2 nov 2026 alle ore 09:14 Aiuto <care@shop.example> ha scritto:',
    original: 'Messaggio originale',
    phone: 'Inviato da iPhone',
    closing: 'Cordiali saluti',
  },
  Dutch: {
    from: 'Van',
    sent: 'Verzonden',
    to: 'Aan',
    subject: 'Onderwerp',
    wrote: 'Op ma 2 nov 2026 om 09:14 schreef Hulp <care@shop.example>:',
    original: 'Oorspronkelijk bericht',
    phone: 'Verstuurd vanaf mijn iPhone',
    closing: 'Met vriendelijke groet,',
  },
  Danish: {
    from: 'Fra',
    sent: 'Sendt',
    to: 'Til',
    subject: 'Emne',
    wrote: 'Den man. 2. nov. 2026 kl. 09.14 skrev Hjælp <care@shop.example>:',
    original: 'Oprindelig meddelelse',
    phone: 'Sendt fra min iPhone',
    closing: 'Venlig hilsen',
  },
  Swedish: {
    from: 'Från',
    sent: 'Skickat',
    to: 'Till',
    subject: 'Ämne',
    wrote: 'Den mån 2 nov. 2026 kl 09:14 skrev Hjälp <care@shop.example>:',
    original: 'Ursprungligt meddelande',
    phone: 'Skickat från min iPhone',
    closing: 'Vänliga hälsningar',
  },
  Portuguese: {
    from: 'De',
    sent: 'Enviado',
    to: 'Para',
    subject: 'Assunto',
    wrote: 'Em seg., 2 de nov. de 2026 às 09:14, Ajuda <care@shop.example> escreveu:',
    original: 'Mensagem original',
    phone: 'Enviado do meu iPhone',
    closing: 'Atenciosamente,',
  },
  Polish: {
    from: 'Od',
    sent: 'Wysłano',
    to: 'Do',
    subject: 'Temat',
    wrote: 'pon., 2 lis 2026 o 09:14 Pomoc <care@shop.example> napisał:',
    original: 'Wiadomość oryginalna',
    phone: 'Wysłane z iPhone',
    closing: 'Pozdrawiam',
  },
  Finnish: {
    from: 'Lähettäjä',
    sent: 'Lähetetty',
    to: 'Vastaanottaja',
    subject: 'Aihe',
    wrote: 'ma 2. marrask. 2026 klo 9.14 Apu <care@shop.example> kirjoitti:',
    original: 'Alkuperäinen viesti',
    phone: 'Lähetetty iPhonesta',
    closing: 'Terveisin',
  },
} as const;

describe.each(Object.entries(languages))('%s', (_language, words) => {
  const history = 'Your order 99999 was cancelled.';

  test('a header block above the history', () => {
    const block = `${words.from}: Care <care@shop.example>\n${words.sent}: 2.11.2026 09:14\n${words.to}: Ana\n${words.subject}: order`;
    expect(read(`${own}\n\n${block}\n\n${history}`).text).toBe(own);
    expect(read(`${own}\n\n${block.replace(/^(.*?):/gm, '*$1:*')}\n\n${history}`).text).toBe(own);
  });

  test('a line that says who wrote, and quoted lines', () => {
    expect(read(`${own}\n\n${words.wrote}\n\n> ${history}`).text).toBe(own);
    expect(read(`${words.wrote}\n> ${history}\n\n${own}`).text).toBe(own);
  });

  test('a rule that names the original message', () => {
    expect(read(`${own}\n\n-----${words.original}-----\n${history}`).text).toBe(own);
  });

  test("a telephone's line", () => {
    expect(read(`${own}\n\n${words.phone}`).text).toBe(own);
    expect(read(words.phone)).toMatchObject({ text: '', reading: 'signature-only' });
  });

  test('a closing line and the name below it', () => {
    expect(read(`${own}\n\n${words.closing}\nAna Ruiz`).text).toBe(own);
  });

  test('all of them at once', () => {
    const body = `${own}\n\n${words.closing}\nAna Ruiz\n${words.phone}\n\n${words.wrote}\n> ${history}`;
    expect(read(body)).toEqual({ text: own, cut: false, reading: 'words' });
  });
});
