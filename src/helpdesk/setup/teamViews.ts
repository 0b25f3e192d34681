/** What a team wants to see at a glance of what Deskhand does, by the tags that it sets. */
import { approvalTag, handedOffTag, slaBreachedTag } from '../../core/ticket/tags';

export interface TeamView {
  readonly mark: string;
  readonly title: string;
  readonly about: string;
  readonly tag: string;
}

export const teamViews: readonly TeamView[] = [
  {
    mark: 'view-handed-over',
    title: 'Handed over by Deskhand',
    about: 'A person goes on here.',
    tag: handedOffTag,
  },
  {
    mark: 'view-drafts',
    title: 'Drafts of Deskhand waiting',
    about: 'A draft waits for approval.',
    tag: approvalTag,
  },
  {
    mark: 'view-late',
    title: 'Late, says Deskhand',
    about: 'A time that was promised to the customer has passed.',
    tag: slaBreachedTag,
  },
];
