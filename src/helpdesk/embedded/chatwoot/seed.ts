/** Who is there when the embedded Chatwoot starts for the first time: a bot, three agents, three teams, no conversations. */
import { demoTeam, groupNames } from '../common/demoTeam';
import type { RecordStore } from '../common/recordStore';
import type { Tables } from './records';

/** Does nothing when the desk has people already. */
export async function seedDesk(store: RecordStore, tables: Tables): Promise<void> {
  if (tables.users.records.size > 0) return;
  await store.write((tx) => {
    const people = demoTeam.map((person) => ({ ...person, id: tx.next('user', 101) }));
    for (const { id, name, email } of people) tx.put(tables.users, { id, name, email, role: 'agent' });
    for (const group of groupNames) {
      const members = people.filter(({ groups }) => groups.includes(group)).map(({ id }) => id);
      // Chatwoot keeps a team's name in small letters: app/models/team.rb
      const name = group.toLowerCase();
      tx.put(tables.teams, { id: tx.next('team', 11), name, member_ids: members });
    }
  });
}
