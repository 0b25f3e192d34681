import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { agentActions } from '../../core/events';
import { modes } from '../../core/modes/mode';
import { handOffReasons } from '../../core/policy/plan';
import { stages } from '../../core/state';
import { priorities } from '../../core/ticket/ticket';
import type { TicketPage } from '../../server/schemas';
import type { ApiClient } from '../apiClient';
import { stopByCtrlC } from '../stopByCtrlC';
import type { AdoptOptions } from '../ticket/adoptOpen';
import { draftToDecide } from '../ticket/approval';
import { textTable } from '../textTable';
import { ticketLines } from '../ticket/ticketLines';
import { whyLines } from '../ticket/whyLines';

interface Output {
  readonly json?: boolean;
}
interface StartOptions extends Output, AdoptOptions {
  readonly message?: string;
  readonly open?: boolean;
}
interface ListOptions extends Output {
  readonly [filter: string]: string | boolean | undefined;
}

export function addTicketCommands(program: Command): void {
  const ticket = program
    .command('ticket')
    .description('start, list, show and steer tickets, through the API');

  withJson(ticket.command('start'))
    .description('look at a ticket now, or take up the open ones that the desk has')
    .argument('[desk]', deskHelp, deskInArgument)
    .argument('[ticketId]', "the desk's ticket id")
    .option('--message <id>', "the desk's id of the message that caused it", commentId)
    .option('--open', 'all new and open tickets that do not run yet, shown before they are started')
    .option('--view <id>', 'with --open: only those of this view', viewId)
    .option('--at-most <count>', 'with --open: so many, 1 to 1000', wholeNumber(1_000), 100)
    .option('--per-minute <count>', 'with --open: so many a minute, 1 to 600', wholeNumber(600), 60)
    .option('--yes', 'with --open: what is found is shown and not asked about')
    .option('--dry-run', 'with --open: only show what would be started')
    .action(
      async (given: AtDesk | undefined, id: string | undefined, options: StartOptions, command: Command) => {
        if (options.open === true) {
          if (id !== undefined) command.error('error: give a ticketId or --open, not both');
          await adopt(given ?? { desk: 'zendesk' }, options, command);
          return;
        }
        const where = given ?? command.error("error: missing required argument 'desk', or --open");
        const { desk } = where;
        if (id === undefined) command.error("error: missing required argument 'ticketId', or --open");
        await refuseMistake(desk, id, command);
        const started = await (
          await client()
        ).start({
          ...withAccount(where),
          ticketId: id,
          ...(options.message === undefined ? {} : { messageId: options.message }),
        });
        print(options, started, () => [
          started.workflowId,
          ...(started.webUrl === null ? [] : [started.webUrl]),
        ]);
      },
    );

  withJson(ticket.command('list'))
    .description('list tickets, newest first')
    .addOption(new Option('--stage <stage>').choices(stages))
    .addOption(new Option('--state <state>').choices(['open', 'closed']))
    .addOption(new Option('--priority <priority>').choices(priorities))
    .addOption(new Option('--hand-off-reason <reason>').choices(handOffReasons))
    .option('--desk <desk>', 'only of this desk', deskName)
    .option('--intent <intent>', 'only with this intent')
    .option('--limit <count>', 'at most so many, 1 to 100', limit, '50')
    .option('--cursor <cursor>', 'the next page, as the page before names it')
    .action(async ({ json, ...filters }: ListOptions) => {
      const api = await client();
      const { account } = withAccount({ desk: '' });
      const given = Object.entries({ ...filters, account }).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      );
      const page = await api.list(Object.fromEntries(given));
      print({ json: json === true }, page, () => [
        textTable(
          ['TICKET', 'STAGE', 'INTENT', 'PRIORITY', 'HAND-OFF', 'SINCE'],
          page.tickets.map((row) => [
            `${severalAccounts(page) ? `${row.desk}/${row.account}` : row.desk} ${row.ticketId}`,
            row.stage,
            row.intent,
            row.priority,
            row.handOffReason,
            row.startedAt?.slice(0, 16) ?? null,
          ]),
        ),
        ...(page.nextCursor === null ? [] : [`More: --cursor ${page.nextCursor}`]),
      ]);
    });

  ofOneTicket(ticket.command('show'))
    .description('show what the engine understood, decided and waits for')
    .action(async (where: AtDesk, id: string, options: Output) => {
      const api = await client();
      const view = await api.show({ ...withAccount(where), ticketId: id });
      print(options, view, () => ticketLines(view));
    });

  ofOneTicket(ticket.command('why'))
    .description('show why the engine decided as it did last: policy version, rules, facts')
    .action(async (where: AtDesk, id: string, options: Output) => {
      const api = await client();
      const view = await api.why({ ...withAccount(where), ticketId: id });
      print(options, view, () => whyLines(view));
    });

  ofOneTicket(ticket.command('act'))
    .description('steer a ticket')
    .addArgument(new Argument('<action>').choices(agentActions))
    .requiredOption('--by <who>', 'who steers: a name or id of staff')
    .option('--reason <text>', 'why')
    .option(
      '--draft <id>',
      'approve, reject: the draft that was read; left out, what waits is shown and asked about',
    )
    .option('--yes', 'approve, reject: what waits is shown and not asked about')
    .addOption(new Option('--mode <mode>', 'set-mode: how much Deskhand does here by itself').choices(modes))
    .action(
      async (
        where: AtDesk,
        id: string,
        action: string,
        options: Output & { by: string; reason?: string; draft?: string; yes?: boolean; mode?: string },
      ) => {
        const api = await client();
        const one = { ...withAccount(where), ticketId: id };
        const isDecision = action === 'approve' || action === 'reject';
        const draft =
          isDecision && options.draft === undefined
            ? await draftToDecide(action, await api.show(one), { yes: options.yes === true })
            : options.draft;
        const view = await api.act(one, {
          action,
          by: options.by,
          ...(options.reason === undefined ? {} : { reason: options.reason }),
          ...(draft === undefined ? {} : { draftId: draft }),
          ...(options.mode === undefined ? {} : { mode: options.mode }),
        });
        print(options, view, () => ticketLines(view));
      },
    );
}

