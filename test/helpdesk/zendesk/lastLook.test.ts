/** Who writes is asked once more right before each try: what was read a moment ago may not hold any more. */
import { plainUpdate } from '../../../src/core/ticket/update';
import { openDeskWithPeople, type DeskWithPeople } from './deskWithPeople';
import { anyCall } from './wire';

let people: DeskWithPeople;
beforeAll(async () => {
  people = await openDeskWithPeople();
});
afterAll(() => people.close());

it('it is asked anew for each try at a ticket that has changed in between', async () => {
  const { ticketId } = await people.customerOpens('Where is my order?');
  const note = plainUpdate('k/note', { comment: { public: false, text: 'By rule order-late.', html: null } });
  let asked = 0;
  const beforeWriting = async (): Promise<void> => {
    asked += 1;
    if (asked > 1) return;
    // A second later, by the desk's whole seconds: the stamp that was read no longer holds.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await people.agentActs(ticketId, 'Nora Lind', { tags: ['touched'] });
  };
  await people.open().applyUpdates(ticketId, [note], { kind: 'any' }, { ...anyCall(), beforeWriting });
  expect(asked).toBe(2);
  const { comments } = await people.open().fetchTicket(ticketId, anyCall());
  expect(comments.filter(({ author }) => author === 'bot')).toHaveLength(1);
});
