/** Recorded tickets, decided again one at a time, and told about. Nothing is looked up or sent. */
import { asShown, oneLine } from '../../contracts/shownText';
import type { Plan } from '../../core/policy/plan';
import { versionName } from '../../core/policy/policyChoice';
import { diffPolicies } from '../../policy/compare/diff';
import type { LoadedPolicy } from '../../policy/policy';
import { PolicyVersionError, type PolicyStore } from '../../policy/store/policyStore';
import { readPlan } from '../../policy/compare/recordedPlan';
import { aspects, redecide, type Aspect, type Difference } from '../../policy/compare/redecide';
import type { RecordedTicket } from './recordedTickets';
import { differenceLines } from '../policy/differenceLines';

export interface ReplaySettings {
  readonly policy: LoadedPolicy;
  /** Of several policies: what others have decided is passed over. Undefined: of all brands without their own. */
  readonly name?: string | undefined;
  /** Shows replies whole, with what they say of customers. */
  readonly words: boolean;
  /** A line of JSON for each ticket that differs, and one with the totals. */
  readonly json: boolean;
  readonly print: (text: string) => void;
  /** Every two seconds, beside what is printed. */
  readonly progress: (tickets: number) => void;
}

/** @param store - where the versions that decided first are looked up, for what recorded facts cannot tell. */
export async function replayTickets(
  tickets: AsyncIterable<RecordedTicket>,
  settings: ReplaySettings,
  store: Pick<PolicyStore, 'load'>,
): Promise<void> {
  const replay = new Replay(settings);
  for await (const ticket of tickets) replay.take(ticket);
  replay.end(await cautionsOf(replay.versions, store, settings.policy));
}

const progressEveryMs = 2_000;

/** More of them say nothing more. */
const cautionsShown = 6;

interface Totals {
  tickets: number;
  /** Taken once each, however often they are among the tickets. */
  repeated: number;
  messages: number;
  sameTickets: number;
  undecidable: number;
  readonly byAspect: Record<Aspect, number>;
}

/** Holds one ticket at a time, and sums. */
class Replay {
  private readonly totals: Totals = {
    tickets: 0,
    repeated: 0,
    messages: 0,
    sameTickets: 0,
    undecidable: 0,
    byAspect: {
      reply: 0,
      'order action': 0,
      'code mail': 0,
      'if refused': 0,
      'hand-off': 0,
      question: 0,
      ticket: 0,
      approval: 0,
      silence: 0,
      'wait for more': 0,
    },
  };
  readonly versions = new Set<string>();
  private readonly taken = new Set<string>();
  /** How many messages could not be decided again, by why. */
  private readonly passedOver = new Map<string, number>();
  private readonly settings: ReplaySettings;
  private shownAt = Date.now();

  constructor(settings: ReplaySettings) {
    this.settings = settings;
  }

  take({ ticket, runId, decisions }: RecordedTicket): void {
    const { totals } = this;
    const { json, print } = this.settings;
    const run = JSON.stringify([ticket.desk, ticket.account, ticket.ticketId, runId]);
    if (this.taken.has(run)) {
      totals.repeated += 1;
      return;
    }
    this.taken.add(run);
    totals.tickets += 1;
    const messages = decisions.flatMap((decision) => this.decideAgain(decision));
    if (messages.length === 0) totals.sameTickets += 1;
    else if (json) print(JSON.stringify({ ticket, runId, messages }));
    // Of a file that anybody may have written, to a terminal.
    else print(asShown([`${ticket.desk} ${ticket.ticketId}`, ...messages.flatMap(messageLines)].join('\n')));
    this.showProgress();
  }

  private decideAgain({ at, plan }: RecordedTicket['decisions'][number]): readonly ChangedMessage[] {
    const { totals, settings } = this;
    totals.messages += 1;
    const before = readPlan(plan);
    if (before === null) return this.passOver('it is not what a Deskhand records');
    if (before.settings.policy !== settings.name) return this.passOver('another policy has decided it');
    this.versions.add(before.policyVersion);
    const again = redecide(settings.policy, before);
    if (again.type === 'undecidable') return this.passOver(again.why);
    if (again.differences.length === 0) return [];
    for (const { aspect } of again.differences) totals.byAspect[aspect] += 1;
    return [
      {
        at,
        rule: { before: before.rule, after: again.after.rule },
        differences: again.differences,
        ...(settings.words ? { words: { before: wordsOf(before), after: wordsOf(again.after) } } : {}),
      },
    ];
  }