/** Loaded here, so that help and a mistyped command are answered at once. */
async function client(): Promise<ApiClient> {
  const { openApi } = await import('../run/openApi.js');
  return openApi();
}

/** What an id may be is the desk's own, so both are looked at together. */
function ofOneTicket(command: Command): Command {
  return withJson(command)
    .argument('<desk>', deskHelp, deskInArgument)
    .argument('<ticketId>', "the desk's ticket id")
    .hook('preAction', async (_command, acting) => {
      const [where = '', id = ''] = acting.args;
      await refuseMistake(deskInArgument(where).desk, id, acting);
    });
}

async function refuseMistake(desk: string, id: string, command: Command): Promise<void> {
  const { ticketIdMistake } = await import('../../helpdesk/deskKinds.js');
  const mistake = ticketIdMistake(desk, id);
  if (mistake !== null) command.error(`error: the ticketId ${JSON.stringify(id)} ${mistake}`);
}

async function adopt({ desk, account }: AtDesk, options: StartOptions, command: Command): Promise<void> {
  if (account !== undefined) process.env['DESKHAND_ACCOUNT'] = `${desk}/${account}`;
  if (desk !== 'zendesk') command.error(`error: open tickets are taken up on zendesk alone, not on ${desk}`);
  const { adoptOpenTickets } = await import('../ticket/adoptOpen.js');
  const { readRunningSettings } = await import('../runningSettings.js');
  await adoptOpenTickets(options, {
    settings: (await readRunningSettings(process.env, 'zendesk')).settings,
    api: await client(),
    terminal: { input: process.stdin, output: process.stdout },
    isStopped: stopByCtrlC(),
  });
}

function withJson(command: Command): Command {
  return command.option('--json', 'as JSON, for scripts');
}

function print(options: Output, value: unknown, lines: () => readonly string[]): void {
  console.log(options.json === true ? JSON.stringify(value, null, 2) : lines().join('\n'));
}

const deskHelp = 'the desk, such as zendesk; zendesk/acme where it has several accounts';

interface AtDesk {
  readonly desk: string;
  readonly account?: string;
}

function deskInArgument(value: string): AtDesk {
  const [desk = '', account, ...more] = value.split('/');
  if (account === undefined) return { desk: deskName(desk) };
  if (more.length === 0 && /^[a-z0-9][a-z0-9.-]{0,100}$/.test(account))
    return { desk: deskName(desk), account };
  throw new InvalidArgumentError(
    'It must be the name of a desk, or of desk and account, such as zendesk/acme.',
  );
}

/** What stands with the desk counts before the flag. */
function withAccount(where: AtDesk): AtDesk {
  const { DESKHAND_ACCOUNT: named = '' } = process.env;
  const account = where.account ?? named.split('/').at(-1) ?? '';
  return { desk: where.desk, ...(account === '' ? {} : { account }) };
}

function severalAccounts({ tickets }: TicketPage): boolean {
  return new Set(tickets.map(({ desk, account }) => `${desk}/${account}`)).size > 1;
}

function deskName(value: string): string {
  if (/^[a-z][a-z0-9-]{0,31}$/.test(value)) return value;
  throw new InvalidArgumentError('It must be the name of a desk, such as zendesk.');
}

function commentId(value: string): string {
  if (/^[A-Za-z0-9_-]{1,64}$/.test(value)) return value;
  throw new InvalidArgumentError('It must be an id as the desk shows it, such as 501.');
}

function viewId(value: string): string {
  if (/^[1-9]\d{0,19}$/.test(value)) return value;
  throw new InvalidArgumentError('It must be the number of a view, as its address shows it.');
}

function wholeNumber(max: number): (value: string) => number {
  return (value) => {
    const number = /^\d{1,6}$/.test(value) ? Number(value) : 0;
    if (number >= 1 && number <= max) return number;
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${max}.`);
  };
}

function limit(value: string): string {
  if (/^\d{1,3}$/.test(value) && Number(value) >= 1 && Number(value) <= 100) return value;
  throw new InvalidArgumentError('It must be a whole number from 1 to 100.');
}
