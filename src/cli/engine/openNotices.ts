/** How people hear of things from a worker: from the settings to the parts that tell, and those that watch. */
import type { Client } from '@temporalio/client';
import { hasChannels } from '../../config/noticeSettings';
import type { Settings } from '../../config/settings';
import { ticketWorkflowId } from '../../contracts/messages';
import { workflowsWebUrl, workflowWebUrl } from '../../contracts/workflowWebUrl';
import { isOptional, type Part } from '../../core/notices/notice';
import type { PolicySettings } from '../../core/policy/plan';
import type { Helpdesk } from '../../helpdesk/port';
import type { Logger } from '../../log/logger';
import { createNotifier } from '../../notify/createNotifier';
import type { LinksOf } from '../../notify/message';
import { openChannels } from '../../notify/openChannels';
import type { Notifier } from '../../notify/port';
import { watchOutage, type OutageWatch } from '../../remote/outages';
import { askingTicket } from '../../temporal/askingTicket';
import { createNoticePost } from '../../temporal/notices';

export interface Notices {
  readonly notifier: Notifier;
  readonly watch: (part: Part) => OutageWatch;
  /** What tickets are to tell of beyond what they always do, and the link of their notes. */
  readonly settings: Partial<PolicySettings>;
}

export function openNotices(
  settings: Pick<Settings, 'notices' | 'mail' | 'stateDir' | 'temporal' | 'accountsFile'>,
  client: Client,
  desk: Pick<Helpdesk, 'desk' | 'account' | 'ticketUrl'>,
  logger: Logger,
): Notices {
  const { about } = settings.notices;
  const channels = openChannels(settings);
  const names = channels.map(({ name }) => name);
  const workflowsUrl = workflowsWebUrl(settings.temporal);
  const post = createNoticePost(client, desk, names, logger);
  return {
    notifier: createNotifier({
      channels,
      about,
      post: post.notice,
      linksOf: linksTo(desk, settings.temporal),
      ...(settings.accountsFile === null ? {} : { account: `${desk.desk}/${desk.account}` }),
      logger,
    }),
    watch: (part) =>
      watchOutage(
        part,
        (report) => {
          if (about.includes('outage')) post.outage(report);
        },
        askingTicket,
      ),
    settings: {
      ...(hasChannels(settings.notices) ? { alsoTell: about.filter(isOptional) } : {}),
      ...(workflowsUrl === null ? {} : { workflowsUrl }),
    },
  };
}

function linksTo(desk: Pick<Helpdesk, 'ticketUrl'>, temporal: Settings['temporal']): LinksOf {
  return (ticket) => {
    const web = workflowWebUrl(temporal, ticketWorkflowId(ticket));
    return [
      { text: 'Ticket', url: desk.ticketUrl(ticket.ticketId) },
      ...(web === null ? [] : [{ text: 'Workflow', url: web }]),
    ];
  };
}
