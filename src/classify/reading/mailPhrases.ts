/** What mail programs write by themselves, in the languages shops meet. Lower case; matched against single lines. */

const words = (list: string) => list.split('|');

/** Labels of a quoted header block (Outlook, Apple Mail, webmail). */
export const headerLabels = {
  from: words(
    'from|von|de|da|van|fra|från|od|lähettäjä|feladó|kimden|gönderen|от|від|от кого|від кого|发件人|寄件者|差出人|送信元|보낸 사람|보낸사람|expéditeur|afzender|mittente|nadawca|remitente|remetente|absender|odesílatel|odesilatel|odosielateľ|expeditor|expeditorul|de la|šalje|saatja|από|frá',
  ),
  sent: words(
    'sent|date|gesendet|gesendet am|datum|envoyé|envoyé le|enviado|enviada|enviado el|enviada em|enviado em|sendt|dato|skickat|verzonden|verzonden op|inviato|data|fecha|wysłano|wysłane|data wysłania|lähetetty|päivämäärä|päiväys|odesláno|odoslané|dátum|elküldve|küldve|trimis|dată|gönderildi|gönderilme tarihi|gönderme tarihi|tarih|дата|отправлено|відправлено|надіслано|发送时间|发送日期|日期|时间|寄件日期|傳送日期|送信日時|日時|日付|送信日|보낸 날짜|날짜|ημερομηνία|στάλθηκε',
  ),
  to: words(
    'to|an|à|a|para|pour|til|till|aan|do|komu|pre|prima|címzett|către|catre|destinatarul|kime|alıcı|vastaanottaja|кому|收件人|收件者|宛先|送信先|받는 사람|받는사람|destinataire|destinatario|adresat|empfänger|προς',
  ),
  copy: words(
    'cc|bcc|kopie|kopie (cc)|kopi|kopia|kópia|copie à|copie|copia|dw|kopio|másolat|másolatot kap|bilgi|копия|копія|抄送|副本|參加者|reply-to|antwort an|répondre à|responder a|svar til|svara till|antwoord aan|rispondi a|odpowiedź-do|odpověď na|vastaus|ответ-кому|attachments|anlagen|pièces jointes|importance|wichtigkeit|priorität',
  ),
  subject: words(
    'subject|betreff|objet|sujet|asunto|assunto|emne|ämne|onderwerp|oggetto|temat|aihe|tárgy|konu|předmět|předmet|predmet|naslov|subiect|subiectul|тема|主题|主旨|件名|제목|θέμα',
  ),
} as const;

/** `-----Original Message-----` */
export const originalMessage = words(
  "original message|reply message|ursprüngliche nachricht|originalnachricht|original-nachricht|original nachricht|message d'origine|message original|mensaje original|mensagem original|messaggio originale|messaggio originario|oorspronkelijk bericht|oorspronkelijke bericht|oprindelig besked|oprindelig meddelelse|opprinnelig melding|opprinnelig beskjed|ursprungligt meddelande|originalmeddelande|wiadomość oryginalna|oryginalna wiadomość|wiadomość pierwotna|alkuperäinen viesti|původní zpráva|původní e-mail|pôvodná správa|eredeti üzenet|mesajul original|mesaj original|orijinal mesaj|özgün ileti|özgün mesaj|исходное сообщение|пересылаемое письмо|оригинальное сообщение|вихідне повідомлення|原始邮件|原始郵件|原邮件|原始訊息|元のメッセージ|원본 메시지",
);

/** `---------- Forwarded message ---------` */
export const forwardedMessage = words(
  'forwarded message|begin forwarded message|weitergeleitete nachricht|weitergeleitete e-mail|anfang der weitergeleiteten nachricht|anfang der weitergeleiteten e-mail|message transféré|message transmis|début du message transféré|début du message réexpédié|mensaje reenviado|inicio del mensaje reenviado|mensagem encaminhada|mensagem reencaminhada|início da mensagem encaminhada|início da mensagem reencaminhada|messaggio inoltrato|inizio messaggio inoltrato|doorgestuurd bericht|begin doorgestuurd bericht|videresendt besked|videresendt meddelelse|videresendt melding|start på videresendt besked|vidarebefordrat meddelande|vidarebefordrat mejl|vidarebefordrat brev|wiadomość przekazana|przekazana wiadomość|wiadomość przesłana dalej|treść przekazanej wiadomości|początek przekazywanej wiadomości|välitetty viesti|välitetty viesti / fwd.msg|välitetty viesti alkaa|edelleenlähetetty viesti|přeposlaná zpráva|začátek přeposílané zprávy|preposlaná správa|preposlaná správa --- forwarded message|začiatok preposlanej správy|továbbított üzenet|továbbított levél kezdete|mesaj redirecționat|începe mesajul redirecționat|iletilmiş mesaj|iletilen ileti|iletilen mesaj|ileti başlangıcı|пересылаемое сообщение|перенаправленное сообщение|начало переадресованного сообщения|переслане повідомлення|перенаправлене повідомлення|转发的邮件|轉寄郵件|転送メッセージ|メッセージを転送|전달된 메시지',
);

