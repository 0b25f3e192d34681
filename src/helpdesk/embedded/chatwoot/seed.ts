/** Who is there when the embedded Chatwoot starts for the first time: a bot, three agents, three teams, no conversations. */
import type { RecordStore } from '../common/recordStore';
import type { Tables, User } from './records';

export const botEmail = 'deskhand@demo-shop.example';
/** Chatwoot keeps a team's name in small letters: app/models/team.rb */
const teamNames = ['support', 'tier 2', 'billing'] as const;

const staff: readonly { name: string; email: string; teams: readonly (typeof teamNames)[number][] }[] = [
  { name: 'Deskhand', email: botEmail, teams: ['support'] },
  { name: 'Nora Lind', email: 'nora@demo-shop.example', teams: ['support', 'tier 2'] },
  { name: 'Tomas Reyes', email: 'tomas@demo-shop.example', teams: ['support', 'billing'] },
  { name: 'Ada Moreno', email: 'ada@demo-shop.example', teams: ['support', 'tier 2', 'billing'] },
];

/** Does nothing when the desk has people already. */
export async function seedDesk(store: RecordStore, tables: Tables): Promise<void> {
  if (tables.users.records.size > 0) return;
  await store.write((tx) => {
    const people = staff.map((person) => ({ ...person, id: tx.next('user', 101) }));
    for (const { id, name, email } of people) tx.put(tables.users, { id, name, email, role: 'agent' });
    for (const name of teamNames) {
      const members = people.filter(({ teams }) => teams.includes(name));
      tx.put(tables.teams, { id: tx.next('team', 11), name, member_ids: members.map(({ id }) => id) });
    }
  });
}

export function botOf(tables: Tables): User {
  const bot = [...tables.users.records.values()].find(({ email }) => email === botEmail);
  if (bot === undefined) throw new Error('the embedded desk has no bot');
  return bot;
}
