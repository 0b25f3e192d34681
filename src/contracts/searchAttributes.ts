/** What tickets can be searched and listed by, in the Temporal Web UI and in the API. No personal data here. */
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

export const deskKey = defineSearchAttributeKey('DeskhandDesk', SearchAttributeType.KEYWORD);
export const stageKey = defineSearchAttributeKey('DeskhandStage', SearchAttributeType.KEYWORD);
export const intentKey = defineSearchAttributeKey('DeskhandIntent', SearchAttributeType.KEYWORD);
export const priorityKey = defineSearchAttributeKey('DeskhandPriority', SearchAttributeType.KEYWORD);
export const handOffReasonKey = defineSearchAttributeKey(
  'DeskhandHandOffReason',
  SearchAttributeType.KEYWORD,
);

export const searchAttributeKeys = [deskKey, stageKey, intentKey, priorityKey, handOffReasonKey] as const;
