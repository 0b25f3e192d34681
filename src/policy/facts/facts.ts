/**
 * What a policy may know, under typed names. One table declares every fact: conditions are type-checked against
 * it, templates are checked against it, and docs/policy.md lists it. Absent text is "" in conditions and empty
 * (false in `if`) in templates; a template that prints an absent fact fails, so no reply ever says "null".
 */
import type { MessageSignal } from '../../core/conversation/understanding';
import type { Dialogue, OpenQuestion } from '../../core/conversation/dialogue';
import type { Channel } from '../../core/ticket/channel';

export interface ParcelFacts {
  readonly items: readonly string[];
  readonly status: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly trackingUrl: string;
  readonly shippedOn: string;
  readonly expectedOn: string;
  readonly deliveredOn: string;
  readonly late: boolean;
}

/** Enough of an order to tell it from another one, and how it stands. */
export interface OrderBrief {
  readonly number: string;
  readonly status: string;
  readonly placedOn: string;
  readonly items: readonly string[];
  readonly expectedOn: string;
  readonly deliveredOn: string;
  /** Something of it should have arrived, and has not. */
  readonly late: boolean;
  /** Of its only parcel; "" when there are several, since each has its own. */
  readonly trackingUrl: string;
}

/** One line of an order, as it can be refunded. */
export interface LineFacts {
  readonly line: string;
  readonly name: string;
  readonly quantity: number;
  /** Minor units of one piece, in the order's currency; 0 when it is not known. */
  readonly price: number;
  /** Pieces that went back; 0 where the shop does not tell. */
  readonly refunded: number;
  /** Pieces that can go back still. */
  readonly left: number;
  /** Minor units that can go back for it still, at most `order.refundable`; 0 when the price is not known. */
  readonly refundable: number;
}

export interface OrderFacts extends OrderBrief {
  readonly found: boolean;
  readonly parcels: readonly ParcelFacts[];
  readonly currency: string;
  /** Minor units. */
  readonly total: number;
  /** Minor units; 0 when nothing was refunded. */
  readonly refund: number;
  readonly refundCurrency: string;
  readonly refundOn: string;
  /** The last of it went back today or the day before: the same complaint may have come twice. */
  readonly refundedLately: boolean;
  readonly lines: readonly LineFacts[];
  /** Minor units of `currency` that were paid and have not gone back. */
  readonly refundable: number;
  /** Minor units of `currency` that were given as store credit; 0 where the shop does not tell. */
  readonly storeCredit: number;
  /** Minor units that may be given as store credit still. */
  readonly creditable: number;
  /** What may be done to it as it stands: `cancel`, `refund`, `change-address`, `resend-invoice`, `store-credit`. */
  readonly can: readonly string[];
}

/**
 * `found`: by number; `several-named`: several by number; `only-one`: the requester's only one in scope; `unknown`: no
 * such order of this requester, whether or not somebody else has it; `withheld`: nobody was looked up, because the
 * sender is not proven.
 */
export const lookUpOutcomes = [
  'found',
  'several-named',
  'only-one',
  'several',
  'none',
  'unknown',
  'withheld',
  'not-needed',
] as const;
export type LookUpOutcome = (typeof lookUpOutcomes)[number];

export interface Facts {
  /** "" when the message is outside everything the policy knows. */
  readonly intent: string;
  readonly confidence: number;
  readonly signals: readonly MessageSignal[];
  readonly message: {
    /** Lower case, cut; never in a reply, a trace or a note. */
    readonly text: string;
    readonly words: number;
    readonly attachments: number;
    /** For the note to a person: short, with numbers and addresses masked. */
    readonly excerpt: string;
  };
  readonly customer: {
    readonly name: string;
    readonly known: boolean;
    readonly trusted: boolean;
    readonly language: string;
  };
  readonly order: OrderFacts;
  readonly orders: { readonly count: number; readonly list: readonly OrderBrief[] };
  readonly lookup: {
    readonly outcome: LookUpOutcome;
    /** The first number given. */
    readonly number: string;
    /** Numbers given that are no order of the requester's. */
    readonly notFound: readonly string[];
  };
  readonly ticket: {
    readonly tags: readonly string[];
    readonly channel: Channel;
    /** As the desk calls it; "" where it has none, here and below; absent in older records. */
    readonly brand?: string;
    readonly priority?: string;
    readonly turn: number;
    /** How the customer rated it last: `good`, `bad`, or "" where they did not. */
    readonly rating: string;
    /** Its last conversation had come to an end, or it follows a ticket that was closed. */
    readonly reopened: boolean;
  };
  /** What Deskhand has done to orders on this ticket, and on the closed one that it follows, before this message. */
  readonly done: {
    /** To the order that is meant: `refund`, `cancel`, ... */
    readonly thisOrder: readonly string[];
    readonly anyOrder: readonly string[];
  };
  readonly question: {
    readonly open: boolean;
    readonly slot: string;
    readonly tries: number;
    /** The message goes on with what was asked, and is not a new topic. */
    readonly continued: boolean;
    /** To a `confirm`: `yes`, `no`, or "" where the message is neither. */
    readonly answer: string;
    readonly asked: OpenQuestion | null;
    /** By what timesAsked.ts of src/policy/decide calls the same question; absent before the first one. */
    readonly timesAsked?: NonNullable<Dialogue['asked']>;
    /** The message names several items, or "both", and how many pieces of each is not known. */
    readonly severalItems?: boolean;
    /** The answer to a proposal for the whole order speaks of some of its items only. */
    readonly part?: boolean;
  };
  /** What the customer has told in this conversation; "" where they have not. */
  readonly said: {
    readonly email: string;
    readonly postalCode: string;
    readonly item: string;
    /** Several that go back together, a piece of each; absent: `item` is one, or none. */
    readonly items?: readonly string[];
    /** Of that item, of those that can go back; 0 where it is not known how many. The only one need not be told. */
    readonly pieces: number;
    readonly address: string;
    readonly reason: string;
  };
  readonly identity: {
    /** What shows that the order is theirs: `email`, `postal-code`, `mailed-code`, or "" while no order of theirs was found. */
    readonly proof: string;
    /** How often an order was named in this conversation that is not theirs. */
    readonly mismatches: number;
    /** There is no mail server: rules that ask for a mailed code do not apply. Absent where there is one. */
    readonly withoutMail?: true;
  };
  readonly limits: {
    /** Minor units of `order.currency` that may be given for the order without a person, over all tickets. */
    readonly left: number;
  };
  readonly clock: {
    readonly today: string;
    readonly weekday: string;
    readonly hour: number;
    /** The team is at work; true where the policy has no hours. */
    readonly open: boolean;
    /** When it is at work next: now, while it is. The shop's day and time, `2026-11-30` and `09:00`; "" for never. */
    readonly opensOn: string;
    readonly opensAt: string;
  };
}

