import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { ConsultInput } from '../../src/core/effects';
import {
  newDialogue,
  openQuestion,
  type Dialogue,
  type OpenQuestion,
} from '../../src/core/conversation/dialogue';
import type { Plan, PlannedAction } from '../../src/core/policy/plan';
import type { Classification } from '../../src/core/conversation/understanding';
import type { Order, OrderBook, OrderLine, Shipment } from '../../src/orders/port';
import { loadPolicy, PolicyError, type LoadedPolicy } from '../../src/policy/load/loadPolicy';
import { createMailedCodes } from '../../src/mail/mailedCodes';
import { createPolicyProcessor } from '../../src/policy/processor';
import type { PolicyVersions } from '../../src/policy/store/versions';

export const demoPolicy = path.resolve('policies/demo-shop');
const now = Date.parse('2026-11-25T10:00:00Z');

export function parcel(change: Partial<Shipment> = {}): Shipment {
  return {
    items: [{ name: 'Kettle', quantity: 1 }],
    status: 'in-transit',
    carrier: 'Swift Parcel',
    tracking: { number: 'AA100200300', url: 'https://carrier.example/AA100200300' },
    shippedOn: '2026-11-23',
    expectedOn: '2026-11-27',
    deliveredOn: null,
    ...change,
  };
}

export function line(name: string, quantity = 1, minor = 1_000, id = '1'): OrderLine {
  return { name, quantity, line: id, price: { minor, currency: 'EUR' } };
}

export function order(change: Partial<Order> = {}): Order {
  return {
    number: '48213',
    status: 'in-transit',
    customerEmail: 'ana@mail.example',
    placedOn: '2026-11-21',
    postalCode: '1050',
    items: [line('Kettle', 1, 4_900)],
    shipments: [parcel()],
    total: { minor: 4_900, currency: 'EUR' },
    refund: null,
    ...change,
  };
}

/** A shop of exactly these orders, as the port promises: by number, never by anything else. */
export function shopOf(...orders: readonly Order[]): OrderBook {
  return {
    findByNumber: (number) =>
      Promise.resolve(orders.find((candidate) => candidate.number === number) ?? null),
    findByCustomer: (email) =>
      Promise.resolve(orders.filter((candidate) => candidate.customerEmail === email)),
  };
}

export interface Said {
  readonly text?: string;
  readonly intent?: string | null;
  readonly confidence?: number;
  readonly language?: string;
  readonly numbers?: readonly string[];
  readonly signals?: Classification['signals'];
  /** Open from before; or a whole dialogue. */
  readonly question?: OpenQuestion | null;
  readonly dialogue?: Dialogue;
  readonly further?: Classification['further'];
  readonly sought?: NonNullable<Classification['sought']>;
  readonly email?: string | null;
  readonly name?: string | null;
  readonly trusted?: boolean;
  readonly files?: readonly string[];
  readonly agentNoted?: boolean;
  readonly commentId?: string;
}

export function inputOf(said: Said): ConsultInput {
  return {
    ref: { desk: 'zendesk', account: 'acme', ticketId: '35436' },
    words: { text: said.text ?? 'Where is my order?', subject: '', attachmentNames: said.files ?? [] },
    classification: {
      intent: said.intent === undefined ? 'order_status' : said.intent,
      confidence: said.confidence ?? 0.93,
      ranking: [],
      language: said.language ?? 'en',
      entities: { orderNumbers: said.numbers ?? [] },
      signals: said.signals ?? [],
      ...(said.further === undefined ? {} : { further: said.further }),
      ...(said.sought === undefined ? {} : { sought: said.sought }),
      classifier: 'test@1',
    },
    requester: {
      id: '1',
      name: said.name === undefined ? 'Ana Costa' : said.name,
      email: said.email === undefined ? 'ana@mail.example' : said.email,
      locale: null,
      role: 'end-user',
      isCompany: false,
      trusted: said.trusted ?? true,
    },
    channel: 'email',
    tags: [],
    dialogue: said.dialogue ?? { ...newDialogue, questions: said.question ? [said.question] : [] },
    ...(said.agentNoted === true ? { agentNoted: true } : {}),
    commentId: said.commentId ?? '1',
    policyVersion: null,
    turnNumber: 1,
    now,
  };
}

