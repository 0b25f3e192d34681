/** How a ticket came in: one list of words for all desks, and what earlier versions have called them. */
import { channelOf, channels } from '../../../src/core/ticket/channel';

test.each([...channels])('%s is itself', (channel) => {
  expect(channelOf(channel)).toBe(channel);
});

test.each([
  ['web', 'form'],
  ['whatsapp', 'messaging'],
  ['twitter', 'social'],
  ['facebook', 'social'],
  ['unknown', 'other'],
  ['source-101', 'other'],
  ['', 'other'],
  ['Chat', 'other'],
  ['constructor', 'other'],
])('an earlier version read "%s", which is %s', (word, channel) => {
  expect(channelOf(word)).toBe(channel);
});
