/** Approving and rejecting on the terminal: exactly what waits is shown, and that one alone is decided about. */
import { createInterface } from 'node:readline/promises';
import type { TicketView } from '../../contracts/messages';
import { exactOrderAction } from '../../core/orders/orderAction';
import { settledText } from '../../core/approval/settledDrafts';
import { CommandError } from '../failure';

export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/** What `ticket show` says of drafts. */
export function approvalLines({ approval, settledDrafts = [] }: TicketView): readonly string[] {
  const newest = settledDrafts.at(-1);
  const before =
    newest === undefined || newest.how === 'approved' ? [] : [`Draft     ${settledText(newest, false)}`];
  if (approval === null) return before;
  const { draftId, actions = [], revision, decidedOn } = approval;
  const about = decidedOn === undefined ? '' : `, answers ${decidedOn.messages.join(', ')}`;
  const orders = decidedOn?.orders ?? [];
  return [
    `Approval  draft ${draftId} waits${about}${revision === undefined ? '' : `, ticket as of ${revision}`}`,
    ...actions.map((action) => `To do     ${exactOrderAction(action).replaceAll('\n', ', ')}`),
    ...orders.map(
      ({ order, status, paid, refunded, storeCredit }) =>
        `Order     ${order} is ${status}: paid ${paid}, refunded ${refunded}, store credit ${storeCredit}`,
    ),
  ];
}

/**
 * The draft that whoever sits there has read and agreed to decide about.
 * @param options.yes - it is shown and not asked about.
 * @throws CommandError when none waits, when nobody can be asked, or when the answer is not yes.
 */
export async function draftToDecide(
  action: 'approve' | 'reject',
  view: TicketView,
  { yes }: { readonly yes: boolean },
  terminal: Terminal = { input: process.stdin, output: process.stderr },
): Promise<string> {
  const { approval } = view;
  if (approval === null) {
    const before = approvalLines(view).map((line) => line.replace(/^Draft +/, ' '));
    throw new CommandError(`No draft waits for approval.${before.join('')}`);
  }
  const { draftId, text } = approval;
  terminal.output.write(`${[...approvalLines(view), '', text].join('\n')}\n\n`);
  if (yes) return draftId;
  if (terminal.input.isTTY !== true) {
    throw new CommandError(
      `Nobody is there to be asked: name the draft that was read (--draft ${draftId}), or give --yes.`,
    );
  }
  const question = createInterface(terminal);
  const answer = await question.question(`${action} this draft? [y/N] `).finally(() => {
    question.close();
  });
  if (/^y(es)?$/i.test(answer.trim())) return draftId;
  throw new CommandError('Nothing was done.');
}
