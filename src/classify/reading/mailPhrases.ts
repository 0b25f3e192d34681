/** What mail programs write by themselves, in the languages shops meet. Lower case; matched against single lines. */

const words = (list: string) => list.split('|');

/** Labels of a quoted header block (Outlook, Apple Mail, webmail). */
export const headerLabels = {
  from: words(
    'from|von|de|da|van|fra|från|od|lähettäjä|feladó|kimden|от|发件人|差出人|보낸 사람|expéditeur|afzender',
  ),
  sent: words(
    'sent|date|gesendet|datum|envoyé|enviado|enviada|enviado el|sendt|dato|skickat|verzonden|inviato|data|fecha|wysłano|wysłane|lähetetty|päivämäärä|дата|отправлено|发送时间|日期|送信日時|보낸 날짜',
  ),
  to: words('to|an|à|a|para|pour|til|till|aan|do|vastaanottaja|кому|收件人|宛先|받는 사람|destinataire'),
  copy: words(
    'cc|bcc|kopie|kopi|kopia|copie à|copie|copia|dw|kopio|копия|抄送|reply-to|antwort an|répondre à',
  ),
  subject: words(
    'subject|betreff|objet|asunto|assunto|emne|ämne|onderwerp|oggetto|temat|aihe|tárgy|konu|тема|主题|件名|제목',
  ),
} as const;

/** `-----Original Message-----` */
export const originalMessage = words(
  "original message|ursprüngliche nachricht|originalnachricht|message d'origine|message original|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|oprindelig besked|oprindelig meddelelse|opprinnelig melding|ursprungligt meddelande|originalmeddelande|wiadomość oryginalna|oryginalna wiadomość|alkuperäinen viesti|исходное сообщение|原始邮件",
);

/** `---------- Forwarded message ---------` */
export const forwardedMessage = words(
  'forwarded message|begin forwarded message|weitergeleitete nachricht|anfang der weitergeleiteten nachricht|message transféré|début du message transféré|début du message réexpédié|mensaje reenviado|inicio del mensaje reenviado|mensagem encaminhada|messaggio inoltrato|inizio messaggio inoltrato|doorgestuurd bericht|begin doorgestuurd bericht|videresendt besked|videresendt meddelelse|videresendt melding|vidarebefordrat meddelande|vidarebefordrat brev|wiadomość przekazana|przekazana wiadomość|välitetty viesti|пересылаемое сообщение|转发的邮件',
);

/** `On Mon, 2 Nov 2026 at 09:14, Shop <care@shop.example> wrote:` */
export const wroteVerb =
  /\bwrote\b|\bschrieb\b|a écrit|écrit\b|\bescribió|\bschreef\b|\bskrev\b|ha scritto|\bescreveu\b|napisał|\bpisze\b|kirjoitti|(?:на)?писал|пишет|写道|のメッセージ|작성/iu;
export const wroteOpener =
  /^(?:on|am|le|el|il|em|op|den|d\.|på|w dniu|dnia|w|pe|ma|ti|ke|to|la|su|lør|søn|man|tir|tor|fre|mån|tis|ons|lör|sön|\d|在|вт|ср|чт|пт|сб|вс|пн|pon|wt|śr|czw|pt|sob|niedz)/iu;

/** `##- Please type your reply above this line -##` */
export const replyAbove =
  /(?:answer|reply|respond|type|write).{0,40}above this line|(?:antwort|schreiben).{0,40}(?:über|oberhalb).{0,20}(?:zeile|linie)|(?:répond|réponse|écri).{0,40}au-dessus de cette ligne|respond.{0,40}(?:encima|arriba) de esta línea|(?:svar|skriv).{0,40}over denne (?:linje|linjen)|(?:antwoord|typ).{0,40}boven deze (?:regel|lijn)|(?:rispond|scriv).{0,40}sopra questa (?:riga|linea)|(?:svar|skriv).{0,40}ovanför denna rad/iu;

