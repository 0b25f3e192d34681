/** Templates that print a fact which can be absent where a rule says them: at run time a person takes over instead. */
import { assertNever } from '../../core/failure';
import { entryTypeOf } from '../conditions/constants';
import type { ReadPolicy } from '../load/loadPolicy';
import { silencesOf } from '../sections/compileSilence';
import { greeting, signOff, type RuleAction } from '../policy';
import type { Path, PolicyFile } from '../load/policyFiles';
import type { AskSlot } from '../schema';
import { baseName } from '../templates/variants';
import type { Finding } from './finding';
import { meaningOf, type Claim } from './meaning';
import { placedRules, type PlacedRule } from './policyRules';
import { printedUnasked, withCompanions } from './printedFacts';

/** Absent unless an order is meant. */
const ofAnyOrder = ['order.number', 'order.status', 'order.placedOn', 'order.currency'];

/** Absent whenever the shop or the customer did not tell. */
const sometimes: readonly string[] = [
  'customer.name',
  'order.expectedOn',
  'order.deliveredOn',
  'order.trackingUrl',
  'order.refundOn',
  'order.refundCurrency',
  'lookup.number',
  'said.email',
  'said.postalCode',
  'said.item',
  'said.address',
  'ticket.rating',
  'question.slot',
  'identity.proof',
  'deed.amount',
  'deed.currency',
  'deed.address',
  'deed.item',
  'Parcel.carrier',
  'Parcel.trackingNumber',
  'Parcel.trackingUrl',
  'Parcel.shippedOn',
  'Parcel.expectedOn',
  'Parcel.deliveredOn',
  'OrderBrief.expectedOn',
  'OrderBrief.deliveredOn',
  'OrderBrief.trackingUrl',
];
const canBeAbsent = new Set([...ofAnyOrder, ...sometimes]);

interface Saying {
  /** By its name; else a text of the rule itself, and where it stands. */
  readonly template: string | { readonly text: string; readonly at: Path };
  /** Goes on "which can be absent ...". */
  readonly where: string;
  /** What comes of that. */
  readonly instead: string;
  /** The rule has an order action. */
  readonly acts: boolean;
  /** Facts that are there when it is said. */
  readonly there: ReadonlySet<string>;
}

export function findAbsentFacts({ policy, files }: ReadPolicy): readonly Finding[] {
  const sayings: readonly Saying[] = [
    ...[greeting, signOff].map((template) => sayingOf(template, 'around a reply', handsOver)),
    ...silencesOf(policy.content.policy).map(({ with: template }) =>
      sayingOf(template, 'after a reply of any rule', 'then nothing is written to who does not answer'),
    ),
    ...placedRules(policy).flatMap(sayingsOf),
  ];
  const findings = new Map<string, Finding>();
  for (const { template, where, instead, acts, there } of sayings) {
    for (const { source, file, at, what } of textsOf(template, { policy, files })) {
      for (const { path, line, column } of printedUnasked(source, entryTypeOf)) {
        const place = file.placeInText(at, line, column);
        const key = `${place.file}:${place.line}:${place.column}:${path}`;
        if (!canBeAbsent.has(path) || there.has(path) || findings.has(key)) continue;
        // Nothing ever sets it there, so to ask for it first would leave the words out for good.
        const isNever = path.startsWith('deed.') && !acts;
        const message = isNever
          ? `${what} prints ${path}, which is never there ${where}: the rule has no "order". Leave it out, or say it in a rule that acts`
          : `${what} prints ${path}, which can be absent ${where}; ${instead}. Ask first: {% if ... %}`;
        const severity = isNever ? 'error' : 'warning';
        findings.set(key, { ...place, severity, kind: 'absent-fact', message });
      }
    }
  }
  return [...findings.values()];
}

const handsOver = 'then nothing is said and a person takes over';

function sayingOf(template: string, where: string, instead: string): Saying {
  return { template, where, instead, acts: false, there: new Set() };
}

interface PlacedText {
  readonly source: string;
  readonly file: PolicyFile;
  readonly at: Path;
  /** Begins a sentence. */
  readonly what: string;
}

