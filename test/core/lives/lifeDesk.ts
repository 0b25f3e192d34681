/** The desk of a random life: writes whose answer is lost, writes that arrive late, tickets that change hands. */
import { MemoryDesk } from '../../../src/scenarios/world/memoryDesk';
import type { AppliedUpdate, TicketUpdate, UpdateGuard } from '../../../src/core/ticket/update';
import { isCustomerComment, type TicketComment, type TicketSnapshot } from '../../../src/core/ticket/ticket';

/** Sent, not answered in time, and still on its way. */
interface LateWrite {
  readonly updates: readonly TicketUpdate[];
  readonly guard: UpdateGuard;
  readonly stamp: string;
}

export class LifeDesk extends MemoryDesk {
  private late: LateWrite | null = null;

  /** Whoever was the requester and is no more is somebody else on the ticket. */
  override snapshot(withPast = false): TicketSnapshot {
    const read = super.snapshot(withPast);
    return {
      ...read,
      comments: read.comments.map((comment) =>
        comment.author === 'requester' && comment.authorId !== read.requester.id
          ? { ...comment, author: 'third-party' }
          : comment,
      ),
    };
  }

  writes(text: string, author: 'requester' | 'third-party' | 'machine'): TicketComment {
    const id = this.requester.id;
    switch (author) {
      case 'requester':
        return this.customerWrites(text, { authorId: id });
      case 'third-party':
        return this.customerWrites(text, { authorId: 'courier', author });
      case 'machine':
        return this.customerWrites(text, { authorId: id, reading: 'auto-reply' });
    }
  }

  /** An agent moves it without a word. */
  setAside(status: 'open' | 'pending' | 'hold' | 'solved'): void {
    if (status === 'solved') this.agentSolves();
    else this.status = status;
  }

  /** The desk has taken the first of them when the answer is lost. */
  applySome(updates: readonly TicketUpdate[], count: number, guard: UpdateGuard): AppliedUpdate[] {
    return this.apply(updates.slice(0, count), guard);
  }

  /** The attempt has seen the ticket as it is now; it is written when the desk comes to it. */
  applyLater(updates: readonly TicketUpdate[], guard: UpdateGuard): void {
    this.late = { updates: updates.slice(0, 1), guard, stamp: this.stamp() };
  }

  /** The desk takes a late write only of a ticket that has not changed since it was sent. */
  lateWriteArrives(): LateWrite | null {
    const { late } = this;
    this.late = null;
    return late !== null && late.stamp === this.stamp() && this.status !== 'closed' ? late : null;
  }

  humanComments(): readonly TicketComment[] {
    return this.comments.filter((comment) => isCustomerComment(comment) && comment.reading === 'words');
  }

  private stamp(): string {
    const { status, assignee, group, requester, tags, comments, fields } = this;
    return JSON.stringify([status, assignee?.id, group, requester.id, tags, comments.length, fields]);
  }
}
