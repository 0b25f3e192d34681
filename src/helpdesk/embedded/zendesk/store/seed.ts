/** Who is there when the desk starts for the first time: a bot, two agents, an admin, three groups, two fields, no tickets. */
import { zendeskTime, type TicketField, type User } from './records';
import type { DeskStore } from './store';

export const account = { id: '4242', subdomain: 'demo' };
/** Whose token the credentials hold. An admin, because Zendesk gives incremental exports to admins only. */
export const botEmail = 'deskhand@demo-shop.example';

const groupNames = ['Support', 'Tier 2', 'Billing'] as const;
type GroupName = (typeof groupNames)[number];

/** The first group is the default one. */
const staff: readonly { name: string; email: string; role: User['role']; groups: readonly GroupName[] }[] = [
  { name: 'Deskhand', email: botEmail, role: 'admin', groups: ['Support'] },
  { name: 'Nora Lind', email: 'nora@demo-shop.example', role: 'agent', groups: ['Support', 'Tier 2'] },
  { name: 'Tomas Reyes', email: 'tomas@demo-shop.example', role: 'agent', groups: ['Billing', 'Support'] },
  {
    name: 'Ada Moreno',
    email: 'ada@demo-shop.example',
    role: 'admin',
    groups: ['Support', 'Tier 2', 'Billing'],
  },
];

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
    for (const { groups: memberOf, ...person } of staff) {
      const userId = tx.next('record');
      tx.putUser({ id: userId, ...person, locale: 'en-US', ...times });
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
        ...{ type, title, active: true, regexp_for_validation: null, tag: null },
        custom_field_options: options.map((name) => ({
          ...{ id: tx.next('record'), name: name.charAt(0).toUpperCase() + name.slice(1) },
          value: `reason_${name}`,
        })),
        ...times,
      });
    }
  });
}