/** A template in all its languages and variants. */
function textsOf(template: Saying['template'], { policy, files }: ReadPolicy): readonly PlacedText[] {
  if (typeof template === 'object') {
    const { text, at } = template;
    return [{ source: text, file: files.rules, at, what: `"${String(at.at(-1))}"` }];
  }
  return Object.entries(policy.content.templates).flatMap(([language, texts]) => {
    const file = files.templates.get(language);
    if (file === undefined) return [];
    return Object.entries(texts)
      .filter(([name]) => baseName(name) === template)
      .map(([name, source]) => ({ source, file, at: [name], what: `"${name}"` }));
  });
}

function sayingsOf(placed: PlacedRule): readonly Saying[] {
  const { rule } = placed;
  const there = thereBy(placed);
  const say = (template: Saying['template'], more: readonly string[] = []) => ({
    template,
    where: `where "${rule.name}" says it`,
    instead: handsOver,
    acts: rule.actions.some(({ type }) => type === 'order'),
    there: new Set([...there, ...more]),
  });
  const deeds = rule.actions.flatMap(factsOfDeed);
  return rule.actions.flatMap((action, index): readonly Saying[] => {
    const place: Path = [...placed.at, 'then', index];
    switch (action.type) {
      case 'ask': {
        const asking = say(action.template);
        for (const fact of factsOfSlot(action.slot)) there.add(fact);
        return [asking];
      }
      case 'confirm':
        return [say(action.template, deeds), say(action.declined, deeds)];
      case 'reply':
        return [say(action.template, deeds)];
      case 'follow-up': {
        const next = rule.actions.slice(index).find(({ type }) => type === 'ask' || type === 'confirm');
        return [say(action.template, next?.type === 'ask' ? [] : deeds)];
      }
      case 'set-field':
        return action.fields.flatMap(({ field, source }) =>
          source === null ? [] : [say({ text: source, at: [...place, 'set-field', field] })],
        );
      case 'note':
      case 'stay-silent':
      case 'wait':
      case 'tag':
      case 'set-status':
      case 'set-priority':
      case 'assign':
      case 'hand-off':
      case 'order':
        return [];
      default:
        return assertNever(action);
    }
  });
}

/** What is there in every way in which the rule can match. */
function thereBy(placed: PlacedRule): Set<string> {
  const [first = [], ...others] = meaningOf(placed).map((claims) => claims.flatMap(factsOfClaim));
  return new Set(first.filter((fact) => others.every((facts) => facts.includes(fact))));
}

function factsOfClaim({ text, oneOf }: Claim): readonly string[] {
  const [, path] = /^([\w.]+) != ""$/.exec(text) ?? [];
  if (path !== undefined)
    return path.startsWith('order.') ? [...withCompanions(path), ...ofAnyOrder] : [path];
  if (text === 'order.found' || text === 'order.late') return ofAnyOrder;
  if (oneOf === null || oneOf.values.includes(''))
    return text.startsWith('order.parcels.exists') ? ofAnyOrder : [];
  if (oneOf.path === 'order.status') return ofAnyOrder;
  if (oneOf.path !== 'lookup.outcome') return [oneOf.path];
  if (oneOf.values.every((outcome) => outcome === 'found' || outcome === 'only-one')) return ofAnyOrder;
  return oneOf.values.every((outcome) => outcome === 'unknown') ? ['lookup.number'] : [];
}

function factsOfSlot(slot: AskSlot): readonly string[] {
  switch (slot) {
    case 'order-number':
      return ofAnyOrder;
    case 'postal-code':
      return ['said.postalCode'];
    case 'item':
      return ['said.item', ...ofAnyOrder];
    case 'pieces':
      return ofAnyOrder;
    case 'email':
    case 'address':
    case 'reason':
      return [`said.${slot}`];
    case 'topic':
    case 'mailed-code':
      return [];
    default:
      return assertNever(slot);
  }
}

function factsOfDeed(action: RuleAction): readonly string[] {
  if (action.type !== 'order') return [];
  switch (action.deed.type) {
    case 'refund': {
      const item = action.deed.what === 'item' ? ['deed.item', 'said.item'] : [];
      return [...ofAnyOrder, 'deed.amount', 'deed.currency', ...item];
    }
    case 'store-credit':
      return [...ofAnyOrder, 'deed.amount', 'deed.currency'];
    case 'change-address':
      return [...ofAnyOrder, 'deed.address', 'said.address'];
    case 'cancel':
    case 'resend-invoice':
      return ofAnyOrder;
    default:
      return assertNever(action.deed);
  }
}