/** There is a mail server. */
export const someCodes = createMailedCodes('a secret of the tests');

let loaded: Promise<LoadedPolicy> | undefined;

/** The demo policy, read once a test file. */
export function demo(): Promise<LoadedPolicy> {
  loaded ??= loadPolicy(demoPolicy);
  return loaded;
}

/** A ticket whose conversation began under a policy that is in force no more. */
export function inForceAndOwn(inForce: LoadedPolicy, own: LoadedPolicy): PolicyVersions {
  return { find: (version) => Promise.resolve({ policy: version === null ? inForce : own, missing: null }) };
}

export async function consult(said: Said, ...orders: readonly Order[]): Promise<Plan> {
  const processor = createPolicyProcessor(await demo(), shopOf(...orders), { codes: someCodes });
  return processor.consult(inputOf(said), new AbortController().signal);
}

/** What the plan leaves open. */
export function questionOf(plan: Plan | undefined): OpenQuestion | null {
  return plan === undefined ? null : openQuestion(plan.dialogue);
}

/** An open question, as a rule would have asked it. */
export function asked(change: Partial<OpenQuestion> = {}): OpenQuestion {
  return {
    kind: 'ask',
    slot: 'order-number',
    intent: 'order_status',
    rule: 'ask-order-number',
    tries: 1,
    text: 'Which order is it about?',
    reminded: false,
    order: null,
    choices: [],
    actions: [],
    ...change,
  };
}

export function replyOf(plan: Plan): Extract<PlannedAction, { type: 'reply' }> {
  const reply = plan.actions.find((action) => action.type === 'reply');
  if (reply === undefined) throw new Error(`rule ${plan.rule} says nothing`);
  return reply;
}

export function noteOf(plan: Plan): string {
  return plan.actions.flatMap((action) => (action.type === 'note' ? [action.text] : [])).join('\n');
}

export function handOffOf(plan: Plan): { readonly reason: string; readonly group: string | null } | null {
  const handOff = plan.actions.find((action) => action.type === 'hand-off');
  return handOff === undefined ? null : { reason: handOff.reason, group: handOff.group };
}

export interface Turn extends Said {
  readonly orders?: readonly Order[];
}

/** A conversation: each message is read in the light of the question the turn before left open. */
export async function converse(...turns: readonly Turn[]): Promise<readonly Plan[]> {
  const plans: Plan[] = [];
  for (const { orders = [], ...said } of turns) {
    const dialogue = plans.at(-1)?.dialogue ?? newDialogue;
    plans.push(await consult({ dialogue, ...said }, ...orders));
  }
  return plans;
}

/** The text of policy.yaml without one of its keys, for tests that write their own. */
export function withoutKey(text: string, key: string): string {
  return text.replace(new RegExp(`^${key}:\\n(?: .*\\n)*`, 'm'), '');
}

/** A copy of the demo policy with some files changed; gone after `use`. */
export async function withPolicy<T>(
  change: Readonly<Record<string, (text: string) => string>>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-policy-'));
  try {
    await cp(demoPolicy, folder, { recursive: true });
    for (const [name, edit] of Object.entries(change)) {
      const file = path.join(folder, name);
      await writeFile(file, edit(await readFile(file, 'utf8').catch(() => '')));
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The mistakes of a changed demo policy, as a person reads them. */
export async function mistakesOf(
  change: Readonly<Record<string, (text: string) => string>>,
): Promise<readonly string[]> {
  return withPolicy(change, async (folder) => {
    try {
      await loadPolicy(folder);
      return [];
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      return error.mistakes.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);
    }
  });
}
