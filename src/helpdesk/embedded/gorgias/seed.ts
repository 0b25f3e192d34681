/** Who is there when the embedded Gorgias starts for the first time: a bot, three agents, three teams, no tickets. */
import { demoTeam, groupNames, type GroupName } from '../common/demoTeam';
import type { RecordStore } from '../common/recordStore';
import { gorgiasTime, type Tables } from './records';

/** Does nothing when the desk has people already. */
export async function seedDesk(store: RecordStore, tables: Tables, now: number): Promise<void> {
  if (tables.users.records.size > 0) return;
  const at = gorgiasTime(now);
  await store.write((tx) => {
    const members = new Map<GroupName, number[]>(groupNames.map((name) => [name, []]));
    for (const { name, email, groups } of demoTeam) {
      const id = tx.next('user', 5001);
      tx.put(tables.users, { id, name, email, active: true, role: 'agent', created_datetime: at });
      for (const group of groups) members.get(group)?.push(id);
    }
    for (const [name, ids] of members) {
      tx.put(tables.teams, { id: tx.next('team', 61), name, member_ids: ids, created_datetime: at });
    }
  });
}
