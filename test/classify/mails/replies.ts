import { VOICES, type Language } from './voices';

/**
 * Replies as mail programs send them: whose program, in which language, how it lies on the page, and the lines that the
 * program itself puts between the customer's words and the shop's; last, what it adds below the customer's words. The
 * lines are those the programs write; addresses and times are ours. " ; " parts the columns, " / " the lines.
 *
 * Layouts: `above` the customer writes above lines marked with ">", `plain` above unmarked lines, `indented` above lines
 * with four blanks, `below` under the marked quotation, `between` line by line between marked lines.
 */
const TABLE = `
Gmail ; en ; above ; On Mon, Nov 2, 2026 at 9:14 AM {shop} wrote:
Gmail ; de ; above ; Am Mo., 2. Nov. 2026 um 09:14 Uhr schrieb {shop}:
Gmail ; fr ; above ; Le lun. 2 nov. 2026 à 09:14, {shop} a écrit :
Gmail ; es ; above ; El lun, 2 nov 2026 a las 9:14, Blue Shop (<care@shop.example>) escribió:
Gmail ; it ; above ; Il giorno lun 2 nov 2026 alle ore 09:14 {shop} ha scritto:
Gmail ; nl ; above ; Op ma 2 nov 2026 om 09:14 schreef {shop}:
Gmail ; pt ; above ; Em seg., 2 de nov. de 2026 às 09:14, {shop} escreveu:
Gmail ; pt ; below ; {shop} escreveu (segunda, 2/11/2026 à(s) 09:14):
Gmail ; pl ; above ; pon., 2 lis 2026 o 09:14 {shop} napisał(a):
Gmail ; sv ; above ; Den mån 2 nov. 2026 kl 09:14 skrev {shop}:
Gmail ; da ; above ; Den man. 2. nov. 2026 kl. 09.14 skrev {shop}:
Gmail ; no ; above ; man. 2. nov. 2026 kl. 09:14 skrev {shop}:
Gmail ; fi ; above ; ma 2. marrask. 2026 klo 9.14 Blue Shop (care@shop.example) kirjoitti:
Gmail ; cs ; above ; po 2. 11. 2026 v 9:14 odesílatel {shop} napsal:
Gmail ; tr ; above ; {shop}, 2 Kas 2026 Pzt, 09:14 tarihinde şunu yazdı:
Gmail ; ja ; above ; 2026年11月2日(月) 9:14 {shop}:
Gmail ; zh ; above ; {shop} 于2026年11月2日周一 09:14写道：
Gmail Taiwan ; zh ; above ; {shop} 於 2026年11月2日 週一 上午9:14寫道：
Gmail ; ru ; above ; пн, 2 нояб. 2026 г. в 09:14, {shop}:
Gmail ; hu ; above ; {shop} ezt írta (időpont: 2026. nov. 2., H, 9:14):
Gmail ; ro ; above ; lun., 2 nov. 2026 la 09:14, {shop} a scris:
Gmail ; uk ; above ; пн, 2 лист. 2026 р. о 09:14 {shop} пише:
Gmail wrapped ; en ; above ; On Mon, Nov 2, 2026 at 9:14 AM Blue Shop Customer Care < / care@shop.example> wrote:
Gmail wrapped ; de ; above ; Am Mo., 2. Nov. 2026 um 09:14 Uhr schrieb Blue Shop Kundendienst < / care@shop.example>:
Gmail wrapped ; sv ; above ; Den mån 2 nov. 2026 kl 09:14 Blue Shop Kundtjänst <care@shop.example> / skrev:
Gmail wrapped ; fr ; below ; Le lun. 2 nov. 2026 à 09:14, Blue Shop Service clients < / care@shop.example> a écrit :
Gmail wrapped ; pl ; above ; pon., 2 lis 2026 o 09:14 Blue Shop Obsługa klienta <care@shop.example> / napisał(a):
Gmail wrapped ; tr ; above ; Blue Shop Müşteri Hizmetleri <care@shop.example>, 2 Kas 2026 Pzt, 09:14 / tarihinde şunu yazdı:
Gmail ; en ; between ; On Mon, Nov 2, 2026 at 9:14 AM {shop} wrote:
Gmail ; de ; between ; Am Mo., 2. Nov. 2026 um 09:14 Uhr schrieb {shop}:
Gmail ; es ; between ; El lun, 2 nov 2026 a las 9:14, Blue Shop (<care@shop.example>) escribió:
Gmail ; nl ; below ; Op ma 2 nov 2026 om 09:14 schreef {shop}:
iPhone ; en ; above ; On 2 Nov 2026, at 09:14, {shop} wrote: / ; Sent from my iPhone
iPhone ; de ; above ; Am 02.11.2026 um 09:14 schrieb {shop}: / ; Von meinem iPhone gesendet
iPhone ; fr ; above ; Le 2 nov. 2026 à 09:14, {shop} a écrit : / ; Envoyé de mon iPhone
iPhone ; es ; above ; El 2 nov 2026, a las 9:14, {shop} escribió: / ; Enviado desde mi iPhone
iPhone ; it ; above ; Il giorno 2 nov 2026, alle ore 09:14, {shop} ha scritto: / ; Inviato da iPhone
iPhone ; nl ; above ; Op 2 nov 2026 om 09:14 heeft {shop} het volgende geschreven: / ; Verstuurd vanaf mijn iPhone
iPhone ; pt ; above ; Em 2 de nov. de 2026, à(s) 09:14, {shop} escreveu: / ; Enviado do meu iPhone
iPhone ; pl ; above ; Wiadomość napisana przez {shop} w dniu 2 lis 2026, o godz. 09:14: / ; Wysłane z iPhone’a
iPhone ; sv ; above ; 2 nov. 2026 kl. 09:14 skrev {shop}: / ; Skickat från min iPhone
iPhone ; da ; above ; Den 2. nov. 2026 kl. 09.14 skrev {shop}: / ; Sendt fra min iPhone
iPhone ; no ; above ; 2. nov. 2026 kl. 09:14 skrev {shop}: / ; Sendt fra min iPhone
iPhone ; fi ; above ; {shop} kirjoitti 2.11.2026 kello 9.14: / ; Lähetetty iPhonesta
iPhone ; cs ; above ; 2. 11. 2026 v 9:14, {shop}: / ; Odesláno z iPhonu
iPhone ; tr ; above ; {shop} şunları yazdı (2 Kas 2026 09:14): / ; iPhone’umdan gönderildi
iPhone ; ja ; above ; 2026/11/02 9:14、{shop}のメール: / ; iPhoneから送信
iPhone ; zh ; above ; 在 2026年11月2日，09:14，{shop} 写道： / ; 发自我的iPhone
iPhone ; ru ; above ; 2 нояб. 2026 г., в 09:14, {shop} написал(а): / ; Отправлено с iPhone
Apple Mail ; en ; between ; On 2 Nov 2026, at 09:14, {shop} wrote:
Apple Mail ; fr ; between ; Le 2 nov. 2026 à 09:14, {shop} a écrit :
Apple Mail ; it ; below ; Il giorno 2 nov 2026, alle ore 09:14, {shop} ha scritto:
Apple Mail ; pt ; above ; No dia 02/11/2026, às 09:14, {shop} escreveu:
Outlook ; en ; plain ; From: {shop} / Sent: Monday, November 2, 2026 9:14 AM / To: Kim <{customer}> / Subject: RE: Order 48213 /
Outlook ; de ; plain ; Von: {shop} / Gesendet: Montag, 2. November 2026 09:14 / An: Kim <{customer}> / Betreff: AW: Bestellung 48213 /
Outlook ; fr ; plain ; De : {shop} / Envoyé : lundi 2 novembre 2026 09:14 / À : Kim <{customer}> / Objet : RE: Commande 48213 /
Outlook ; es ; plain ; De: {shop} / Enviado el: lunes, 2 de noviembre de 2026 9:14 / Para: Kim <{customer}> / Asunto: RE: Pedido 48213 /
Outlook ; it ; plain ; Da: {shop} / Inviato: lunedì 2 novembre 2026 09:14 / A: Kim <{customer}> / Oggetto: R: Ordine 48213 /
Outlook ; nl ; plain ; Van: {shop} / Verzonden: maandag 2 november 2026 09:14 / Aan: Kim <{customer}> / Onderwerp: RE: Bestelling 48213 /
Outlook ; pt ; plain ; De: {shop} / Enviado: 2 de novembro de 2026 09:14 / Para: Kim <{customer}> / Assunto: RE: Encomenda 48213 /
Outlook Brazil ; pt ; plain ; De: {shop} / Enviada em: segunda-feira, 2 de novembro de 2026 09:14 / Para: Kim <{customer}> / Assunto: RES: Pedido /
Outlook ; pl ; plain ; Od: {shop} / Wysłano: poniedziałek, 2 listopada 2026 09:14 / Do: Kim <{customer}> / Temat: ODP: Zamówienie 48213 /
Outlook ; sv ; plain ; Från: {shop} / Skickat: den 2 november 2026 09:14 / Till: Kim <{customer}> / Ämne: SV: Order 48213 /
Outlook with Cc ; da ; plain ; Fra: {shop} / Sendt: 2. november 2026 09:14 / Til: Kim <{customer}> / Cc: lager@shop.example / Emne: SV: Ordre 48213 /
Outlook ; no ; plain ; Fra: {shop} / Sendt: mandag 2. november 2026 09:14 / Til: Kim <{customer}> / Emne: SV: Ordre 48213 /
Outlook ; fi ; plain ; Lähettäjä: {shop} / Lähetetty: maanantai 2. marraskuuta 2026 9.14 / Vastaanottaja: Kim <{customer}> / Aihe: VS: Tilaus 48213 /
Outlook ; cs ; plain ; Od: {shop} / Odesláno: pondělí 2. listopadu 2026 9:14 / Komu: Kim <{customer}> / Předmět: RE: Objednávka 48213 /
Outlook ; tr ; plain ; Kimden: {shop} / Gönderildi: 2 Kasım 2026 Pazartesi 09:14 / Kime: Kim <{customer}> / Konu: YNT: Sipariş 48213 /
Outlook ; ja ; plain ; 差出人: {shop} / 送信日時: 2026年11月2日月曜日 9:14 / 宛先: Kim <{customer}> / 件名: RE: 注文48213 /
Outlook ; zh ; plain ; 发件人: {shop} / 发送时间: 2026年11月2日 9:14 / 收件人: Kim <{customer}> / 主题: 答复: 订单48213 /
Outlook Taiwan ; zh ; plain ; 寄件者: {shop} / 寄件日期: 2026年11月2日 上午 09:14 / 收件者: Kim <{customer}> / 主旨: RE: 訂單48213 /
Outlook ; ru ; plain ; От: {shop} / Отправлено: 2 ноября 2026 г. 9:14 / Кому: Kim <{customer}> / Тема: RE: Заказ 48213 /
Outlook ; hu ; plain ; Feladó: {shop} / Elküldve: 2026. november 2., hétfő 9:14 / Címzett: Kim <{customer}> / Tárgy: RE: Rendelés 48213 /
Outlook 2010 ; en ; plain ; -----Original Message----- / From: Blue Shop [mailto:care@shop.example] / Sent: 02 November 2026 09:14 / To: Kim / Subject: Re: Order /
Outlook 2010 ; de ; plain ; -----Ursprüngliche Nachricht----- / Von: Blue Shop [mailto:care@shop.example] / Gesendet: Montag, 2. November 2026 09:14 / An: Kim / Betreff: Re: Bestellung /
Outlook 2010 ; fr ; plain ; -----Message d'origine----- / De : Blue Shop [mailto:care@shop.example] / Envoyé : lundi 2 novembre 2026 09:14 / À : Kim / Objet : Re: Commande /
Outlook 2010 ; sv ; plain ; -----Ursprungligt meddelande----- / Från: Blue Shop [mailto:care@shop.example] / Skickat: den 2 november 2026 09:14 / Till: Kim / Ämne: Re: Order /
Outlook for Mac ; en ; plain ; From: {shop} / Date: Monday, 2 November 2026 at 09:14 / To: {customer} <{customer}> / Subject: Re: Order 48213 /
Outlook for Mac ; de ; plain ; Von: {shop} / Datum: Montag, 2. November 2026 um 09:14 / An: {customer} <{customer}> / Betreff: Re: Bestellung 48213 /
Outlook for Mac ; fi ; plain ; Lähettäjä: {shop} / Päivämäärä: maanantai, 2. marraskuuta 2026 klo 9.14 / Vastaanottaja: {customer} <{customer}> / Aihe: Re: Tilaus /
Outlook for Mac ; pl ; plain ; Od: {shop} / Data: poniedziałek, 2 listopada 2026 o 09:14 / Do: {customer} <{customer}> / Temat: Re: Zamówienie /
Outlook for Mac ; tr ; plain ; Kimden: {shop} / Tarih: Pazartesi, 2 Kasım 2026 09:14 / Kime: {customer} <{customer}> / Konu: Re: Sipariş /
Outlook for Mac ; no ; plain ; Fra: {shop} / Dato: mandag, 2. november 2026 kl. 09:14 / Til: {customer} <{customer}> / Emne: Re: Ordre /
Outlook 2019 ; en ; indented ; On 02/11/2026 09:14, "Blue Shop" <care@shop.example> wrote: /
Outlook 2019 ; de ; indented ; Am 02.11.2026, 09:14 schrieb "Blue Shop" <care@shop.example>: /
Outlook 2019 ; da ; indented ; D. 02.11.2026 09.14 skrev "Blue Shop" <care@shop.example>: /
Outlook 2019 ; sv ; indented ; Den 2026-11-02 09:14 skrev "Blue Shop" <care@shop.example> följande: /
Outlook 2019 ; no ; indented ; {shop} skrev følgende den 02.11.2026, 09:14: /
Outlook 2019 ; fi ; indented ; {shop} kirjoitti 2.11.2026 9.14: /
Outlook 2019 ; nl ; indented ; Op 02-11-2026 09:14 heeft {shop} geschreven: /
Outlook 2019 ; cs ; indented ; Dne 02.11.2026 9:14, {shop} napsal(a): /
Outlook 2019 ; pl ; indented ; Dnia 02.11.2026, 09:14 użytkownik „Blue Shop” <care@shop.example> napisał: /
Outlook 2019 ; tr ; indented ; "Blue Shop" <care@shop.example>, 02.11.2026 09:14 tarihinde şunu yazdı: /
Outlook 2019 ; ru ; indented ; 02.11.2026, 09:14 пользователь "Blue Shop" <care@shop.example> написал: /
Outlook iOS ; en ; plain ; ________________________________ / From: {shop} / Sent: Monday, November 2, 2026 9:14:32 AM / To: Kim <{customer}> / Subject: Re: Order / ; Get Outlook for iOS<https://aka.ms/o0ukef>
Outlook iOS ; de ; plain ; ________________________________ / Von: {shop} / Gesendet: Montag, November 2, 2026 9:14:32 AM / An: Kim <{customer}> / Betreff: Re: Bestellung / ; Outlook für iOS<https://aka.ms/o0ukef> beziehen
Outlook iOS ; fr ; plain ; ________________________________ / De : {shop} / Envoyé : lundi, novembre 2, 2026 9:14 AM / À : Kim <{customer}> / Objet : Re: Commande / ; Envoyé à partir de Outlook pour iOS<https://aka.ms/o0ukef>
Outlook Android ; es ; plain ; ________________________________ / De: {shop} / Enviado: lunes, noviembre 2, 2026 9:14 a. m. / Para: Kim <{customer}> / Asunto: Re: Pedido / ; Obtener Outlook para Android<https://aka.ms/AAb9ysg>
Outlook Android ; it ; plain ; ________________________________ / Da: {shop} / Inviato: lunedì, novembre 2, 2026 9:14 AM / A: Kim <{customer}> / Oggetto: Re: Ordine / ; Ottieni Outlook per Android<https://aka.ms/AAb9ysg>
Outlook Android ; nl ; plain ; ________________________________ / Van: {shop} / Verzonden: maandag, november 2, 2026 9:14 AM / Aan: Kim <{customer}> / Onderwerp: Re: Bestelling / ; Outlook voor Android<https://aka.ms/AAb9ysg> downloaden
Outlook Android ; de ; plain ; ________________________________ / From: {shop} / Sent: Monday, November 2, 2026 9:14:32 AM / To: Kim <{customer}> / Subject: Re: Bestellung / ; Gesendet von Outlook für Android<https://aka.ms/AAb9ysg>
Outlook web ; en ; plain ; ________________________________ / From: {shop} / Sent: 02 November 2026 09:14 / To: Kim <{customer}> / Subject: Re: Order /
Thunderbird ; en ; above ; On 02/11/2026 09:14, Blue Shop wrote:
Thunderbird ; de ; above ; Am 02.11.26 um 09:14 schrieb Blue Shop:
Thunderbird ; fr ; above ; Le 02/11/2026 à 09:14, Blue Shop a écrit :
Thunderbird ; es ; below ; El 2/11/26 a las 9:14, Blue Shop escribió:
Thunderbird ; it ; above ; Il 02/11/2026 09:14, Blue Shop ha scritto:
Thunderbird ; nl ; between ; Op 02-11-2026 om 09:14 schreef Blue Shop:
Thunderbird ; pt ; above ; Em 02/11/2026 09:14, Blue Shop escreveu:
Thunderbird ; pt ; below ; Às 09:14 de 02/11/2026, Blue Shop escreveu:
Thunderbird ; pl ; above ; W dniu 2.11.2026 o 09:14, Blue Shop pisze:
Thunderbird ; sv ; above ; Den 2026-11-02 kl. 09:14, skrev Blue Shop:
Thunderbird ; da ; below ; Den 02.11.2026 kl. 09.14 skrev Blue Shop:
Thunderbird ; no ; above ; Den 02.11.2026 09:14, skrev Blue Shop:
Thunderbird ; fi ; below ; Blue Shop kirjoitti 2.11.2026 klo 9.14:
Thunderbird ; cs ; above ; Dne 02. 11. 26 v 9:14 Blue Shop napsal(a):
Thunderbird ; tr ; below ; 2.11.2026 09:14 tarihinde Blue Shop yazdı:
Thunderbird ; ru ; between ; 02.11.2026 09:14, Blue Shop пишет:
Thunderbird ; ja ; above ; On 2026/11/02 9:14, Blue Shop wrote:
Thunderbird ; zh ; below ; 在 2026/11/2 9:14, Blue Shop 写道:
Yahoo ; en ; plain ; On Monday, November 2, 2026 at 09:14:00 AM GMT, {shop} wrote: /
Yahoo ; de ; plain ; Am Montag, 2. November 2026 um 09:14:00 MEZ hat {shop} Folgendes geschrieben: /
Yahoo ; fr ; plain ; Le lundi 2 novembre 2026 à 09:14:00 UTC+1, {shop} a écrit : /
Yahoo ; es ; plain ; El lunes, 2 de noviembre de 2026, 09:14:00 CET, {shop} escribió: /
Yahoo ; it ; plain ; Il lunedì 2 novembre 2026 alle ore 09:14:00 CET, {shop} ha scritto: /
Yahoo ; pt ; plain ; Em segunda-feira, 2 de novembro de 2026 às 09:14:00 BRT, {shop} escreveu: /
Yahoo app ; en ; plain ; On Mon, 2 Nov 2026 at 9:14, Blue Shop / <care@shop.example> wrote: / ; Sent from Yahoo Mail for iPhone
Yahoo app ; de ; plain ; Am Mo., Nov. 2, 2026 at 9:14 schrieb Blue Shop / <care@shop.example>: / ; Von Yahoo Mail auf Android gesendet
Yahoo ; nl ; plain ; Op maandag 2 november 2026 om 09:14:00 CET schreef {shop}: /
Proton ; en ; above ; ------- Original Message ------- / On Monday, November 2nd, 2026 at 9:14 AM, {shop} wrote: /  / ; Sent with [Proton Mail](https://proton.me/mail/home) secure email.
Proton ; de ; above ; Am Montag, 2. November 2026 um 09:14 schrieb {shop}: / ; Gesendet mit [Proton Mail](https://proton.me/mail/home) sicherer E-Mail.
Proton ; fr ; above ; Le lundi 2 novembre 2026 à 09:14, {shop} a écrit : / ; Envoyé avec la messagerie sécurisée [Proton Mail](https://proton.me/mail/home).
Proton iOS ; en ; above ; -------- Original Message -------- / On 11/2/26 09:14, {shop} wrote: / ; Sent from [Proton Mail](https://proton.me/mail/home) for iOS.
GMX ; de ; plain ; Gesendet: Montag, 02. November 2026 um 09:14 Uhr / Von: "Blue Shop" <care@shop.example> / An: {customer} / Betreff: Re: Bestellung 48213 /
Web.de app ; de ; plain ; Am 02.11.26, 09:14 schrieb {shop}: / ; -- / Diese Nachricht wurde von meinem Android Mobiltelefon mit WEB.DE Mail gesendet.
GMX app ; de ; above ; Am 2. November 2026 09:14:00 MEZ schrieb {shop}: ; -- / Diese Nachricht wurde von meinem Android-Gerät mit GMX Mail gesendet.
GMX.com ; en ; plain ; Sent: Monday, November 02, 2026 at 9:14 AM / From: "Blue Shop" <care@shop.example> / To: {customer} / Subject: Re: Order 48213 /
K-9 ; en ; above ; On 2 November 2026 09:14:00 GMT, {shop} wrote: ; -- / Sent from my Android device with K-9 Mail. Please excuse my brevity.
Samsung ; en ; plain ; -------- Original message -------- / From: {shop} / Date: 02/11/2026 09:14 (GMT+00:00) / To: {customer} / Subject: Re: Order 48213 / ; Sent from my Galaxy
Samsung ; de ; plain ; -------- Ursprüngliche Nachricht -------- / Von: {shop} / Datum: 02.11.26 09:14 (GMT+01:00) / An: {customer} / Betreff: Re: Bestellung / ; Von meinem Galaxy gesendet
Samsung ; fr ; plain ; -------- Message d'origine -------- / De : {shop} / Date : 02/11/2026 09:14 (GMT+01:00) / À : {customer} / Objet : Re: Commande / ; Envoyé depuis mon appareil Galaxy
Samsung ; es ; plain ; -------- Mensaje original -------- / De: {shop} / Fecha: 2/11/26 9:14 (GMT+01:00) / Para: {customer} / Asunto: Re: Pedido / ; Enviado desde mi Galaxy
Samsung ; it ; plain ; -------- Messaggio originale -------- / Da: {shop} / Data: 02/11/26 09:14 (GMT+01:00) / A: {customer} / Oggetto: Re: Ordine / ; Inviato dal mio Galaxy
Samsung ; nl ; plain ; -------- Oorspronkelijk bericht -------- / Van: {shop} / Datum: 02-11-2026 09:14 (GMT+01:00) / Aan: {customer} / Onderwerp: Re: Bestelling / ; Verzonden vanaf mijn Galaxy
Samsung ; pl ; plain ; -------- Oryginalna wiadomość -------- / Od: {shop} / Data: 2.11.2026 09:14 (GMT+01:00) / Do: {customer} / Temat: Re: Zamówienie / ; Wysłane z mojego Galaxy
Samsung ; pt ; plain ; -------- Mensagem original -------- / De: {shop} / Data: 02/11/2026 09:14 (GMT+00:00) / Para: {customer} / Assunto: Re: Encomenda / ; Enviado do meu Galaxy
Samsung ; cs ; plain ; -------- Původní zpráva -------- / Od: {shop} / Datum: 02.11.26 9:14 (GMT+01:00) / Komu: {customer} / Předmět: Re: Objednávka / ; Odesláno z mého telefonu Galaxy
Samsung ; ru ; plain ; -------- Исходное сообщение -------- / От: {shop} / Дата: 02.11.2026 09:14 (GMT+03:00) / Кому: {customer} / Тема: Re: Заказ / ; Отправлено с моего Galaxy
Notes ; en ; plain ; From:   {shop} / To:     {customer} / Date:   02/11/2026 09:14 / Subject:        Re: Order 48213 / ________________________________ /
Notes ; de ; plain ; Von:    {shop} / An:     {customer} / Datum:  02.11.2026 09:14 / Betreff:        Re: Bestellung 48213 /
Notes ; en ; above ; "Blue Shop" <care@shop.example> wrote on 11/02/2026 09:14:14 AM: /
Notes ; de ; above ; "Blue Shop" <care@shop.example> schrieb am 02.11.2026 09:14:14: /
QQ ; zh ; plain ; ------------------ 原始邮件 ------------------ / 发件人: "Blue Shop" <care@shop.example>; / 发送时间: 2026年11月2日(星期一) 上午9:14 / 收件人: "Kim"<{customer}>; / 主题: 回复: 订单48213 /
163 ; zh ; plain ; 在 2026-11-02 09:14:14，"Blue Shop" <care@shop.example> 写道： /
Mail.ru ; ru ; above ; Понедельник, 2 ноября 2026, 9:14 +03:00 от {shop}:
Yandex ; ru ; plain ; 02.11.2026, 09:14, "Blue Shop" <care@shop.example>: / ; --  / Отправлено из мобильного приложения Яндекс Почты
Seznam ; cs ; above ; ---------- Původní e-mail ---------- / Od: {shop} / Komu: {customer} / Datum: 2. 11. 2026 9:14:00 / Předmět: Re: Objednávka /
WP ; pl ; above ; Dnia 2 listopada 2026 09:14 {shop} napisał(a):
Onet ; pl ; plain ; W dniu 2026-11-02 09:14:39 użytkownik {shop} napisał: /
Orange ; fr ; above ; > Message du 02/11/26 09:14 / > De : "Blue Shop" <care@shop.example> / > A : {customer} / > Copie à : / > Objet : Re: Commande 48213 / >
Libero ; it ; plain ; Il 2 novembre 2026 alle 9.14 {shop} ha scritto: /
T-Online ; de ; plain ; -----Original-Nachricht----- / Betreff: Re: Bestellung 48213 / Datum: 2026-11-02T09:14:14+0100 / Von: "Blue Shop" <care@shop.example> / An: "{customer}" <{customer}> /
Zoho ; en ; plain ; ---- On Mon, 02 Nov 2026 09:14:50 +0000 {shop} wrote ---- /
Spark ; en ; above ; On 2 Nov 2026 at 09:14 +0000, {shop}, wrote:
Windows Mail ; en ; plain ; From: Blue Shop / Sent: 02 November 2026 09:14 / To: Kim / Subject: Re: Order 48213 / ; Sent from Mail for Windows
Windows Mail ; de ; plain ; Von: Blue Shop / Gesendet: Montag, 2. November 2026 09:14 / An: Kim / Betreff: Re: Bestellung 48213 / ; Gesendet von Mail für Windows
`;

