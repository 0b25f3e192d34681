/** Phrases that say one thing and are said all the time, by what they say. One list for all languages. */

export type PhraseKind =
  'yes' | 'agreeable' | 'pointing' | 'no' | 'courtesy' | 'aside' | 'hesitation' | 'settled';

/** Each of the first with each of the second. */
function each(first: string, second: string): string {
  return first
    .split('|')
    .flatMap((lead) => second.split('|').map((tail) => `${lead} ${tail}`))
    .join('|');
}

/**
 * `agreeable`: "ok", "perfect" is a yes to a question that wants one, and courtesy otherwise. `pointing`: "that one"
 * says what the yes beside it is to, and is none by itself. `courtesy` adds nothing to a yes and takes nothing from it.
 * `aside`: courtesy that makes mere courtesy of an "ok", but not of a "yes": "ok, bye". `settled`: nothing is wanted
 * any more, so that no yes beside it is to our question: "yes, it works now". `hesitation`: a no stays one beside it, a
 * yes does not: "hmm, yes".
 */
export const phrasesOf: Readonly<Record<PhraseKind, readonly string[]>> = {
  yes: [
    // English
    'yes|yeah|yep|yup|yea|ya please|ya sure|aye|y|sure|sure thing|of course|absolutely|definitely|certainly|affirmative|exactly|correct',
    'that is correct|that is right|it is correct|it is right|go ahead|go for it|proceed|yes that is it|do it|do so|do that',
    'please do|please do it|please do so|i do|i am sure|i confirm|confirm|confirmed|i agree|agreed|by all means|yes i do|yes it is|yes i would|yes you can|yes you may|yes i am sure|i am happy with that',
    'i would like that|i would love that|yes to that|that is what i want|that is what i would like|please go ahead|go right ahead|you have my ok|you have my okay|do so please|make it so|one hundred percent|for sure|sure do|yes sir|okey dokey',
    each(
      'that would be|this would be|would be',
      'great|good|fine|perfect|lovely|kind|nice|wonderful|brilliant|amazing|very kind|really kind|so kind|very nice|very helpful|really helpful',
    ),
    'sounds good|sounds great|that works for me|works for me|fine by me|fine with me',
    'sounds good to me|sounds great to me|sounds fine|sounds fine to me|that sounds good|that sounds great|that sounds fine|that would be great|that would be good|that would be fine|that would be perfect|that would be lovely|would be great|would be good|that is fine by me|that is fine with me|that is ok with me|that is okay with me|ok with me|okay with me|suits me|that suits me|i am fine with that|i am fine with this|i am ok with that|i am okay with that|i am good with that|i agree to that|i agree with that|i accept|accepted|please proceed|feel free',
    // German
    'ja|jawohl|jap|jup|jo|gerne|gern|sehr gerne|sehr gern|klar|na klar|aber klar|natürlich|selbstverständlich|sicher|genau|stimmt|richtig',
    'korrekt|einverstanden|auf jeden fall|unbedingt|mach das|macht das|machen sie das|tun sie das|ich bestätige|bestätigt|bestätige ich|das passt|passt',
    'klar doch|gerne doch|aber gerne doch|aber gerne|aber ja|ja doch|geht klar|machen|machen sie|machen sie es|mach es|tun sie es|tu das|machen wir so|so machen wir das|das möchte ich|das will ich|das wäre schön',
    'das wäre super|das wäre gut|das wäre toll|das wäre nett|wäre super|wäre gut|wäre toll|ich bin einverstanden|ich bin damit einverstanden|bin einverstanden|damit einverstanden|bin damit einverstanden|ich stimme zu|stimme zu|ich bin dafür|das ist in ordnung|das ist ok|das ist okay|ist in ordnung|geht in ordnung|das geht in ordnung|passt so|passt für mich|das passt so|das passt für mich|genau so|gerne so|so bitte|können sie machen|können sie gerne machen|machen sie das so|machen sie es so|machen sie nur|mach mal',
    each(
      'das wäre|wäre',
      'super|gut|toll|nett|lieb|prima|klasse|schön|perfekt|freundlich|sehr nett|sehr gut|sehr lieb|sehr schön|sehr freundlich|ganz lieb|wirklich nett',
    ),
    'das ist richtig|das ist korrekt|ist richtig|ist korrekt|ist so richtig|das ist so richtig|das stimmt|das stimmt so|stimmt genau|das stimmt genau|so ist es',
    // French
    "oui|ouais|oui je confirme|bien sûr|bien sur|volontiers|avec plaisir|d'accord|allez y|vas y|exactement|exact|c'est ça|c'est exact|c'est bien ça",
    'tout à fait|absolument|certainement|je confirme|confirmé|faites le|faites|je veux bien|je suis sûr|je suis sûre',
    "fais le|je suis d'accord|ça me va|ça marche|entendu|bien entendu|parfaitement|je le confirme|c'est bon pour moi|ok pour moi|c'est ce que je veux",
    "ce serait parfait|ce serait super|ce serait bien|ce serait gentil|c'est parfait pour moi|cela me convient|ça me convient|cela me va|cela me va très bien|ça me va très bien|ça me convient très bien|je suis d'accord avec cela|j'accepte|je valide|je vous le confirme|je vous confirme|vous pouvez y aller|procédez|c'est d'accord",
    each(
      'ce serait|cela serait|ça serait',
      'super|parfait|bien|gentil|génial|aimable|top|formidable|très gentil|très bien|très aimable|vraiment gentil|vraiment super',
    ),
    "c'est correct|c'est juste|c'est bien correct|c'est bien cela|c'est cela|c'est exactement ça|c'est tout à fait ça",
    // Spanish
    'sí|si|sip|claro|claro que sí|claro que si|por supuesto|desde luego|vale|de acuerdo|adelante|correcto|exacto|exactamente|así es|asi es|confirmo|lo confirmo|hazlo|hágalo|hagalo|háganlo|seguro|estoy seguro|estoy segura',
    'procede|proceda|procedan|dale|hacedlo|hazlo así|me parece bien|sí quiero|eso es|cómo no|venga|conforme|estoy de acuerdo|eso quiero|es lo que quiero',
    'me parece perfecto|me parece genial|me parece estupendo|sería genial|sería perfecto|sería estupendo|estoy conforme|acepto|lo acepto|de acuerdo con eso|pueden proceder|puede proceder|sí me parece bien|se lo confirmo|confirmado',
    each(
      'sería|eso sería',
      'genial|perfecto|estupendo|fantástico|amable|bueno|muy amable|muy bueno|de gran ayuda',
    ),
    'es correcto|es correcta|está correcto|está correcta|eso es correcto|así está bien|está bien así|haganlo|hagan lo|hazlo por favor',
    // Italian
    'sì|certo|certamente|va bene|procedi|proceda|procedete|confermo|esatto|volentieri|assolutamente sì|per favore sì|fatelo|lo faccia|mi va bene|accetto|fate pure|faccia pure',
    // Portuguese
    'sim|com certeza|claro que sim|pode ser|pode|podem|isso mesmo|isso|faça isso|pode fazer|pode avançar|avance|concordo|aceito|está bem assim',
    // Dutch
    'jazeker|zeker|ja hoor|zeker weten|prima doe maar|ja doe maar|graag|natuurlijk|doe maar|akkoord|klopt|dat klopt|is goed|dat is goed|inderdaad|ga uw gang|ga je gang|doe dat maar|doet u maar|ik ga akkoord|prima zo',
    // Danish, Norwegian, Swedish
    'gør det bare|bare gør det|det må du gerne|det må i gerne|det må i godt|det vil jeg gerne|gerne det|ja da|jo da|kør på|bare kør på|det lyder godt|det er i orden|helt fint|meget gerne tak|jeg er enig|det bekræfter jeg|jeg bekræfter',
    'jep|jo tak|ja tak|selvfølgelig|klart|gør det|bare gør det|det er rigtigt|rigtigt|korrekt|helt sikkert|meget gerne|ja takk|gjerne|gjør det|ja tack|gärna|javisst|självklart|absolut|gör det|det stämmer|stämmer',
    // Polish, Finnish
    'tak proszę|oczywiście|zgadza się|kyllä|joo|kyllä kiitos',
  ],
  agreeable: [
    'ok|okay|k|okey|oki|right|very good|very well|fine|alright|all right|perfect|great|super|good|cool|👍|👌|✅|✔|☑|✓|that is fine|that is ok|that is okay|that is good|that is great|that is perfect',
    'está bien|está bem|in ordnung|alles klar|prima|bestens|parfait|très bien|perfecto|muy bien|perfetto|benissimo|perfeito|tudo bem|in orde|fint|det er fint|i orden|bra|det är bra',
    'bitte|please|pls|plz',
  ],
  pointing: [
    'that one|this one|exactly that one|exactly this one|that order|this order|that is the one|this is the one|that very one|the one you said|to that|to this',
    // Asks us to, and agrees only beside a yes.
    'please confirm|confirm please|please confirm it|please confirm that|please confirm this',
    'diese|dieser|dieses|diesen|genau diese|genau die|genau den|genau das|die da|das da|diese bestellung',
    "celle ci|celle là|celui ci|celui là|c'est celle ci|c'est celle là|c'est celui là|cette commande",
    'ese|esa|este|esta|ese mismo|esa misma|este mismo|esta misma|ese pedido|este pedido|eso|eso mismo',
    'den der|det der|den|lige den|netop den|præcis den|den ordre|denne|denne ordre|questo|quello|questa|quella|die|deze',
  ],
  no: [
    // English
    'no|nope|nah|no thanks|no thank you|not really|do not|please do not|no need|not needed|not necessary|rather not|i would rather not|better not|not now|not at all|not anymore',
    'do not do it|do not do that|do not do this|i do not|i do not want that|i do not want it|i do not want this|i would not|no way|negative|stop|stop it|wait no|certainly not|definitely not|absolutely not|of course not',
    'that is fine then keep it|fine then keep it|then keep it|just keep it|keep it then|leave it then|leave it|leave it as it is|leave it as is|keep it|never|leave my order|leave my order alone|leave the order|leave the order as it is|leave everything as it is|not yet|do not proceed|do not go ahead|let it be|let us not|leave it alone|leave it please|forget that|i will keep it|i want to keep it|i would like to keep it|i changed my mind|i have changed my mind|changed my mind',
    'i decline|i refuse|declined|no thx|no ty|no it is ok|no it is okay|no it is fine|it is not needed|it is not necessary|that is not needed|that is not necessary|that will not be necessary|that is not what i want|that is not what i wanted|not what i want|i do not need it|i do not need that|keep the order|keep my order|i am keeping it|i will keep the order|i will keep my order|leave things as they are|👎|❌|🚫',
    // German
    'nein|nö|nee|ne|ne ne|lieber nicht|doch nicht|dann nicht|dann erstmal nicht|erstmal nicht|erst mal nicht|vorerst nicht|dann lieber nicht|dann doch nicht|bitte nicht|besser nicht|eher nicht|auf keinen fall|nicht nötig|nein danke|lieber doch nicht|ich habe es mir anders überlegt|auf gar keinen fall',
    'das ist nicht nötig|ist nicht nötig|nicht notwendig|das ist nicht notwendig|muss nicht sein|das muss nicht sein|brauche ich nicht|das brauche ich nicht|das wollte ich nicht|ich lehne ab|ich möchte nicht|ich will nicht|ich behalte die bestellung',
    'bloß nicht|ja nicht|keinesfalls|niemals|nicht machen|bitte nicht machen|machen sie das nicht|machen sie das bitte nicht|tun sie das nicht|tun sie das bitte nicht|mach das nicht|lassen sie das|lassen sie es|lassen sie es so|lass es|lass das|lass mal|ne lass mal|ne danke|lassen wir das|lassen wir es|das will ich nicht|das möchte ich nicht|überhaupt nicht|ganz sicher nicht|ich behalte sie|ich behalte es|alles so lassen|so lassen',
    // French
    'en fait non|non finalement|finalement pas|non|non merci|pas la peine|surtout pas|plutôt pas|pas du tout|certainement pas|je préfère pas|je préfère que non|je ne préfère pas|je ne veux pas|ce ne sera pas nécessaire|finalement non|mieux vaut pas',
    "ne faites pas ça|ne le faites pas|ne fais pas ça|ne faites rien|n'en faites rien|laissez comme ça|laissez|j'ai changé d'avis|jamais|absolument pas|pas question|hors de question|je la garde|finalement je la garde|finalement je le garde|je le garde|pas maintenant|pas encore|je n'en veux pas",
    "ce n'est pas la peine|ce n'est pas nécessaire|ce n'est pas utile|pas nécessaire|pas besoin|inutile|je refuse|je n'en ai pas besoin|je ne souhaite pas|je ne le souhaite pas|ce n'est pas ce que je veux|je garde ma commande|je garde la commande|gardez la|gardez le|gardez ma commande|je la garde finalement|je le garde finalement",
    // Spanish
    'no gracias|ya no|ya no gracias|mejor no|para nada|prefiero que no|de ninguna manera|no quiero|no hace falta|claro que no|por supuesto que no',
    'no lo hagan|no lo haga|no lo hagas|no lo hagáis|ni hablar|jamás|déjelo así|déjenlo así|he cambiado de opinión|cambié de opinión|he cambiado de idea|ahora no|todavía no|aún no|en absoluto|me lo quedo|me la quedo|mejor que no|que no|no hagan nada',
    'no es necesario|no lo necesito|no lo quiero|no me hace falta|no me interesa|me quedo con el pedido|no es lo que quiero|rechazo|prefiero no|no lo deseo',
    // Italian
    'no grazie|meglio di no|preferisco di no|assolutamente no|non serve|non voglio|certo che no|non è necessario|non occorre|preferirei di no|lasciate stare|no per favore',
    // Portuguese
    'não|nao|não obrigado|não obrigada|melhor não|prefiro que não|não quero|não é preciso|não é necessário|não precisa|prefiro não',
    // Dutch
    'nee hoor|nee toch maar niet|zeker niet|absoluut niet|nee bedankt|nee dank je|nee dank u|liever niet|toch niet|doe maar niet|niet nodig|toch maar niet|hoeft niet|dat hoeft niet|dat is niet nodig|niet doen|laat maar|nee dank u wel|nee dank je wel',
    // Danish, Norwegian, Swedish
    'lad være|lad være med det|lad den være|lad det være|gør det ikke|det skal i ikke|det skal du ikke|i skal ikke|slet ikke|overhovedet ikke|bestemt ikke|absolut ikke|under ingen omstændigheder|det vil jeg ikke|jeg har ombestemt mig|jeg har fortrudt|jeg fortryder|behold ordren|jeg har skiftet mening|behold den|jeg beholder den|ikke nu|ikke endnu|nej da',
    'nej|nej tak|helst ikke|hellere ikke|ellers tak|ikke alligevel|nei|nei takk|nej tack|helst inte|inte nu|det behøves ikke|behövs inte',
    // Polish, Finnish
    'nie|nie dziękuję|ei|ei kiitos',
  ],
  courtesy: [
    'thanks|thank|thank you|thank u|thx|thnx|tnx|ty|cheers|many thanks|thanks a lot|thanks a million|so much|very much|a lot|thanks again|thank you again|much appreciated|appreciated|appreciate it|i appreciate it|really appreciate it|i really appreciate it',
    'lovely|brilliant|awesome|amazing|excellent|wonderful|you are amazing|you are great|you are the best',
    'hi|hello|hey|hiya|hi there|hello there|hey there|good morning|good afternoon|good evening|dear team|hi team|hello team',
    'danke|dankeschön|danke schön|danke sehr|vielen dank|vielen lieben dank|besten dank|herzlichen dank|tausend dank|hallo|guten tag|guten morgen|guten abend|moin|servus',
    "merci|merci beaucoup|merci bien|merci d'avance|bonjour|bonsoir|salut|s'il vous plaît|s'il vous plait|svp|s'il te plaît|stp",
    'porfa|porfi|gracias|muchas gracias|mil gracias|muchísimas gracias|hola|buenos días|buenas tardes|buenas|por favor',
    'grazie|grazie mille|molte grazie|buongiorno|per favore|prego|obrigado|obrigada|muito obrigado|muito obrigada|olá|bom dia|por favor',
    'bedankt|dank je|dank u|dank je wel|dank u wel|dankjewel|hartelijk dank|alvast bedankt|hoi|goedendag|goedemorgen|alstublieft|alsjeblieft|tak|mange tak|tusind tak|på forhånd tak|hej|hejsa|goddag|godmorgen|takk|tusen takk|tack|tack så mycket|kiitos|dziękuję|proszę|dzień dobry|cześć',
    'regards|kind regards|best regards|warm regards|best wishes|all the best|best|sincerely|yours sincerely|mit freundlichen grüßen|freundliche grüße|viele grüße|liebe grüße|beste grüße|herzliche grüße|grüße|gruß|mfg|lg|vg',
    'cordialement|bien cordialement|bien à vous|salutations|saludos|un saludo|saludos cordiales|atentamente|saluti|cordiali saluti|distinti saluti|atenciosamente|hilsen|venlig hilsen|med venlig hilsen|mvh|vh|kh|hälsningar|vänliga hälsningar|groet|groeten|groetjes|met vriendelijke groet|met vriendelijke groeten|mvg',
    '🙏|❤|😊|🙂|🙌|💪|🎉|👏|😀|😃|😄|😁|🥰|💯|✨|x|xx',
  ],
  aside: [
    'of you|von ihnen|von euch|de votre part|de su parte|de vuestra parte|you|very|so|really|nice|nice one|good one|there|again|sorry|oh|ah|oh ok|well|actually|no problem|no worries|that is it|that is all|that works|noted|understood',
    'sorry for the trouble|sorry for the bother|sorry for the inconvenience|sorry for the late reply|sorry for the delay|sorry to bother you|entschuldigung|entschuldigen sie|entschuldigen sie die störung|entschuldigen sie die umstände|désolé|désolée|désolé pour le dérangement|désolée pour le dérangement|perdón|perdón por las molestias|disculpe|disculpe las molestias|disculpen las molestias',
    'bye|bye bye|goodbye|good bye|see you|have a nice day|have a good day|have a great day|have a good one|have a lovely day|have a nice weekend|have a good weekend|have a great weekend|have a good evening|good day|good night|take care',
    'for your help|for the help|for helping|for your quick help|for the quick help|for the fast help|for your reply|for the reply|for your quick reply|for the quick reply|for the fast reply|for your answer|for the answer|for the quick answer|for your quick answer|for your time|for your support|for the quick response|for your response|for the info|for the information|for the update|for letting me know',
    'schön|schönen tag|schönen tag noch|einen schönen tag|einen schönen tag noch|schönes wochenende|schönen abend|tschüss|auf wiedersehen|bis dann|das ist alles|für die hilfe|für die schnelle antwort|für die schnelle hilfe|für ihre hilfe|für eure hilfe|für die info',
    "beaucoup|c'est bon|c bon|c'est tout|bonne journée|bonne soirée|bon week end|au revoir|à bientôt|pour votre aide|pour votre réponse|pour l'info",
    'muchas|eso es todo|buen día|que tenga un buen día|buen fin de semana|adiós|adios|hasta luego|hasta pronto|por su ayuda|por la ayuda|por la información',
    'ciao|mille|buona giornata|arrivederci|tot ziens|doei|fijne dag|fijne dag nog|dat is alles|farvel|hej hej|god dag|god weekend|ha en god dag|hav en god dag|det er alt|tak for hjælpen|tack för hjälpen|👋',
  ],
  hesitation: [
    'hmm|hm|mmm|mm|uh|uhm|um|erm|er|euh|heu|äh|ähm|ach|ach so|ehm|pues|bueno|bah|nå|øh|wait|hold on',
  ],
  settled: [
    'got it|i got it|all good|it is all good|all set|it works|it works now|it is working|it is working now|works now|it arrived|it has arrived|it just arrived|it came|solved|it is solved|sorted',
    'es geht wieder|es funktioniert|es funktioniert jetzt|funktioniert jetzt|alles gut|hat geklappt|ist angekommen|ist da',
    'ça marche maintenant|ça fonctionne|ça fonctionne maintenant|tout va bien|bien reçu',
    'ya funciona|funciona|ahora funciona|todo bien|ya llegó|ya está',
    'det virker|det virker nu|virker nu|alt er godt|den er kommet|het werkt|het werkt nu|alles goed|al opgelost',
  ],
};
