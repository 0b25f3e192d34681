/** A ticket that was merged into another one: it is read as such, and what was open on it is told where it goes on. */
import { tellMergeTarget } from '../../../activities/tellMergeTarget';
import { anyCall, DeskInUse, type DeskUnderTest } from './deskUnderTest';

const followUp = (key: string) => ({
  ...{ key, note: 'Its customer waits for an answer.', group: 'Billing', tags: ['deskhand_handed_off'] },
});

export function merged(tested: DeskUnderTest): void {
  const at = new DeskInUse(tested);
  const tell = (into: string, key: string) => tellMergeTarget(at.desk.open(), into, followUp(key), anyCall());
  /** False: such a desk merges nothing, and there is nothing to keep. */
  async function merge(ticketId: string, into: string): Promise<boolean> {
    await at.desk.merge?.(ticketId, into);
    return at.desk.merge !== undefined;
  }

  test('says where it goes on; its notice is nobody’s answer, and its question is as it was', async () => {
    const [away, into] = [await at.asks('Where is it?'), await at.asks('My parcel?')];
    if (!(await merge(away, into))) return;
    const ticket = await at.read(away);
    expect(ticket.mergedInto).toBe(into);
    expect(ticket.comments.map(({ author }) => author)).toEqual(['requester', 'system']);
    expect(await at.read(into)).not.toHaveProperty('mergedInto');
  });

  test('a ticket that was closed another way was merged nowhere, whatever number stands in it', async () => {
    const ticketId = await at.asks('Where is #48213?');
    const comment = { body: 'Merged two parcels, see #7 and ticket 8.', public: false };
    await at.people.agentActs(ticketId, 'Nora Lind', { comment, status: 'closed' });
    expect(await at.read(ticketId)).not.toHaveProperty('mergedInto');
  });

  test('its open question is told on the other one, once, and that one is opened for people', async () => {
    const [away, into] = [await at.asks('Where is it?'), await at.asks('My parcel?')];
    await at.people.agentActs(into, 'Nora Lind', { status: 'solved' });
    for (let time = 0; time < 2; time += 1) {
      expect(await tell(into, `${away}/0/follow-up`)).toEqual({ ticketId: into });
    }
    expect(await at.ours(into)).toEqual(['Its customer waits for an answer.']);
    expect(await at.read(into)).toMatchObject({
      ...{ status: 'open', tags: ['deskhand_handed_off'], groupId: String(at.people.groupId('Billing')) },
    });
  });

  test('whoever has the other one keeps it', async () => {
    const into = await at.asks('My parcel?');
    const nora = at.people.agentId('Nora Lind');
    await at.people.agentActs(into, 'Nora Lind', { assigneeId: nora, groupId: at.people.groupId('Support') });
    await tell(into, `${into}/0/follow-up`);
    expect(await at.read(into)).toMatchObject({
      assignee: { id: String(nora) },
      groupId: String(at.people.groupId('Support')),
    });
    expect(await at.ours(into)).toHaveLength(1);
  });

  test('one that was merged on itself is told where all of it goes on', async () => {
    const [into, last] = [await at.asks('My parcel?'), await at.asks('Hello?')];
    if (!(await merge(into, last))) return;
    expect(await tell(into, `${into}/0/follow-up`)).toEqual({ ticketId: last });
    expect(await at.ours(last)).toContain('Its customer waits for an answer.');
  });

  test('one that is closed by now is followed, as any closed ticket is', async () => {
    const into = await at.asks('My parcel?');
    await at.people.agentActs(into, 'Nora Lind', { status: 'closed' });
    const { ticketId } = await tell(into, `${into}/0/follow-up`);
    expect(ticketId === into).toBe(!at.desk.abilities.closedForGood);
    expect(await at.ours(ticketId)).toEqual(['Its customer waits for an answer.']);
  });

  test('one that is gone is said to be', async () => {
    await expect(tell('999999', 'k/follow-up')).rejects.toMatchObject({ kind: 'ticket-not-found' });
  });
}
