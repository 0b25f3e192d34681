/** The tags that Deskhand sets by itself: views, triggers and reports of a desk are built on them. */
export const answeredTag = 'deskhand_answered';
export const handedOffTag = 'deskhand_handed_off';
/** A draft waits for approval. */
export const approvalTag = 'deskhand_approval';
/** Set by an agent: the draft that waits is sent. It is taken away again. */
export const sendTag = 'deskhand_send';
/** Set by people: whoever sets it has the ticket; the bot has it again. Each counts once, from when it is first seen. */
export const takeOverTag = 'deskhand_take_over';
export const handBackTag = 'deskhand_hand_back';
/** The customer was written to again after some silence. */
export const followedUpTag = 'deskhand_followed_up';
/** The customer has rated the ticket, badly. A policy may name another one. */
export const badRatingTag = 'deskhand_bad_rating';
/** A machine has written on it, and was not answered. It stays, for views. */
export const automaticTag = 'deskhand_automatic';
/** On the ticket that follows a closed one. */
export const followUpTicketTag = 'deskhand_follow_up';
/** The rungs of the default settings' ladder; a policy names its own. */
export const escalatedTag = 'deskhand_escalated';
export const escalatedAgainTag = 'deskhand_escalated_again';
/** They tell what was done on a ticket, and are not true of one that follows it. */
export const deedTags: readonly string[] = [
  ...[answeredTag, handedOffTag, approvalTag, sendTag, followedUpTag],
  ...[escalatedTag, escalatedAgainTag, takeOverTag, handBackTag],
];
/** What is promised to the customer is due soon, or was not kept. They stay: views and reports count them. */
export const slaWarningTag = 'deskhand_sla_warning';
export const slaBreachedTag = 'deskhand_sla_breached';
