/** Who is there when the embedded Freshdesk starts for the first time: a bot, three agents, three groups, two products, no tickets. */
import type { RecordStore } from '../common/recordStore';
import { freshdeskTime, type Person, type Tables } from './records';
import { addPerson } from './ticketChanges';

export const botEmail = 'deskhand@demo-shop.example';
const firstGroupId = 60_000_000_001;
const groupNames = ['Support', 'Tier 2', 'Billing'] as const;
type GroupName = (typeof groupNames)[number];

const firstProductId = 70_000_000_001;
/** Freshdesk makes them on its pages only; tickets have none unless they are given one. */
const productNames = ['Demo Shop', 'Coffee Club'] as const;

const staff: readonly { name: string; email: string; groups: readonly GroupName[] }[] = [
  { name: 'Deskhand', email: botEmail, groups: ['Support'] },
  { name: 'Nora Lind', email: 'nora@demo-shop.example', groups: ['Support', 'Tier 2'] },
  { name: 'Tomas Reyes', email: 'tomas@demo-shop.example', groups: ['Support', 'Billing'] },
  { name: 'Ada Moreno', email: 'ada@demo-shop.example', groups: ['Support', 'Tier 2', 'Billing'] },
];

/** Does nothing when the desk has people already. */
export async function seedDesk(store: RecordStore, tables: Tables, now: number): Promise<void> {
  if (tables.people.records.size > 0) return;
  const at = freshdeskTime(now);
  await store.write((tx) => {
    const ids = new Map<GroupName, number>();
    for (const name of groupNames) {
      const id = tx.next('group', firstGroupId);
      ids.set(name, id);
      tx.put(tables.groups, { id, name, description: '', created_at: at, updated_at: at });
    }
    for (const name of productNames) {
      const id = tx.next('product', firstProductId);
      tx.put(tables.products, { id, name, description: '', created_at: at, updated_at: at });
    }
    for (const { name, email, groups } of staff) {
      const groupIds = groups.flatMap((group) => ids.get(group) ?? []);
      const agent = { type: 'support_agent' as const, group_ids: groupIds, deactivated: false };
      addPerson(tx, tables, { name, email, agent }, now);
    }
  });
}

export function botOf(tables: Tables): Person {
  const bot = [...tables.people.records.values()].find(({ email }) => email === botEmail);
  if (bot === undefined) throw new Error('the embedded desk has no bot');
  return bot;
}
