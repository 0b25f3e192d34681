/** Who is there when the desk starts for the first time: a bot, two agents, an admin, three groups, two fields, no tickets. */
import { botEmail, demoTeam, groupNames, type GroupName } from '../../common/demoTeam';
import { zendeskTime, type TicketField } from './records';
import type { DeskStore } from './store';

export const account = { id: '4242', subdomain: 'demo' };

/** The bot, because Zendesk gives incremental exports to admins only, and somebody who works there. */
const admins: readonly string[] = [botEmail, 'ada@demo-shop.example'];

/** To try `set-field` with. */
const fields: readonly Pick<TicketField, 'type' | 'title'>[] = [
  { type: 'text', title: 'Order number' },
  { type: 'tagger', title: 'Contact reason' },
];
const reasons = ['delivery', 'return', 'refund', 'other'] as const;

/** Does nothing when the desk has people already. */
export async function seedDesk(store: DeskStore, now: number): Promise<void> {
  if (store.users.size > 0) return;
  const times = { created_at: zendeskTime(now), updated_at: zendeskTime(now) };
  await store.write((tx) => {
    const groups = new Map<GroupName, number>();
    for (const name of groupNames) {
      const id = tx.next('record');
      groups.set(name, id);
      tx.put('groups', { id, name, ...times });
    }
    for (const { groups: memberOf, ...person } of demoTeam) {
      const userId = tx.next('record');
      const role = admins.includes(person.email) ? 'admin' : 'agent';
      tx.putUser({ id: userId, ...person, role, locale: 'en-US', ...times });
      memberOf.forEach((name, index) => {
        const groupId = groups.get(name);
        if (groupId === undefined) return;
        const membership = { user_id: userId, group_id: groupId, default: index === 0 };
        tx.put('memberships', { id: tx.next('record'), ...membership, ...times });
      });
    }
    for (const { type, title } of fields) {
      const options = type === 'tagger' ? reasons : [];
      tx.put('ticketFields', {
        id: tx.next('record'),
        ...{ type, title, description: '', agent_description: null, active: true },
        ...{ regexp_for_validation: null, tag: null },
        custom_field_options: options.map((name) => ({
          ...{ id: tx.next('record'), name: name.charAt(0).toUpperCase() + name.slice(1) },
          value: `reason_${name}`,
        })),
        ...times,
      });
    }
  });
}
