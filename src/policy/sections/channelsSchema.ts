/** `channels` of policy.yaml: what is different where customers do not write by mail. */
import { z } from 'zod';
import { channels } from '../../core/ticket/channel';
import { gathering } from '../hours/durations';

const channel = z.enum(channels);

export const channelsSchema = z
  .partialRecord(
    channel,
    z.strictObject({
      like: channel
        .optional()
        .describe('As on that channel, with its templates, where nothing else is said here'),
      'settle-window': gathering.optional().describe('In place of settings.settle-window'),
      'fragment-window': gathering.optional().describe('In place of settings.fragment-window'),
      'longest-reply': z
        .int()
        .min(20)
        .max(20_000)
        .optional()
        .describe(
          'Characters of a reply, greeting and sign-off included. What is longer is said by the .short of its templates, else a person takes over (failure)',
        ),
      greeting: z.boolean().optional().describe('false: replies do without the template "greeting"'),
      'sign-off': z.boolean().optional().describe('false: replies do without the template "sign-off"'),
      format: z
        .enum(['rich', 'plain'])
        .optional()
        .describe('rich: paragraphs and links, where the desk has them; plain: text alone'),
    }),
  )
  .describe('What is different on a channel; one that is left out is as settings and templates say');

export type ChannelsContent = z.infer<typeof channelsSchema>;