  private passOver(why: string): readonly ChangedMessage[] {
    this.totals.undecidable += 1;
    this.passedOver.set(why, (this.passedOver.get(why) ?? 0) + 1);
    return [];
  }

  private showProgress(): void {
    if (Date.now() - this.shownAt < progressEveryMs) return;
    this.shownAt = Date.now();
    this.settings.progress(this.totals.tickets);
  }

  end(cautions: readonly string[]): void {
    const { policy, name, json, print } = this.settings;
    if (json) {
      print(
        JSON.stringify({
          policy: policy.version,
          ...(name === undefined ? {} : { name }),
          totals: this.totals,
          cautions,
        }),
      );
      return;
    }
    const { tickets, repeated, messages, sameTickets, byAspect } = this.totals;
    const differing = aspects
      .filter((aspect) => byAspect[aspect] > 0)
      .map((aspect) => `${aspect} ${byAspect[aspect]}`);
    print(
      [
        `${counted(tickets, 'ticket')} with ${counted(messages, 'message')} under ${versionName(policy.version, name)}: ${counted(tickets - sameTickets, 'ticket')} would differ.`,
        ...(differing.length === 0 ? [] : [`Messages with another: ${differing.join(', ')}.`]),
        ...(repeated === 0
          ? []
          : [`Tickets that were there more than once, and count once: ${repeated} more.`]),
        ...[...this.passedOver].map(
          ([why, count]) => `${counted(count, 'message')} could not be decided again: ${why}.`,
        ),
        ...cautions.map((caution) => `Note: ${caution}`),
      ].join('\n'),
    );
  }
}

interface ChangedMessage {
  readonly at: string;
  readonly rule: { readonly before: string; readonly after: string };
  readonly differences: readonly Difference[];
  readonly words?: { readonly before: string; readonly after: string };
}

function messageLines({ at, rule, differences, words }: ChangedMessage): readonly string[] {
  const rules = rule.before === rule.after ? rule.after : `${rule.before} -> ${rule.after}`;
  return [
    `  ${at.slice(0, 16).replace('T', ' ')}  rule ${rules}`,
    ...differenceLines(differences).map((line) => `    ${line}`),
    ...(words === undefined ? [] : [...quoted('-', words.before), ...quoted('+', words.after)]),
  ];
}

function quoted(sign: string, text: string): readonly string[] {
  return text === '' ? [] : text.split('\n').map((line) => `      ${sign} ${line}`);
}

function wordsOf({ actions }: Plan): string {
  return actions.find((action) => action.type === 'reply')?.text ?? '';
}

/** What recorded facts cannot tell: how another version would have understood a message, or what it had looked up. */
async function cautionsOf(
  versions: ReadonlySet<string>,
  store: Pick<PolicyStore, 'load'>,
  policy: LoadedPolicy,
): Promise<readonly string[]> {
  const cautions: string[] = [];
  for (const version of versions) {
    if (version === policy.version) continue;
    if (cautions.length >= cautionsShown) {
      cautions.push(`there are more such versions, ${versions.size} in all.`);
      break;
    }
    const before = await store.load(version).catch((error: unknown) => {
      if (error instanceof PolicyVersionError) return null;
      throw error;
    });
    if (before === null) {
      cautions.push(
        `${oneLine(version)} is not in the store of this Deskhand. Whether it has other intents, examples or rules of identity cannot be told.`,
      );
      continue;
    }
    const diff = diffPolicies(before, policy);
    if (diff.intents.length > 0) {
      cautions.push(
        `${version} has other intents or examples. What was understood then is taken as it was; it is not understood anew.`,
      );
    }
    if (
      diff.settings.some(({ part }) => part.startsWith('identity.') || part === 'settings.new-topic-from')
    ) {
      cautions.push(
        `${version} has other rules of identity or of new topics. What was found and continued then is taken as it was.`,
      );
    }
  }
  return cautions;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