export const sentFromDevice =
  /^(?:sent from (?:my |mail for |outlook|yahoo|gmail|proton|samsung|mobile|the )|sent via |sent with |get outlook for |von meinem .{1,40} gesendet|gesendet von (?:meinem |mail|outlook|yahoo|gmx)|gesendet mit |diese nachricht wurde von meinem|envoyé de(?:puis)? mon |envoyé depuis |envoyé à partir de |télécharger outlook|enviado desde (?:mi |outlook|yahoo|correo)|enviado do meu |enviado a partir d|inviato da(?:l mio| i?phone| outlook| yahoo| mail)|sendt fra (?:min |outlook|mail)|skickat från (?:min |outlook|mail)|verzonden vanaf |verstuurd vanaf |wysłane z |lähetetty |отправлено с |发自我的|iphone'umdan gönderildi).{0,80}$/iu;

export const closing =
  /^(?:(?:kind|best|warm|warmest|many)?\s?regards|best wishes|best|cheers|sincerely|yours (?:sincerely|faithfully|truly)|(?:many )?thanks|thank you|mit (?:freundlichen|besten|lieben) grüßen|(?:viele|liebe|beste|herzliche|freundliche) grüße|mfg|lg|vg|(?:bien )?cordialement|(?:très )?bonne journée|bien à vous|salutations|(?:un )?saludos?(?: cordial(?:es)?)?|atentamente|cordiali saluti|distinti saluti|saluti|(?:med )?(?:venlig|vennlig) hilsen|(?:mange |de bedste )?hilsner?|mvh|vänliga hälsningar|hälsningar|met vriendelijke groet(?:en)?|(?:vriendelijke )?groet(?:en|jes)?|mvg|atenciosamente|cumprimentos|pozdrawiam|terveisin)\s*[,.!–-]*$/iu;

/**
 * Words that somebody says, and that no name, title, company or address is made of. Not complete: they tell a word
 * with a capital from a name ("Tomorrow", "Hold On"); what is written small is a word anyway.
 */
export const sayingWord =
  /(?<!\p{L})(?:not?|nope|don['’]?t|but|only|if|unless|wait|hold on|stop|cancel|keep|actually|later|tomorrow|today|tonight|please|pls|first|both|half|maybe|perhaps|never|nothing|instead|except|until|before|after|sorry|ok|okay|yes|this|that|forget|leave|wrong|voucher|store credit|hmm+|nicht|nein|aber|nur|wenn|falls|warten?|moment|halt|stopp|später|morgen|heute|doch|bitte|beides?|vielleicht|nie|niemals|zuerst|erst|statt|außer|gutschein|quatsch|stornier\p{L}*|behalte\p{L}*|falsch|ja|lieber|pas|non|mais|seulement|si|sauf|attend\p{L}*|demain|plus tard|les deux|peut-être|jamais|rien|d['’]abord|oui|annul\p{L}*|gard(?:ez?|er)|finalement|pero|s[oó]lo|excepto|esper[ae]\p{L}*|para|mañana|más tarde|amb[oa]s|los dos|quizás?|nunca|nada|primero|sí|hoy|mejor|ikke|nej|men|kun|hvis|vent|i morgen|senere|begge|måske|aldrig|først|gavekort|niet|nee|maar|alleen|wacht|misschien|nooit|eerst|allebei|inte|bara|vänta|aspett\p{L}*|domani|forse)(?!\p{L})/iu;

/** Words that are written small in names, titles, companies and addresses. */
export const smallInNames = new Set(
  words(
    'of|and|for|the|at|in|on|to|de|da|do|dos|das|du|des|del|della|di|la|le|les|l|d|el|los|las|y|e|et|en|a|à|van|von|vom|zu|zum|zur|der|den|die|dem|für|und|im|am|bei|ter|ten|og|af|til|for|i|på|och|av|bin|ibn|al|x|xx|she|her|he|him|they|them|tel|phone|mobile|mob|fax|mail|web|telefon|tlf|tél|handy|manager|director|assistant|engineer|developer|consultant|officer|founder|owner|sales|support|marketing|commerciale?|ventes|projet|logistique|ventas|compras|proyectos|administración|konsulent|afdeling|leder|chef',
  ),
);

export const confidentialityNotice =
  /^(?:\*+\s*)?(?:(?:please )?consider the environment before printing|bitte denken sie an die umwelt|pensez à l['’]environnement avant|antes de imprimir|tænk på miljøet|denk aan het milieu|this (?:e-?mail|message|communication)\b.{0,80}\b(?:confidential|intended (?:only|solely)|privileged)|the information contained in this (?:e-?mail|message)|confidentiality notice|diese (?:e-?mail|nachricht) (?:enthält|kann).{0,60}vertraulich|ce (?:message|courriel).{0,80}confidentiel|este (?:mensaje|correo).{0,80}confidencial|denne (?:e-?mail|mail).{0,60}fortrolig|dit (?:e-?mail)?bericht.{0,80}vertrouwelijk)/iu;

/** What a subject or first line of an automatic answer begins with; nobody types these by hand. */
export const autoReplyLabel =
  /^(?:automatic reply|auto[- ]?reply|auto[- ]?response|automated (?:reply|response)|out of (?:the )?office(?: reply| autoreply| message)?|automatische (?:antwort|abwesenheitsnotiz)|abwesenheitsnotiz|réponse automatique|respuesta automática|resposta automática|risposta automatica|automatisch antwoord|automatisch bericht|autosvar|automatisk svar|automatiskt svar|fraværsmelding|frånvaromeddelande|automatyczna odpowiedź|automaattinen vastaus|автоматический ответ|автоответ|自动回复|自動返信)\s*(?:[:\-–—.!]|$)/iu;

/** A person may be away and still want a parcel: this counts only together with `standInOffered`, and without a question. */
export const awayNotice =
  /(?:i am|i'm|i will be) (?:currently |presently )?(?:out of (?:the )?office|on (?:annual |parental |maternity |sick )?(?:leave|vacation)|away from (?:the office|my desk))|ich bin (?:derzeit |zurzeit |momentan |vom |bis )?.{0,40}(?:nicht im (?:büro|hause)|abwesend|im urlaub|außer haus)|je suis (?:actuellement )?(?:absente?|en congés?)|(?:estoy|estaré) (?:fuera de la oficina|de vacaciones)|sono (?:attualmente )?(?:fuori ufficio|in ferie|assente)|ik ben (?:momenteel )?(?:afwezig|niet op kantoor|met vakantie|op vakantie)|jeg er (?:i øjeblikket )?(?:ikke på kontoret|på ferie|fraværende)|jag är (?:för närvarande )?(?:inte på kontoret|på semester|frånvarande)/iu;
export const standInOffered =
  /urgent|limited access|will (?:reply|respond|answer|get back|be back)|upon my return|when i (?:return|am back)|in my absence|my colleague|dringend|vertretung|in meiner abwesenheit|nach meiner rückkehr|weitergeleitet|urgen|mon absence|mon retour|mi ausencia|mi regreso|mia assenza|rientro|afwezigheid|terugkomst|dringende|fravær|vender tilbage|hastesag|frånvaro|återkommer|brådskande/iu;

/** First line of a mail server's own report. "My parcel could not be delivered" is a customer's; the noun decides. */
export const deliveryReportLabel =
  /^(?:undeliver(?:able|ed)\b|undelivered mail returned|delivery status notification|mail delivery (?:failed|failure|subsystem|system)|delivery (?:has )?failed to these recipients|returned mail|failure notice|this is the mail system at host|(?:your|the following) (?:message|e-?mail|mail) .{0,80}(?:could not be delivered|couldn't be delivered|was(?:n't| not) delivered|has not (?:yet )?been delivered|has been delayed|is delayed|undeliverable)|(?:ihre|die folgende) (?:nachricht|e-?mail|mail) .{0,80}(?:nicht zugestellt|unzustellbar|verzögert)|unzustellbar:|votre (?:message|courriel|e-?mail) n[’'].{0,60}(?:remis|distribué|livré)|(?:su|tu|el) (?:mensaje|correo) no .{0,60}(?:entregado|entregar)|il (?:tuo|suo) messaggio non .{0,60}(?:consegnato|recapitato)|uw bericht .{0,60}niet .{0,20}(?:bezorgd|afgeleverd)|din (?:meddelelse|besked|mail) .{0,60}ikke .{0,20}leveres?|ditt meddelande .{0,60}inte .{0,20}leverer)/iu;

/** A mail server that has not given up. */
export const deliveryStillTried =
  /\(delay\)|\b(?:delayed|not yet been delivered|not been delivered yet|warning only|(?:do not|don't) need to resend|(?:will|is|are) (?:keep |be |still |continue )?(?:retry|retried|retrying|trying|to try|try again)|delivery attempts? will continue)|noch nicht (?:zugestellt|übermittelt)|verzögert|weitere zustellversuche|weiterhin versucht|erneut versucht|pas encore|nouvelles? tentatives?|retardée?|(?:aún|todavía) no|retras|reintent|non .{0,20}ancora|ritard|nuov[oi] tentativ|nog niet|vertraagd|opnieuw (?:geprobeerd|proberen)|endnu ikke|forsinket|ännu inte|försena|försöka igen/iu;
/** A mail server that has done what it should. */
export const deliverySettled =
  /\b(?:successfully delivered|was delivered to)|\((?:success|relayed?)\)|erfolgreich zugestellt|remis avec succès|entregado correctamente|consegnato correttamente/iu;
