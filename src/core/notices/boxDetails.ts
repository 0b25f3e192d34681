/** How the notices tell their story in Temporal's Web UI, as Markdown. */
import type { NoticeBatch } from './notice';
import { dueAt, waitingCount, type ChannelBox, type NoticeBox } from './noticeBox';
import { countOf, minuteText } from './words';

export function boxDetails({ channels, outages, told }: NoticeBox): string {
  const lines = [
    ...outages.map(
      ({ part, state, since, tickets }) =>
        `**Out:** ${part} (${state}) since ${minuteText(since)}, ${tickets} tickets given to people meanwhile`,
    ),
    ...channels.map(channelLine),
    `**Told within a day:** ${told.length}`,
  ];
  return lines.join('\n\n');
}

function channelLine(channel: ChannelBox): string {
  const { name, sending, lost } = channel;
  const due = dueAt(channel);
  const states = [
    ...(sending === null ? [] : [`${sizeOf(sending)} being sent since ${minuteText(sending.at)}`]),
    ...(waitingCount(channel) === 0
      ? []
      : [`${waitingCount(channel)} waiting${due === null ? ' behind it' : ` until ${secondText(due)}`}`]),
    ...(lost === null ? [] : [`the message of ${minuteText(lost.at)} reached nobody: ${lost.why}`]),
  ];
  return `**${name}:** ${states.length === 0 ? 'nothing waits' : states.join('; ')}`;
}

function sizeOf({ notices, more }: NoticeBatch): number {
  return notices.length + countOf(more);
}

function secondText(at: number): string {
  return `${new Date(at).toISOString().slice(11, 19)} UTC`;
}