export const noOrder: OrderFacts = {
  found: false,
  number: '',
  status: '',
  placedOn: '',
  items: [],
  parcels: [],
  expectedOn: '',
  deliveredOn: '',
  late: false,
  trackingUrl: '',
  currency: '',
  total: 0,
  refund: 0,
  refundCurrency: '',
  refundOn: '',
  refundedLately: false,
  lines: [],
  refundable: 0,
  storeCredit: 0,
  creditable: 0,
  can: [],
};

export type FactType =
  'string' | 'int' | 'double' | 'bool' | 'list<string>' | 'list<Parcel>' | 'list<OrderBrief>' | 'list<Line>';
export type FactShape = Readonly<Record<string, FactType>>;

const briefShape = {
  number: 'string',
  status: 'string',
  placedOn: 'string',
  items: 'list<string>',
  expectedOn: 'string',
  deliveredOn: 'string',
  late: 'bool',
  trackingUrl: 'string',
} as const satisfies FactShape;

const parcelShape = {
  items: 'list<string>',
  status: 'string',
  carrier: 'string',
  trackingNumber: 'string',
  trackingUrl: 'string',
  shippedOn: 'string',
  expectedOn: 'string',
  deliveredOn: 'string',
  late: 'bool',
} as const satisfies FactShape;

const lineShape = {
  line: 'string',
  name: 'string',
  quantity: 'int',
  price: 'int',
  refunded: 'int',
  left: 'int',
  refundable: 'int',
} as const satisfies FactShape;

/** What the entries of a list fact are made of. */
export const entryShapes = { Parcel: parcelShape, OrderBrief: briefShape, Line: lineShape } as const;

export const factShapes = {
  intent: 'string',
  confidence: 'double',
  signals: 'list<string>',
  message: { text: 'string', words: 'int', attachments: 'int' },
  customer: { name: 'string', known: 'bool', trusted: 'bool', language: 'string' },
  order: {
    found: 'bool',
    ...briefShape,
    parcels: 'list<Parcel>',
    currency: 'string',
    total: 'int',
    refund: 'int',
    refundCurrency: 'string',
    refundOn: 'string',
    refundedLately: 'bool',
    lines: 'list<Line>',
    refundable: 'int',
    storeCredit: 'int',
    creditable: 'int',
    can: 'list<string>',
  },
  orders: { count: 'int', list: 'list<OrderBrief>' },
  lookup: { outcome: 'string', number: 'string', notFound: 'list<string>' },
  ticket: {
    tags: 'list<string>',
    channel: 'string',
    brand: 'string',
    priority: 'string',
    turn: 'int',
    rating: 'string',
    reopened: 'bool',
  },
  done: { thisOrder: 'list<string>', anyOrder: 'list<string>' },
  question: { open: 'bool', slot: 'string', tries: 'int', continued: 'bool', answer: 'string' },
  said: {
    email: 'string',
    postalCode: 'string',
    item: 'string',
    pieces: 'int',
    address: 'string',
    reason: 'string',
  },
  identity: { proof: 'string', mismatches: 'int' },
  limits: { left: 'int' },
  clock: {
    today: 'string',
    weekday: 'string',
    hour: 'int',
    open: 'bool',
    opensOn: 'string',
    opensAt: 'string',
  },
} as const satisfies Readonly<Record<keyof Facts, FactType | FactShape>>;

/** Facts that are the customer's own words or name: never shown in a trace. */
export const privateFacts: readonly string[] = [
  'message.text',
  'customer.name',
  'said.email',
  'said.postalCode',
  'said.address',
  'said.reason',
];

/** Facts that no template may print: what customers wrote is never said back to them, nor what could be had. */
export const unprintableFacts: readonly string[] = ['message.text', 'said.reason', 'limits.left'];

/** Which order the matter is about, found or only named; null: none. */
export function orderSpokenOf({ order, lookup }: Pick<Facts, 'order' | 'lookup'>): string | null {
  if (order.found) return order.number;
  return lookup.number === '' ? null : lookup.number;
}
