/** A whole policy of one screen, for tests that change one thing and look at what comes of it. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { loadPolicy, type LoadedPolicy } from '../../src/policy/load/loadPolicy';

const files = {
  'policy.yaml': `
shop:
  name: Bean Club
  links: { returns: https://beans.example/returns }
languages: [en, de]
settings:
  settle-window: 3s
  fragment-window: 10s
  replies-per-hour: 5
  customer-silence: 4d
  person-check: 1d
  approval-time: 4h
  step-budget: 4h
  hand-off-group: Support
  new-topic-from: 0.65
escalation:
  - { after: 30m, group: Support, priority: high, tag: escalated }
`,
  'intents.yaml': `
order_status:
  about: wants to know where an order is
  orders: open
  examples: [Where is my order?, Has my parcel shipped yet?, track my parcel]
refund:
  about: wants money back
  orders: open
  examples: [I want my money back, Please refund me, refund my order]
`,
  'rules.yaml': `
first:
  - rule: safety
    why: The message speaks of danger.
    when: '"safety" in signals'
    then:
      - reply: hand-off
      - hand-off: { reason: safety, group: Tier 2 }
per-intent:
  order_status:
    - rule: late
      why: The order is late.
      when: order.found && order.late
      then:
        - reply: sorry-late
        - set-priority: high
    - rule: on-its-way
      why: The order is on its way.
      when: order.found
      then:
        - reply: on-its-way
        - tag: { add: [answered] }
    - rule: which-order
      why: No order is known.
      then:
        - ask: { for: order-number, with: which-order, at-most: 2 }
  refund:
    - rule: refund-small
      why: A small refund needs nobody.
      when: order.found
      then:
        - order: { refund: { what: whole, at-most: { EUR: 5000 } } }
        - reply: refunded
      needs-approval: false
otherwise:
  rule: no-rule
  why: No rule fits.
  then:
    - reply: hand-off
    - hand-off: { reason: policy }
`,
  'templates/en.yaml': `
hand-off: A colleague will answer you.
sorry-late: We are sorry, your order is late.
on-its-way: Your order is on its way.
which-order: Which order is it?
refunded: Your money is on its way back.
`,
  'templates/de.yaml': `
hand-off: Jemand antwortet Ihnen.
sorry-late: Ihre Bestellung ist leider zu spät.
on-its-way: Ihre Bestellung ist unterwegs.
which-order: Um welche Bestellung geht es?
refunded: Ihr Geld ist unterwegs.
`,
};
type FileName = keyof typeof files;

/** Each file's text from its text. @throws Error when an edit changes nothing. */
export type Edits = { readonly [Name in FileName]?: (text: string) => string };

export async function writeSmallPolicy(folder: string, edits: Edits = {}): Promise<void> {
  await mkdir(path.join(folder, 'templates'), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    const edit = Object.entries(edits).find(([edited]) => edited === name)?.[1];
    const edited = edit === undefined ? text : edit(text);
    if (edit !== undefined && edited === text) throw new Error(`the edit of ${name} changes nothing`);
    await writeFile(path.join(folder, name), edited);
  }
}

export function smallPolicy(edits: Edits = {}): Promise<LoadedPolicy> {
  return withSmallPolicy(edits, loadPolicy);
}

/** The folder is gone after `use`. */
export async function withSmallPolicy<T>(edits: Edits, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-small-policy-'));
  try {
    await writeSmallPolicy(folder, edits);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
