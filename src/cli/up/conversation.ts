/** Shows what is written on the embedded desk as it happens, with what the engine understood before it answered. */
import type { TicketView } from '../../contracts/messages';
import { deadlineSummary } from '../../core/story';
import type { DeskPage, ThreadComment } from './embeddedDesk';

export interface ConversationSources {
  readonly page: DeskPage;
  /** Null while no workflow has the ticket. */
  readonly view: (ticketId: string) => Promise<TicketView | null>;
  readonly print: (line: string) => void;
}

interface Shown {
  readonly comments: Set<number>;
  /** Epoch milliseconds: what is not newer was shown by an earlier run; null: there was none. */
  readonly shownUntil: number | null;
  updatedAt: string;
  understood: string;
  /** Null: not known yet, of a ticket that an earlier run has shown. */
  stage: string | null;
  /** Calls of `update` until the next look; null: none before it changes on the desk. */
  pause: number | null;
  /** How many they were the last time. */
  lastPause: number;
}

/** The desk's times have whole seconds: a ticket that changed just now may change again within the same one. */
const freshMs = 3_000;
/** Each look asks desk and engine once: however many tickets change, they have more to do than to be watched. */
const looksAtMost = 2;
/** A ticket that nothing has come of for so many calls is looked at again when the desk shows a change. */
const longestPause = 128;

export class Conversation {
  private readonly sources: ConversationSources;
  private readonly shown = new Map<string, Shown>();

  constructor(sources: ConversationSources) {
    this.sources = sources;
  }

  /**
   * What is there already was shown by an earlier run.
   * @param showAgain - the ticket whose last message and its answer are shown all the same.
   */
  async passOverExisting(showAgain: string | null = null): Promise<void> {
    for (const { id, updatedAt } of await this.sources.page.tickets()) {
      if (String(id) !== showAgain) {
        this.begin(String(id), { updatedAt, shownUntil: Date.parse(updatedAt), stage: null, pause: null });
      }
    }
    if (showAgain === null) return;
    const comments = await this.sources.page.thread(showAgain);
    const last = comments.findLastIndex(({ staff }) => !staff);
    const before = comments.slice(0, Math.max(last, 0));
    before.forEach((comment) => this.begin(showAgain).comments.add(comment.id));
  }

  /** Prints what is new since the last call, of a few tickets at a time: those that changed come first. */
  async update(): Promise<void> {
    const rows = (await this.sources.page.tickets()).toReversed();
    const changed = rows.filter(({ id, updatedAt }) => this.shown.get(String(id))?.updatedAt !== updatedAt);
    const due = rows.filter((row) => !changed.includes(row) && this.isDue(String(row.id)));
    for (const row of [...changed, ...due].slice(0, looksAtMost)) {
      const shown = this.begin(String(row.id));
      await this.updateTicket(String(row.id), shown);
      const isFresh = Date.now() - Date.parse(row.updatedAt) < freshMs;
      const next = shown.updatedAt === row.updatedAt ? shown.lastPause * 2 : 1;
      shown.pause = (isFresh || isBusy(shown.stage)) && next <= longestPause ? next : null;
      shown.lastPause = next;
      shown.updatedAt = row.updatedAt;
    }
  }

  private isDue(ticketId: string): boolean {
    const shown = this.begin(ticketId);
    if (shown.pause === null) return false;
    shown.pause = Math.max(shown.pause - 1, 0);
    return shown.pause === 0;
  }

  private begin(ticketId: string, change: Partial<Shown> = {}): Shown {
    const known = this.shown.get(ticketId);
    if (known !== undefined) return known;
    const shown: Shown = {
      ...{ comments: new Set(), shownUntil: null, updatedAt: '', understood: '', stage: '' },
      ...{ pause: 1, lastPause: 1 },
      ...change,
    };
    this.shown.set(ticketId, shown);
    return shown;
  }

  private async updateTicket(ticketId: string, shown: Shown): Promise<void> {
    const view = await this.sources.view(ticketId);
    const comments = await this.sources.page.thread(ticketId);
    const isOld = ({ id, at }: ThreadComment): boolean =>
      shown.comments.has(id) || isBefore(Date.parse(at), shown);
    for (const comment of comments.filter((one) => !isOld(one))) {
      // What was understood is known when the turn has ended; the answer is shown below it, not above.
      if (comment.staff && view !== null && view.turnPhase !== null) return;
      if (comment.staff) this.showUnderstanding(ticketId, shown, view);
      this.say(ticketId, labelOf(comment), comment.text);
      shown.comments.add(comment.id);
    }
    if (view === null || view.turnPhase !== null) return;
    this.showUnderstanding(ticketId, shown, view);
    const wasShown = shown.stage === null && isBefore(understoodAt(view), shown);
    if (view.stage === shown.stage) return;
    shown.stage = view.stage;
    if (!wasShown) this.say(ticketId, 'now', stageText(view));
  }

  private showUnderstanding(ticketId: string, shown: Shown, view: TicketView | null): void {
    if (view === null || view.rule === null) return;
    const at = understoodAt(view);
    const understood = String(at);
    if (understood === shown.understood || isBefore(at, shown)) return;
    shown.understood = understood;
    this.say(ticketId, 'understood', intentText(view));
    this.say(ticketId, 'rule', `${view.rule} (policy ${view.policyVersion ?? 'unknown'})`);
  }

  private say(ticketId: string, label: string, text: string): void {
    const head = `#${ticketId} ${label}`.padEnd(24);
    const [first = '', ...more] = text.trim().split('\n');
    this.sources.print(`  ${head}${first}`);
    for (const line of more) this.sources.print(`  ${' '.repeat(24)}${line}`.trimEnd());
  }
}

function isBusy(stage: string | null): boolean {
  return stage === '' || stage === 'answering';
}

function isBefore(at: number, { shownUntil }: Shown): boolean {
  return shownUntil !== null && at <= shownUntil;
}

/** When a message was last understood: a mere look at the ticket understands nothing. Epoch milliseconds, or 0. */
function understoodAt({ timeline }: TicketView): number {
  return timeline.findLast((entry) => entry.kind === 'understood')?.at ?? 0;
}

/** How sure one is of nothing says nothing. */
function intentText({ intent, confidence }: TicketView): string {
  if (intent === null) return 'no intent of the policy';
  return confidence === null ? intent : `${intent}, ${Math.round(confidence * 100)} % sure`;
}

function labelOf({ staff, public: isPublic, author }: ThreadComment): string {
  if (!isPublic) return `note, ${author}`;
  return staff ? `reply, ${author}` : author;
}

function stageText({ stage, handOff, nextDeadline }: TicketView): string {
  const reason = handOff === null ? '' : ` (${handOff.reason})`;
  const next =
    nextDeadline === null ? '' : `; next, at ${minuteOf(nextDeadline.at)}: ${deadlineSummary(nextDeadline)}`;
  return `${stage.replaceAll('-', ' ')}${reason}${next}`;
}

function minuteOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
