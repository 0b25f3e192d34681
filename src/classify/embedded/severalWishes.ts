/**
 * Where one message asks for several things: "Where is 48213, and can I get an invoice for 47001?" Most messages that
 * seem to are one wish with its story around it, so a part counts only when it asks for something by its form.
 */

const parting =
  /(?<=[.!?;。！？])\s+|\n+|\s+[-–—]\s+|,?\s+(?=(?:and|und|et|y|e|en|og|och|plus)\s+(?:also|can|could|would|will|please|pls|where|when|what|how|why|is|are|do|does|i(?:'d| would| need| want| also)|cancel|change|send|give|tell|refund|by the way|auch|außerdem|schick\p{L}*|send\p{L}*|stornier\p{L}*|kann|können|könnten|könnt|wo|wann|wie|bitte|ich (?:möchte|brauche|will|hätte)|übrigens|aussi|envoyez|annulez|pouvez|pourriez|puis|où|quand|comment|je (?:voudrais|veux|souhaite)|j'aimerais|también|además|m[aá]nd\p{L}+|env[ií]\p{L}+|cancel\p{L}+|(?:me |nos )?(?:puede[ns]?|pod[eé]is|podr[ií]a\p{L}*)|dónde|donde|cuándo|cómo|quiero|quisiera|necesito|anche|può|potete|potrebbe|dove|quando|come|vorrei|voglio|ook|kan|kunnen|kunt|waar|wanneer|hoe|ik (?:wil|heb)|også|kunne|hvor|hvornår|hvordan|jeg vil|var|när|hur|jag vill)(?!\p{L}))|,\s*(?=(?:also|additionally|besides|by the way|btw|another thing|one more thing|außerdem|übrigens|en plus|de plus|par ailleurs|además|por cierto|inoltre|daarnaast|trouwens|desuden|forresten|förresten)(?!\p{L}))/iu;

const additionally =
  /^[^\p{L}]*(?:(?:and|oh,? and|und|et|y|e|en|og|och)[\s,]+)?(?:also|additionally|besides|by the way|btw|another (?:thing|question)|one (?:more|other) (?:thing|question)|second(?:ly)?|separately|p\.?s\.?|außerdem|übrigens|zweitens|noch (?:eine|was|etwas)|en plus|de plus|par ailleurs|aussi|autre (?:chose|question)|además|por cierto|también|otra (?:cosa|pregunta)|inoltre|anche|un'altra cosa|daarnaast|trouwens|ook|desuden|forresten|også|dessutom|förresten)(?!\p{L})/iu;

const asking =
  /\?\s*$|^[^\p{L}]*(?:(?:and|oh|also|additionally|plus|by the way|btw|secondly|then|und|außerdem|übrigens|et|aussi|au fait|y|además|también|por cierto|e|inoltre|en|og|och|hi|hello|hey|good (?:morning|afternoon|evening)|thanks|please|pls|bitte|hallo|guten (?:tag|morgen|abend)|moin|bonjour|bonsoir|s'il vous pla[îi]t|svp|hola|buen[oa]s(?: (?:d[ií]as|tardes|noches))?|por favor|porfa|hej)[\s,.!¡¿]+){0,3}(?:can|could|would|will|please|pls|where(?:'s|s)?|when|what(?:'s|s)?|how|why|which|is (?:it|there|my|the)|are (?:you|my|the|there)|do (?:you|i)|i(?:'d| would) like|i (?:also )?(?:need|want)|cancel|change|send|give|tell me|refund|return|update|track|check|add|remove|let me know|kann|können|könn\p{L}+|wo|wann|wie|welche\p{L}?|bitte|ich (?:möchte|brauche|will|hätte gern)|stornier\p{L}+|schick\p{L}+|ändern|pouvez|pourriez|puis|peut|où|quand|comment|combien|je (?:voudrais|veux|souhaite)|j'aimerais|annul\p{L}+|envoy\p{L}+|changez|modifiez|merci de|¿|puede\p{L}?|podría\p{L}?|dónde|donde|cuándo|cuando|cómo|quiero|quisiera|necesito|cancel\p{L}+|cambi(?:e|en|ad|a)|modifiqu\p{L}+|env[ií]\p{L}+|m[aá]nd\p{L}+|può|potete|potrebbe|dove|dov'è|quando|come|vorrei|voglio|kan|kunnen|kunt|waar|wanneer|hoe|ik wil|graag|kunne|hvor|hvornår|hvordan|jeg vil|send|annuller|var|när|hur|jag vill|skicka)(?!\p{L})/iu;

/** "I have moved, please send it to ..." */
const askingBehind =
  /:\s*(?:can|could|where|when|how|kann|können|wo|wann|wie|puis|est-ce|où|quand|comment|puede\p{L}?|pod[eé]is|dónde|cuándo|cómo)(?!\p{L})|[,;:]\s*(?:(?:so|also|and|und|et|y) )?(?:(?:please|pls|could you|can you|bitte|könn(?:t|en|tet|ten) (?:sie|ihr)|veuillez|pouvez[- ]vous|pourriez[- ]vous|por favor|pued(?:e|en)|podr[ií]an?) [\p{L}\p{N}]|merci d(?:e |')\p{L}|(?:send|change|cancel|schick|sende|ändern|envoyez|changez|annulez|env[ií]|mand|cambi|cancel)\p{L}* )/iu;

/** "Where is it? It should be here." Of a long letter nobody can say which sentences are wishes of their own. */
const mostParts = 4;
const mostSentences = 7;
const fewestWords = 2;

/** The parts that ask for something, in the order they were said; empty when there are not at least two. */
export function wishesApart(text: string): readonly string[] {
  const parts = text
    .replace(/[’`´]/g, "'")
    .split(parting)
    .map((part) => part.trim())
    .filter((part) => (part.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) >= fewestWords);
  if (parts.length < 2 || parts.length > mostSentences) return [];
  const wishes = parts.filter(
    (part, i) => asksForSomething(part) || additionally.test(parts[i + 1] ?? '') || additionally.test(part),
  );
  return wishes.length < 2 || wishes.length > mostParts ? [] : wishes;
}

/** By its form: a question, or an order. */
export function asksForSomething(part: string): boolean {
  return asking.test(part) || askingBehind.test(part);
}