const layouts = ['above', 'plain', 'indented', 'below', 'between'] as const;
type Layout = (typeof layouts)[number];

export interface Reply {
  readonly client: string;
  readonly language: Language;
  readonly layout: Layout;
  /** Lines of the program between the customer's words and the quotation; "" is an empty line. */
  readonly header: readonly string[];
  /** What the program adds below the customer's words. */
  readonly footer: readonly string[];
}

export const REPLIES: readonly Reply[] = TABLE.trim()
  .split('\n')
  .map((row) => {
    const [client = '', language = '', layout = '', header = '', footer = ''] = row.split(' ; ');
    return {
      client,
      language: oneOf(Object.keys(VOICES) as readonly Language[], language, row),
      layout: oneOf(layouts, layout, row),
      header: linesOf(header),
      footer: footer === '' ? [] : ['', ...linesOf(footer)],
    };
  });

function oneOf<T extends string>(known: readonly T[], word: string, row: string): T {
  const found = known.find((one) => one === word);
  if (found === undefined) throw new Error(`"${word}" is none of ${known.join(', ')} in the row: ${row}`);
  return found;
}

function linesOf(cell: string): readonly string[] {
  return cell
    .replaceAll('{shop}', 'Blue Shop <care@shop.example>')
    .replaceAll('{customer}', 'kim@mail.example')
    .split(/ \/(?: |$)/)
    .map((line) => line.trimEnd());
}

/** The mail as the desk hands it over. */
export function written({ language, layout, header, footer }: Reply): string {
  const { asks, shop } = VOICES[language];
  const own = [...asks, ...footer];
  const marked = shop.map((line) => `> ${line}`);
  switch (layout) {
    case 'above':
      return [...own, '', ...header, ...marked].join('\n');
    case 'plain':
      return [...own, '', ...header, ...shop].join('\n');
    case 'indented':
      return [...own, '', ...header, ...shop.map((line) => `    ${line}`)].join('\n');
    case 'below':
      return [...header, ...marked, '', ...own].join('\n');
    case 'between':
      return [...header, `> ${shop[0]}`, '', asks[0], '', `> ${shop[1]}`, '', asks[1]].join('\n');
  }
}

/** What the customer said in it. */
export function said({ language }: Reply): string {
  return VOICES[language].asks.join(' ');
}
