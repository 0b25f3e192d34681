import { allAuto, bothModes, isAllAuto, type Modes } from '../core/modes/mode';
import type { Plan, PolicySettings } from '../core/policy/plan';
import type { MailedCodes } from '../mail/port';
import type { Allowances, OrderBook, PostalCodeGuesses } from '../orders/port';
import { evaluate } from './decide/evaluate';
import { withHours } from './hours/resolveHours';
import { withPromise, withSla } from './sla/withSla';
import { leftWithin } from './lookUp/leftToGive';
import { lookUpFacts } from './lookUp/lookUp';
import type { LoadedPolicy } from './policy';
import { hasWindows, settingsOn } from './sections/channels';
import { holdingReply } from './sections/holdingReply';
import type { ModeSwitch, PolicyProcessor } from './port';
import { onlyVersion, type Missing, type PolicyVersions } from './store/versions';

/** What is asked beside the shop. */
export interface AskedBeside {
  /** Of several policies, the name of this one: it goes with the settings. */
  readonly name?: string;
  /** Absent: accounts that nothing was ever taken out of. */
  readonly allowances?: Pick<Allowances, 'left'>;
  /** Absent: no codes are mailed. */
  readonly codes?: MailedCodes;
  /** Absent: guesses at postal codes are not counted. */
  readonly guesses?: PostalCodeGuesses;
  /** Besides the policy's own modes; absent: nobody has touched the switch. */
  readonly switched?: ModeSwitch;
}

/** One policy, whatever version a ticket has begun under: for tools and tests. */
export function createPolicyProcessor(
  policy: LoadedPolicy,
  orderBook: OrderBook,
  beside: AskedBeside = {},
): PolicyProcessor {
  return createVersionedProcessor(onlyVersion(policy), orderBook, beside);
}

/**
 * Each ticket under the version its conversation began under. What may be given away, who approves, when the bot answers
 * in people's place, when the team is at work, how much Deskhand does by itself, and what customers are promised are no
 * part of a conversation: they go by the version in force.
 */
export function createVersionedProcessor(
  versions: PolicyVersions,
  orderBook: OrderBook,
  { name, allowances = untouched, codes, guesses, switched = nothingSwitched }: AskedBeside = {},
): PolicyProcessor {
  const modes = async (): Promise<Modes> => {
    const [{ policy }, besides] = await Promise.all([versions.find(null), switched.read()]);
    return bothModes(policy.settings.modes ?? allAuto, besides);
  };
  const withWhatIsInForce = async (settings: PolicySettings, now: number): Promise<PolicySettings> => {
    const [{ policy }, inForce] = await Promise.all([versions.find(null), modes()]);
    const { limits, approvers, handBack } = policy.settings;
    const governed: PolicySettings = {
      ...ownSettings(settings),
      ...(name === undefined ? {} : { policy: name }),
      ...(limits === undefined ? {} : { limits }),
      ...(approvers === undefined ? {} : { approvers }),
      ...(handBack === undefined ? {} : { handBack }),
      ...(isAllAuto(inForce) ? {} : { modes: inForce }),
    };
    return withHours(governed, policy.schedule, now);
  };
  return {
    modes,
    settingsOf: async (version, now = Date.now(), about) => {
      const { policy: own } = await versions.find(version);
      const { policy } = await versions.find(null);
      const settings = await withWhatIsInForce(own.settings, now);
      if (about === undefined || (policy.sla === null && !hasWindows(own))) return settings;
      const ticket = await about();
      return withSla(settingsOn(own, ticket.channel, settings), policy, ticket);
    },
    holdingReplyOf: async (version, customer) =>
      holdingReply((await versions.find(version)).policy, customer),
    consult: async (input, signal) => {
      const found = await versions.find(input.policyVersion);
      const { missing } = found;
      const own = settingsOn(found.policy, input.channel);
      const settings = await withWhatIsInForce(own, input.now);
      const policy = { ...found.policy, settings };
      const left = leftWithin(policy, allowances);
      const known = await lookUpFacts(policy, orderBook, input, signal, left, codes, guesses);
      const plan = withPromise(evaluate(policy, known), (await versions.find(null)).policy, input);
      return missing === null ? plan : withNote(plan, missing);
    },
  };
}

/** Without what the version in force says instead. */
function ownSettings(settings: PolicySettings): PolicySettings {
  const own = { ...settings };
  for (const name of ['limits', 'approvers', 'handBack', 'modes'] as const) Reflect.deleteProperty(own, name);
  return own;
}

const nothingSwitched: ModeSwitch = { read: () => Promise.resolve(allAuto) };

const untouched: Pick<Allowances, 'left'> = { left: () => Promise.resolve(null) };

/** Nobody waits for a version that is gone; people are told that the rules changed in mid-conversation. */
function withNote(plan: Plan, { version, why }: Missing): Plan {
  const text = `This conversation began under policy ${version}, which ${why}. It goes on under ${plan.policyVersion}, the one in force.`;
  return { ...plan, actions: [...plan.actions, { type: 'note', text }] };
}
