/** What can happen to a ticket in a random story, and how it happens; each story weighs these and adds its own. */
import fc from 'fast-check';
import { agentActions } from '../../../src/core/events';
import { failureKinds } from '../../../src/core/failure';
import type { Engine } from './engine';

const minute = 60_000;

export const happenings = {
  customer: fc.record({ type: fc.constant('customer' as const), announced: fc.boolean() }),
  agent: fc.record({ type: fc.constant('agent' as const), action: fc.constantFrom(...agentActions) }),
  agentWrites: fc.record({ type: fc.constant('agent-writes' as const), isPublic: fc.boolean() }),
  assign: fc.record({ type: fc.constant('assign' as const), to: fc.constantFrom(null, 'agent-7') }),
  step: fc.record({ type: fc.constant('step' as const) }),
  time: fc.record({ type: fc.constant('time' as const), ms: fc.integer({ min: 1, max: 300 * minute }) }),
  /** How the world answers the next step. Failures that retries would have mended never get here. */
  failure: fc.record({ type: fc.constant('failure' as const), kind: fc.constantFrom(...failureKinds) }),
};

/** The policy decides by another of these from here on. */
export function otherPlan(plans: readonly unknown[]) {
  return fc.record({ type: fc.constant('plan' as const), index: fc.nat({ max: plans.length - 1 }) });
}

type Value<T> = T extends fc.Arbitrary<infer V> ? V : never;
type Plain = Value<(typeof happenings)['customer' | 'agent' | 'agentWrites' | 'assign' | 'step' | 'time']>;

export function happen(engine: Engine, what: Plain): void {
  switch (what.type) {
    case 'customer': {
      const { id } = engine.desk.customerWrites('and now?');
      engine.hint(what.announced ? id : null);
      break;
    }
    case 'agent':
      engine.act(what.action);
      break;
    case 'agent-writes':
      engine.desk.agentWrites('hello', what.isPublic);
      engine.hint();
      break;
    case 'assign':
      engine.desk.assign(what.to);
      engine.hint();
      break;
    case 'step':
      engine.step();
      break;
    case 'time':
      engine.pass(what.ms);
      break;
  }
}
