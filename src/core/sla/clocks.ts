/** The clocks of one ticket, worked out from what happens on it, in the order in which that is learned. */
import { assertNever } from '../failure';
import type { BusinessHours } from '../hours/businessHours';
import { begun, goingOn, stopped, type Clock } from './clock';
import type { ClockName } from './targets';

export type Clocks = { readonly [Name in ClockName]?: Clock };

/** `at`: epoch milliseconds. What is told twice counts once. */
export interface ClockEvent {
  readonly type:
    | 'customer-wrote'
    /** In public, by a person or the bot; a promise that somebody comes, or will answer, is no answer. */
    | 'answered'
    /** It is for the customer to say something, by the ticket's status or because the bot has asked. */
    | 'waits-for-customer'
    | 'goes-on'
    | 'handed-off'
    | 'picked-up'
    | 'solved';
  readonly at: number;
}

/** @param hours - as they are now; what has run is counted by them as soon as the clock stops. */
export function clocksAfter(
  clocks: Clocks,
  { type, at }: ClockEvent,
  hours: BusinessHours | undefined,
): Clocks {
  switch (type) {
    case 'customer-wrote':
      return customerWrote(clocks, at);
    case 'answered':
      return ended(clocks, ['first-reply', 'next-reply'], at, hours);
    case 'waits-for-customer':
      return eachOf(clocks, ofCustomer, (clock) => (clock.over ? clock : stopped(clock, at, hours)));
    case 'goes-on':
      return eachOf(clocks, ofCustomer, (clock) => (clock.over ? clock : goingOn(clock, at)));
    case 'handed-off':
      return handedOff(clocks, at);
    case 'picked-up':
      return ended(clocks, ['pick-up'], at, hours);
    case 'solved':
      return ended(clocks, [...ofCustomer, 'pick-up'], at, hours);
    default:
      return assertNever(type);
  }
}

/** The call that was taken back and stands again goes on as if it had never been: what was told is told. */
function handedOff(clocks: Clocks, at: number): Clocks {
  const clock = clocks['pick-up'];
  if (clock !== undefined && clock.over !== true) return clocks;
  const again =
    clock?.since === at ? { ...clock, over: undefined, runsSince: clock.since + clock.ranMs } : begun(at);
  return { ...clocks, 'pick-up': again };
}

/** These stand while the customer is waited for. */
const ofCustomer: readonly ClockName[] = ['first-reply', 'next-reply', 'resolution'];

function customerWrote(clocks: Clocks, at: number): Clocks {
  const first = clocks['first-reply'];
  const next = clocks['next-reply'];
  const isAnswered = first?.over === true && (next === undefined || next.over === true);
  const reply: Clocks =
    first === undefined ? { 'first-reply': begun(at) } : isAnswered ? { 'next-reply': begun(at) } : {};
  const all: Clocks = { resolution: begun(at), ...clocks, ...reply };
  const running = eachOf(all, ofCustomer, (clock) => (clock.over ? clock : goingOn(clock, at)));
  return eachOf(running, ['resolution'], (clock) => openedAgain(clock, at));
}

function openedAgain(clock: Clock, at: number): Clock {
  return clock.over ? goingOn({ ...clock, over: undefined }, at) : clock;
}

function ended(
  clocks: Clocks,
  names: readonly ClockName[],
  at: number,
  hours: BusinessHours | undefined,
): Clocks {
  return eachOf(clocks, names, (clock) =>
    clock.over ? clock : { ...stopped(clock, at, hours), over: true },
  );
}

/** The same object where nothing has changed. */
function eachOf(clocks: Clocks, names: readonly ClockName[], change: (clock: Clock) => Clock): Clocks {
  let result = clocks;
  for (const name of names) {
    const clock = clocks[name];
    if (clock === undefined) continue;
    const other = change(clock);
    if (other !== clock) result = { ...result, [name]: other };
  }
  return result;
}
