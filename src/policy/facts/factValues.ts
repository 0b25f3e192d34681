/** Facts that are one of a few words: a condition that compares them with another word can never hold. */
import { orderActionTypes } from '../../core/orders/orderAction';
import { messageSignals } from '../../core/conversation/understanding';
import { channels } from '../../core/ticket/channel';
import { priorities, ratingScores } from '../../core/ticket/ticket';
import { orderStatuses, parcelStatuses } from '../../orders/port';
import { lookUpOutcomes } from './facts';
import { askSlots } from '../schema';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** By the path of the fact, or of the entry's type; `intent` is the policy's own. "" is allowed where text can be absent. */
export const factValues: Readonly<Record<string, readonly string[]>> = {
  signals: messageSignals,
  'ticket.channel': channels,
  'ticket.priority': [...priorities, ''],
  'ticket.rating': [...ratingScores, ''],
  'done.thisOrder': orderActionTypes,
  'done.anyOrder': orderActionTypes,
  'order.status': [...orderStatuses, ''],
  'order.can': orderActionTypes,
  'lookup.outcome': lookUpOutcomes,
  'question.slot': [...askSlots, 'confirmation', ''],
  'question.answer': ['yes', 'no', ''],
  'identity.proof': ['email', 'postal-code', 'mailed-code', ''],
  'clock.weekday': weekdays,
  'Parcel.status': parcelStatuses,
  'OrderBrief.status': orderStatuses,
};