/** `On Mon, 2 Nov 2026 at 09:14, Shop <care@shop.example> wrote:` */
export const wroteVerb =
  /\bwrote\b|\bschrieb\b|\bgeschrieben\b|écrit\b|\bescribió|\bschreef\b|\bgeschreven\b|\bskrev\b|\bscritto\b|\bescreveu\b|napisał|\bnapisana\b|\bpisze\b|\bnapsal|napísal|kirjoitti|\ba scris\b|\bírta\b|\byazdı|(?:на)?писал|пишет|\bпише\b|έγραψε|写道|寫道|のメッセージ|のメール|さんが書きました|작성/iu;
export const wroteOpener =
  /^(?:on|am|le|el|il|em|no dia|às|op|den|dne|d\.|på|w dniu|dnia|w|pe|ma|ti|ke|to|la|su|lør|søn|man|tir|tor|fre|mån|tis|ons|lör|sön|\d|在|вт|ср|чт|пт|сб|вс|пн|pon|wt|śr|czw|pt|sob|niedz|po|út|st|čt|pá|so|ne|lun|mar|mie|joi|vin|sâm|dum|στις)/iu;

/** Somebody tells in words of their own who wrote what: no mail program speaks of itself or to anybody. */
export const tellsInPerson =
  /(?<!\p{L})(?:I|i've|me|my|we|us|you|your|he|she|ich|mir|mich|wir|uns|sie|ihr|ihre?[nmrs]?|er|du|je|m['’]\p{L}+|me|nous|vous|votre|yo|nos|usted(?:es)?|su|io|mi|lei|voi|ik|mij|wij|jij|jullie|uw|jeg|mig|meg|vi|os|du|jag|ni|eu|você|vocês|ja|mnie|pan|pani|minä|minulle|te|ben|siz|bana|я|мне|мы|вы)(?!\p{L})/u;

/** `##- Please type your reply above this line -##` */
export const replyAbove =
  /(?:answer|reply|respond|type|write).{0,40}above this line|(?:antwort|schreiben).{0,40}(?:über|oberhalb).{0,20}(?:zeile|linie)|(?:répond|réponse|écri).{0,40}au-dessus de cette ligne|respond.{0,40}(?:encima|arriba) de esta línea|(?:svar|skriv).{0,40}over denne (?:linje|linjen)|(?:antwoord|typ).{0,40}boven deze (?:regel|lijn)|(?:rispond|scriv).{0,40}sopra questa (?:riga|linea)|(?:svar|skriv).{0,40}ovanför denna rad/iu;

/** `Sent from my iPhone`; only together with a `device`: "Sent via DHL on Monday" is news of a parcel. */
export const sentFrom =
  /^(?:sent (?:from|via|with|using) |get outlook |(?:diese (?:nachricht|e-?mail) wurde )?von (?:meine[mr] |proton|yahoo|outlook|gmx|web\.de).{1,60} gesendet|gesendet (?:von|mit|aus|über) |outlook (?:für|voor) .{1,60} (?:beziehen|herunterladen|downloaden)|envoyé (?:de|depuis|à partir de|avec|via) |(?:télécharger|obtenir|obtener|obter(?: o)?|baixar o|ottieni|scarica|hent|få|hämta|download|pobierz|hanki|stáhnout) outlook |enviad[oa] (?:desde|do|da|a partir d|com|con|através|via)|inviato d(?:a|al|alla|allo) |sendt (?:fra|via|med) |skickat (?:från|via|med) |(?:verzonden|verstuurd|gestuurd) (?:vanaf|met|via|vanuit) |wysłan[eo] (?:z|za pomocą) |lähetetty |(?:odesláno|poslan[oé]|odoslané) z |(?:el)?küldve |trimis d(?:e|in) |отправлено (?:с|из) |надіслано (?:з|із) |[发發]自|從我的|\S{2,20}(?:から送信|에서 보냄)|\S{2,20}['’]?(?:dan|den) gönderildi)/iu;
export const device =
  /(?<![\p{Script=Latin}\p{Script=Cyrillic}])(?:iphon|ipad|android|galaxy|samsung|outlook|gmail|yahoo|proton ?mail|gmx|web\.de|mail (?:for|für|pour|para|per|voor|til|till) windows|huawei|honor|xiaomi|redmi|oneplus|oppo|realme|pixel|motorola|xperia|wiko|blackberry|icloud|k-9 mail|thunderbird|superhuman|zoho|seznam|mobile device|(?:my|meine[mr]|mon|mi|meu|mio|mijn|min|mit|mojego|mého|môjho|моего|мого) .{0,20}(?:phone|handy|smartphone|tablet|mobil|t[eé]l[eé]fon|telem[oó]vel|celular|телефон)|мобильного приложения|яндекс)|手机|手機|携帯|スマートフォン/iu;

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
