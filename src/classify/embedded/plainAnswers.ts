/**
 * A yes, a no, or a "never mind" to what we asked. Money moves on a yes, so a yes is one only when nothing else of
 * meaning stands beside it, but for a question about something else. Words that are not known are meaning.
 */
import type { OpenQuestion } from '../../core/conversation/dialogue';
import { findOrderNumbers } from '../reading/orderNumbers';
import { withoutNames } from './namesAround';
import { phraseKinds, questionMark } from './plainWords';
import { withProposed } from './proposedThings';
import { reasonGiven, type ReasonKind } from './reasonGiven';
import { proposalWords, type ProposalWords } from './restated';
import type { PhraseKind } from './setPhrases';
import { asksForSomething } from './severalWishes';

export interface PlainAnswer {
  readonly says: 'yes' | 'no';
  /** What the message goes on with; "" when that is all. Only a classifier of intents can tell what it is about. */
  readonly rest: string;
}

type Asked = Pick<OpenQuestion, 'kind' | 'intent' | 'choices' | 'proposed'>;

const asksByForm =
  /^[^\p{L}]*(?:(?:actually|oh|well|and|und|et|y|og|wait|aber|eigentlich|en fait|por cierto)[\s,]+){0,2}(?:is|are|was|do|does|did|will|would|can|could|should|how|what|when|where|why|which|who|wie|wann|wo|was|warum|wieso|welche\p{L}?|bekomme|muss|kann|combien|quand|comment|où|pourquoi|quel\p{L}*|est-ce|cu[aá]nt\p{L}|cu[aá]ndo|c[oó]mo|d[oó]nde|por qu[eé]|qu[eé]|hvor\p{L}*|hvad|hvornår|får|kan)(?!\p{L})/iu;
/** Of what we proposed, or what could be done in its place: who speaks of it beside a yes has not agreed yet. */
const ofTheProposal =
  /(?<!\p{L})(?:it|this|that|both|amount|how much|compensat\p{L}*|(?:a|the|another) (?:\p{L}+ )?one|one in|betrag|wie ?viel|entschädig\p{L}*|montant|combien|dédommag\p{L}*|importe|cuánto|compensa\p{L}*|refund\p{L}*|money|paid|cost\p{L}*|charge\p{L}*|fees?|cancel\p{L}*|voucher|credit|exchang\p{L}*|replac\p{L}*|erstatt\p{L}*|geld|kost\p{L}*|gebühr\p{L}*|stornier\p{L}*|gutschein|umtausch\p{L}*|ersatz|beide\p{L}*|rembours\p{L}*|argent|frais|annul\p{L}*|avoir|échang\p{L}*|remplac\p{L}*|reembols\p{L}*|dinero|cuesta|vale|cambi\p{L}*(?! (?:también )?(?:mi|la) (?:dirección|contraseña))|refunder\p{L}*|penge\p{L}*|gebyr\p{L}*|koster|annuller\p{L}*|gavekort|bytte\p{L}*|begge)(?!\p{L})/iu;
