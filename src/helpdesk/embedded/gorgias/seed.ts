/** Who is there when the embedded Gorgias starts for the first time: a bot, three agents, three teams, no tickets. */
import type { RecordStore } from '../common/recordStore';
import { gorgiasTime, type Tables, type User } from './records';

export const botEmail = 'deskhand@demo-shop.example';
const teams = ['Support', 'Tier 2', 'Billing'] as const;
type TeamName = (typeof teams)[number];

const staff: readonly { name: string; email: string; teams: readonly TeamName[] }[] = [
  { name: 'Deskhand', email: botEmail, teams: ['Support'] },
  { name: 'Nora Lind', email: 'nora@demo-shop.example', teams: ['Support', 'Tier 2'] },
  { name: 'Tomas Reyes', email: 'tomas@demo-shop.example', teams: ['Support', 'Billing'] },
  { name: 'Ada Moreno', email: 'ada@demo-shop.example', teams: ['Support', 'Tier 2', 'Billing'] },
];

/** Does nothing when the desk has people already. */
export async function seedDesk(store: RecordStore, tables: Tables, now: number): Promise<void> {
  if (tables.users.records.size > 0) return;
  const at = gorgiasTime(now);
  await store.write((tx) => {
    const members = new Map<TeamName, number[]>(teams.map((name) => [name, []]));
    for (const { name, email, teams: own } of staff) {
      const id = tx.next('user', 5001);
      tx.put(tables.users, { id, name, email, active: true, role: 'agent', created_datetime: at });
      for (const team of own) members.get(team)?.push(id);
    }
    for (const [name, ids] of members) {
      tx.put(tables.teams, { id: tx.next('team', 61), name, member_ids: ids, created_datetime: at });
    }
  });
}

export function botOf(tables: Tables): User {
  const bot = [...tables.users.records.values()].find(({ email }) => email === botEmail);
  if (bot === undefined) throw new Error('the embedded desk has no bot');
  return bot;
}
