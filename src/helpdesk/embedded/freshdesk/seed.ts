/** Who is there when the embedded Freshdesk starts for the first time: a bot, three agents, three groups, two products, no tickets. */
import { demoTeam, groupNames, type GroupName } from '../common/demoTeam';
import type { RecordStore } from '../common/recordStore';
import { freshdeskTime, type Tables } from './records';
import { addPerson } from './ticketChanges';

const firstGroupId = 60_000_000_001;

const firstProductId = 70_000_000_001;
/** Freshdesk makes them on its pages only; tickets have none unless they are given one. */
const productNames = ['Demo Shop', 'Coffee Club'] as const;

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
    for (const { name, email, groups } of demoTeam) {
      const groupIds = groups.flatMap((group) => ids.get(group) ?? []);
      const agent = { type: 'support_agent' as const, group_ids: groupIds, deactivated: false };
      addPerson(tx, tables, { name, email, agent }, now);
    }
  });
}