/** "Yeah right", "sí, cómo no" and "c'est cela, oui" believe no word of it, "ja ja ja" laughs in Spanish, and "oui si" breaks off. */
const disbelief =
  /^\P{L}*ye(?:ah|a|s),? sure\P{L}*$|(?<!\p{L})ye(?:ah|a|s)\P{L}+(?:sure\P{L}+)?right\P{L}*$|(?<!\p{L})(?:s[ií]\P{L}+(?:claro\P{L}+)?c[oó]mo no|c['’]est cela\P{L}+oui|(?:s[ií]|claro|vale)[\s,.!]+ja|ja(?:[ ,]+ja){2,}|oui si\P{L}*$)(?!\p{L})/iu;
/** "You sure", "you agreed": speaks of us. */
const ofUs =
  /(?<!\p{L}|(?:thank|of|to|for)\s+)you[\s,]+(?:sure|certain|agreed?|confirm(?:ed)?|accept(?:ed)?)(?!\p{L})/iu;
/** ":(", and ";)" that jests: like the same in pictures, they take something back. */
const wryFace = /[:;=]['’]?[-^]?[(/\\|[<{@](?![\p{L}\p{N}/])|;-?\)/u;
/** "Cancel the cancellation" is the opposite. */
const ofTheDeed =
  /(?<!\p{L})(?:cancel|storn|annul|anul|refund|erstatt|rembours|reembols)\p{L}*\s+(?:sie\s+)?(?:(?:the|my|this|that|die|meine|diese|la|le|mi|el|den|min)\s+|l['’])?(?:cancell?ation|stornierung|annulation|cancelaci[oó]n|anulaci[oó]n|annulleringen|refund|erstattung|remboursement|reembolso)(?!\p{L})/iu;
/** "~~Yes~~", "~yes~", "-yes-" were crossed out, and "!yes" was turned round. */
const crossedOut = /~~|~\p{L}[^~]*~|^-\p{L}.*\p{L}-$|^[~!¬]/su;
/** Words that only quote, or stand in a signature with nothing above it. */
const notTheirs = /^(?:>|--\s*\n)/mu;
/** "Right..." hesitates. */
const trailsOff = /(?:\.\s*\.|…)\s*$/u;

/** After "yes": it adds to the yes and does not limit it. */
const addition =
  /^(?:(?:and|und|et|y|e|en|og|och)(?:,| (?:also|by the way|btw|one more|another|then|please|can|could|where|when|what|how|auch|noch|kann|können|könn(?:t|en|test|ten)|pouvez|pourriez|puede[ns]?|podrían?|kunnen|kunt|kunne|wo|wann|wie|übrigens|où|quand|comment|aussi|dónde|donde|cuándo|también|dove|quando|anche|waar|wanneer|ook|hvor|hvornår|også|kan|(?:send|tell|give|forward) (?:me|us)|let (?:me|us) know|i (?:also )?(?:need|want|would like)|(?:schick|send|sag)\p{L}* (?:sie )?(?:mir|uns)|(?:änder|schick|send|teil)\p{L}{1,3} sie (?:bitte )?auch|ich (?:brauche|hätte gern)|(?:envoyez|dites|donnez)[ -](?:moi|nous)|(?:changez|modifiez|envoyez)(?:[ -](?:moi|nous))? aussi|j'aimerais|je voudrais|(?:env[ií]e|mánde|mande|dígan?|diga)\p{L}{0,2}(?:me|nos)|(?:cambie|modifique|env[ií]e)\p{L}{0,3} también|necesito|(?:send|giv|fortæl) (?:mig|os)|jeg (?:vil|skal) (?:også|gerne))(?!\p{L}))|(?:(?:please|bitte|pls) )?(?:also|auch|aussi|también|også|ook)(?!\p{L})|by the way|btw(?!\p{L})|one more thing|oh,? and)/iu;
const limit =
  /(?<!\p{L})(?:but|only|except|unless|if|instead|rather|just|not|n't|without|aber|nur|außer|wenn|falls|sondern|statt|nicht|ohne|mais|seulement|sauf|si|plutôt|pas|pero|solo|sólo|excepto|sino|ma(?! (?:femme|fille|mère|s(?:œ|oe)ur|copine|compagne|famille|maman|voisine)(?!\p{L}))|però|soltanto|se|maar|alleen|behalve|als|niet|men|kun|hvis|undtagen|ikke|bara|om|inte|first|before|until|though|provided|as long as|zuerst|vorher|erst|bevor|solange|d'abord|avant|tant que|à condition|primero|antes|mientras|siempre que|først|inden|medmindre|så længe|wrong|mistake|sorry|oops|falsch\p{L}*|irrtum|versehen|erreur|trompée?|equivoc\p{L}+|error|forkert|fejl)(?!\p{L})/iu;

/** "No, that one", "no, I meant two", "no, go ahead", "no problem": the word does not turn the proposal down. */
const corrects =
  /(?<!\p{L})(?:mean|meant|one|ones|two|three|tou(?:s|tes)|l[eo]s (?:deux|trois|dos|tres)|las (?:dos|tres)|(?<!after )all|both|half|more|less|other|another|different|address|voucher|credit|exchang\p{L}*|replac\p{L}*|(?<=ich )meine|meinte|andere\p{L}*|beide\p{L}*|alles?|gutschein|ersatz|umtausch\p{L}*|autre|tout|échang\p{L}*|avoir|otr[oa]s?|todo|cambi\p{L}*|anden|begge|andere|altr[oa])(?!\p{L})/iu;
const turnsRound =
  /(?<!\p{L})(?:problem\p{L}*|worries|objection\p{L}*|doubt|questions?|cancel\p{L}*|refund\p{L}*|money|go ahead|do it|yes|ok|okay|please|stornier\p{L}*|erstatt\p{L}*|geld|einwände?|ja|bitte|annul\p{L}*|rembours\p{L}*|argent|oui|souci|soucis|anul\p{L}*|reembols\p{L}*|dinero|sí|vale|penge|refunder\p{L}*)(?!\p{L})/iu;
/** "I need it for Saturday": a wish by its form, and the reason by what it says. */
const wantsIt =
  /^(?:(?:i|we) (?:still |really |do )*(?:need|want|like|love) (?:it|this|that|them|to keep)|ich (?:brauche|will|möchte) (?:es|sie|ihn|das)|(?:je|nous) (?:le|la|les|l')|(?:lo|la|los|las) (?:quiero|necesito))(?!\p{L})/iu;
/** Of any other proposal what follows may be the value that it should have had: "no, it is Oak Road". */
const takesNoValue: readonly string[] = ['cancel_order', 'return_refund'];
/** "Der rote und der blaue": names, and no reason. */
const severalThings =
  /^(?:the|der|die|das|den|le|la|les|el|los|las)(?: \p{L}+){1,2} (?:and|und|et|y) (?:the|der|die|das|den|le|la|les|el|los|las)(?: \p{L}+){1,2}[\s.!]*$/iu;
/** "No, cheaper" is a piece of something else. */
const fewestReason = 3;

const longestLead = 40;
/** What is longer is a story, and what it turns round may stand anywhere in it. */
const longestRest = 200;

interface Answering {
  /** Comment by comment, in their order. */
  readonly comments: readonly string[];
  /** The requester's, as the desk knows it: below a yes it is no word of the answer. */
  readonly name?: string | null;
}

/**
 * @param question - what we asked; null: nothing.
 * @returns null when the message does not begin with a plain yes or no, or with a yes that something else is said of.
 */
export function readPlainAnswer(
  { comments, name = null }: Answering,
  question: Asked | null,
): PlainAnswer | null {
  const choices = question?.choices ?? [];
  const saysMore = (words: string) => limit.test(words) || namesChoice(words, choices);
  const said = comments
    .map((comment) => withoutNames(comment.trim(), name, saysMore))
    .join('\n\n')
    .trim();
  const whole = plainKind(said, question);
  if (whole !== null) return { says: whole, rest: '' };
  let isYes = false;
  let no: PlainAnswer | null = null;
  for (const [lead, rest] of splits(said)) {
    const says = plainKind(lead, question);
    if (says === 'no' && isYes) return null;
    // "No, not after all, my wife likes it": a longer lead may be the whole no.
    if (says === 'no') no = { says, rest };
    isYes ||= says === 'yes';
    if (says === 'yes' && question !== null && saysWhyYes(lead, rest, question)) return { says, rest: '' };
    // "Yes, please, and ...": a longer lead may be the whole yes.
    if (says === 'yes' && isAnotherMatter(rest, choices) && !awaitsIt(rest, question)) return { says, rest };
  }
  return no;
}

/** "And can you send me the invoice?": asked beside the yes, and of nothing that the yes is to. */
function isAnotherMatter(rest: string, choices: readonly string[]): boolean {
  const isAsked = questionMark.test(rest) || asksByForm.test(rest) || asksForSomething(rest);
  return (
    rest.length <= longestRest &&
    addition.test(rest) &&
    isAsked &&
    !limit.test(rest) &&
    !ofTheProposal.test(rest) &&
    !namesChoice(rest, choices)
  );
}

const arrival =
  /(?<!\p{L})(?:parcels?|packages?|deliver\p{L}*|arriv\p{L}*|paket\p{L}*|liefer\p{L}*|colis|livr\p{L}*|paquetes?|entreg\p{L}*|env[ií]o)(?!\p{L})/iu;
const another = /(?<!\p{L})(?:other|another|andere\p{L}*|autres?|otr[oa]s?)(?!\p{L})/iu;

/** "Yes, and when do I get my parcel?": of an order that is called off none will come. */
function awaitsIt(rest: string, question: Asked | null): boolean {
  return question?.intent === 'cancel_order' && arrival.test(rest) && !another.test(rest);
}

/** Behind a bare yes. "I do not need it" may be said of the money, "it is awful" of the proposal. */
const plainReasons: Readonly<Record<string, readonly ReasonKind[]>> = {
  cancel_order: ['fault', 'not-wanted'],
  return_refund: ['fault'],
};

/**
 * "Yes, cancel it, the lamp is ugly". Of several things that were proposed, one is spoken of only behind what says that
 * all are meant; otherwise it may be the only one.
 */
function saysWhyYes(lead: string, rest: string, question: Asked): boolean {
  if (question.kind !== 'confirm' || !takesNoValue.includes(question.intent)) return false;
  const reason = reasonGiven(rest, question.choices);
  const kinds = kindsIn(lead, question);
  if (reason === null || kinds === null) return false;
  const isRestated = kinds.has('restated');
  const isEnough =
    kinds.has('yes') && reason.kinds.every((kind) => plainReasons[question.intent]?.includes(kind));
  const proposed = question.proposed ?? (question.intent === 'cancel_order' ? question.choices : []);
  const isOfProposed = reason.things.every((thing) => proposed.includes(thing));
  const isOfAll = reason.things.length === 0 || isRestated || proposed.length === 1;
  // Of two mugs, one of which was proposed, "they are broken" may be said of both.
  const isOfMore = reason.isOfSeveral && proposed.length < question.choices.length;
  return (isRestated || isEnough) && isOfProposed && isOfAll && !isOfMore;
}

/** "No, I need it for Saturday": says why. What asks, proposes or corrects is more than that. */
export function onlySaysWhy(rest: string, question: Asked): boolean {
  const asks =
    questionMark.test(rest) || asksByForm.test(rest) || (asksForSomething(rest) && !wantsIt.test(rest));
  const words = rest.match(/[\p{L}\p{N}'’]+/gu)?.length ?? 0;
  return (
    takesNoValue.includes(question.intent) &&
    words >= fewestReason &&
    !/\p{N}/u.test(rest) &&
    rest.length <= longestRest &&
    !asks &&
    !limit.test(rest) &&
    !corrects.test(rest) &&
    !turnsRound.test(rest) &&
    !severalThings.test(rest) &&
    !namesChoice(rest, question.choices)
  );
}

function namesChoice(rest: string, choices: readonly string[]): boolean {
  const said = new Set(wordsIn(rest));
  return choices.some((choice) => wordsIn(choice).some((word) => word.length > 2 && said.has(word)));
}

function wordsIn(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Compared with what was proposed by whoever acts on it. "Not51877" is none. */
const orderNumber = /#?\b(?:(?!NO|NEIN|PAS)[A-Z]{1,5}-?)?\d{4,12}\b/gu;

/** "Refund 2000" names no order: what nobody compares with one is a year, or money. */
function withoutOrder(number: string): string {
  return findOrderNumbers(number, true).length > 0 ? ' ' : number;
}

function kindsIn(text: string, question: Asked | null): ReadonlySet<PhraseKind | ProposalWords> | null {
  const { choices = [], proposed = [], intent } = question ?? {};
  const plain = withProposed(text.replace(orderNumber, withoutOrder), {
    choices,
    proposed,
    saysMore: (words) => limit.test(words),
  });
  return phraseKinds(plain, proposalWords(intent));
}

function plainKind(text: string, question: Asked | null): 'yes' | 'no' | null {
  const kinds = kindsIn(text, question);
  if (kinds === null) return null;
  // "No, that one" is another wish.
  if (kinds.has('no') && (kinds.has('yes') || kinds.has('restated') || kinds.has('pointing'))) return null;
  if (kinds.has('no')) return 'no';
  if (questionMark.test(text) || disbelief.test(text) || notTheirs.test(text)) return null;
  if (ofTheDeed.test(text) || crossedOut.test(text.trim()) || ofUs.test(text) || wryFace.test(text))
    return null;
  if (new Set(text.match(orderNumber)).size > 1) return null;
  if (question?.kind !== 'confirm') return kinds.has('yes') ? 'yes' : null;
  if (kinds.has('settled') || kinds.has('hesitation') || trailsOff.test(text)) return null;
  if (kinds.has('yes') || kinds.has('restated')) return 'yes';
  return kinds.has('agreeable') && !kinds.has('aside') ? 'yes' : null;
}

/** The message parted after its first words, where it can be: shortest lead first. */
function splits(said: string): readonly (readonly [string, string])[] {
  const ends = said
    .slice(0, longestLead)
    .matchAll(
      /[.!,;:\n–—]+\s*|-+\s*|\s+(?=(?:and|und|et|y|og|och|but|aber|because|cause|cuz|weil|parce|car|porque|fordi)\s)/giu,
    );
  return [...ends].flatMap(({ index, 0: end }) => {
    const rest = said.slice(index + end.length).trim();
    return /[\p{L}\p{N}]/u.test(rest) ? [[said.slice(0, index + end.length), rest] as const] : [];
  });
}

const neverMind =
  /^(?:(?:oh|ah|ok|okay|actually|sorry|please|well|thanks|hi|hello|ach|ah|bitte|danke|hallo|non|no|bon|bonjour|hola|ciao|hej|nå|jo|nee)[\s,.!]+){0,3}(?:never ?mind|nvm|forget (?:it|about it|that|this|about that|about this|my (?:question|request|message))|do(?:n't| not) (?:bother|worry about it)|scratch that|disregard (?:that|this|it|my)|ignore (?:that|my (?:last|previous|question|message|request))|it(?:'s| is|s)? (?:all )?(?:sorted|resolved|solved)(?: now)?|(?:already |all )?sorted(?: now)?|(?:i )?(?:have |'ve )?found it(?: now)?[\s.!]*$|(?:it(?:'s| is) )?no(?:t|) (?:longer )?(?:needed|necessary)(?: (?:any ?more|any longer))?|hat sich (?:schon |bereits |inzwischen )?erledigt|(?:schon|bereits) erledigt|erledigt|vergiss es|vergessen sie(?: es| das| meine \w+)|schon gut|nicht mehr nötig|es hat sich erledigt|das hat sich (?:schon |inzwischen )?erledigt|laisse[zr]? tomber|(?:(?:en fait|finalement) )?(?:non )?laissez(?=[\s.!]*$)|oublie[zr]?(?: (?:ça|cela|ma \w+))?|(?:ce )?n'est plus (?:la peine|nécessaire)|c'est réglé|peu importe|olv[ií]d(?:alo|elo|enlo|adlo|e eso)|d[eé]j(?:alo|elo|enlo|adlo)(?: así)?|ya no (?:hace falta|es necesario)|ya está(?: resuelto| solucionado)?|da igual|lascia(?:te|mo)? (?:stare|perdere)|non (?:importa|serve più)|(?:è )?tutto risolto|esque(?:ce|ça)(?: isso)?|deixa? (?:pra lá|para lá|estar)|já não é preciso|laat maar(?: zitten)?|vergeet (?:het|maar)|hoeft niet meer|niet meer nodig|al opgelost|glem det|bare glem det|det er løst|ikke længere nødvendigt|det er lige meget|samme det|glöm det|strunt i det|det löste sig)(?![\p{L}\p{N}])/iu;

/** Takes back what was asked for: "never mind", "hat sich erledigt". */
export function isNeverMind(text: string): boolean {
  return clausesOf(text)
    .slice(0, 10)
    .some((clause) => neverMind.test(clause));
}

/** "Sorry, forget it": nothing else is said, so that no intent is to be looked for in it. */
export function onlyTakesBack(text: string): boolean {
  return (
    text.length <= longestRest &&
    isNeverMind(text) &&
    clausesOf(text).every((clause) => {
      const kinds = phraseKinds(clause.replace(neverMind, ' '));
      return kinds !== null && [...kinds].every((kind) => kind === 'courtesy' || kind === 'aside');
    })
  );
}

function clausesOf(text: string): readonly string[] {
  return text
    .slice(0, 600)
    .replace(/[’`´]/g, "'")
    .split(/(?<=[.!?;\n])\s+|\n+|,\s+|\s[-–—]\s/u)
    .map((clause) => clause.trim());
}
