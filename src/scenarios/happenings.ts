/** What happened in a scenario, in its order: what expectations are held against, and what a failed one shows. */
import type { OrderAction, OrderStepOutcome } from '../core/orders/orderAction';
import type { Plan } from '../core/policy/plan';
import type { Classification } from '../core/conversation/understanding';

export type Happening = {
  /** Epoch milliseconds, virtual. */
  readonly at: number;
} & (
  | { readonly type: 'customer-said'; readonly text: string }
  /** What a person did, in a line: a reply, an assignment, an approval. */
  | { readonly type: 'agent-acted'; readonly text: string }
  /** What that person was told: it is not done. */
  | { readonly type: 'refused'; readonly why: string }
  /** Time passes, or the shop changes something. */
  | { readonly type: 'meanwhile'; readonly text: string }
  | { readonly type: 'understood'; readonly classification: Classification }
  | { readonly type: 'decided'; readonly plan: Plan }
  /** The answer waits for a part that is out, and these are the words for it: in a reply or a note. */
  | { readonly type: 'held'; readonly template: string; readonly language: string }
  | { readonly type: 'replied'; readonly text: string }
  | { readonly type: 'noted'; readonly text: string }
  | { readonly type: 'acted-on-order'; readonly action: OrderAction; readonly outcome: OrderStepOutcome }
  | { readonly type: 'mailed'; readonly to: string; readonly subject: string; readonly text: string }
  | { readonly type: 'people-told'; readonly text: string }
);

export type HappeningOf<Type extends Happening['type']> = Extract<Happening, { readonly type: Type }>;

export function happeningsOf<Type extends Happening['type']>(
  all: readonly Happening[],
  type: Type,
): readonly HappeningOf<Type>[] {
  return all.filter((one): one is HappeningOf<Type> => one.type === type);
}
