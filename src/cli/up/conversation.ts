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
  updatedAt: string;
  understood: string;
  stage: string;
}

/** The desk's times have whole seconds: a ticket that changed just now may change again within the same one. */
const freshMs = 3_000;

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
      const comments = await this.sources.page.thread(String(id));
      if (String(id) === showAgain) {
        const last = comments.findLastIndex(({ staff }) => !staff);
        const before = comments.slice(0, Math.max(last, 0));
        before.forEach((comment) => this.begin(showAgain).comments.add(comment.id));
        continue;
      }
      const view = await this.sources.view(String(id));
      this.shown.set(String(id), {
        comments: new Set(comments.map((comment) => comment.id)),
        updatedAt,
        understood: view === null ? '' : understandingOf(view),
        stage: view?.stage ?? '',
      });
    }
  }

  /** Prints what is new since the last call. */
  async update(): Promise<void> {
    const rows = await this.sources.page.tickets();
    for (const row of rows.toReversed()) {
      const id = String(row.id);
      const known = this.shown.get(id);
      const isFresh = Date.now() - Date.parse(row.updatedAt) < freshMs;
      if (known !== undefined && known.updatedAt === row.updatedAt && !isFresh && !isBusy(known.stage))
        continue;
      await this.updateTicket(id, known ?? this.begin(id));
      const shown = this.shown.get(id);
      if (shown !== undefined) shown.updatedAt = row.updatedAt;
    }
  }

  private begin(ticketId: string): Shown {
    const known = this.shown.get(ticketId);
    if (known !== undefined) return known;
    const shown: Shown = { comments: new Set(), updatedAt: '', understood: '', stage: '' };
    this.shown.set(ticketId, shown);
    return shown;
  }

  private async updateTicket(ticketId: string, shown: Shown): Promise<void> {
    const view = await this.sources.view(ticketId);
    const comments = await this.sources.page.thread(ticketId);
    for (const comment of comments.filter(({ id }) => !shown.comments.has(id))) {
      // What was understood is known when the turn has ended; the answer is shown below it, not above.
      if (comment.staff && view !== null && view.turnPhase !== null) return;
      if (comment.staff) this.showUnderstanding(ticketId, shown, view);
      this.say(ticketId, labelOf(comment), comment.text);
      shown.comments.add(comment.id);
    }
    if (view === null || view.turnPhase !== null) return;
    this.showUnderstanding(ticketId, shown, view);
    if (view.stage === shown.stage) return;
    shown.stage = view.stage;
    this.say(ticketId, 'now', stageText(view));
  }

  private showUnderstanding(ticketId: string, shown: Shown, view: TicketView | null): void {
    if (view === null || view.rule === null) return;
    const understood = understandingOf(view);
    if (understood === shown.understood) return;
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

function isBusy(stage: string): boolean {
  return stage === '' || stage === 'answering';
}

/** When a message was last understood: a mere look at the ticket understands nothing. */
function understandingOf({ timeline }: TicketView): string {
  return String(timeline.findLast((entry) => entry.kind === 'understood')?.at ?? '');
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
