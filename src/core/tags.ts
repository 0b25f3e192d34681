/** The tags that Deskhand sets by itself: views, triggers and reports of a desk are built on them. */
export const answeredTag = 'deskhand_answered';
export const handedOffTag = 'deskhand_handed_off';
/** A draft waits for approval. */
export const approvalTag = 'deskhand_approval';
/** The customer was written to again after some silence. */
export const followedUpTag = 'deskhand_followed_up';
/** On the ticket that follows a closed one. */
export const followUpTicketTag = 'deskhand_follow_up';
/** The rungs of the default settings' ladder; a policy names its own. */
export const escalatedTag = 'deskhand_escalated';
export const escalatedAgainTag = 'deskhand_escalated_again';
