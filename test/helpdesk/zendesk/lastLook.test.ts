/** Who writes is asked once more right before each try: what was read a moment ago may not hold any more. */
import { plainUpdate } from '../../../src/core/ticket/update';
import { AdapterAtZendesk } from './adapterAtZendesk';
import { anyCall } from './wire';

let at: AdapterAtZendesk;
beforeAll(async () => {
  at = await AdapterAtZendesk.start();
});
afterAll(() => at.double.stop());

it('it is asked anew for each try at a ticket that has changed in between', async () => {
  const { ticketId } = await at.people.customerOpens('Where is my order?');
  const note = plainUpdate('k/note', { comment: { public: false, text: 'By rule order-late.', html: null } });
  let asked = 0;
  const beforeWriting = async (): Promise<void> => {
    asked += 1;
    if (asked > 1) return;
    // A second later, by the desk's whole seconds: the stamp that was read no longer holds.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await at.people.agentActs(ticketId, 'Nora Lind', { tags: ['touched'] });
  };
  await at.open().applyUpdates(ticketId, [note], { kind: 'any' }, { ...anyCall(), beforeWriting });
  expect(asked).toBe(2);
  const { comments } = await at.open().fetchTicket(ticketId, anyCall());
  expect(comments.filter(({ author }) => author === 'bot')).toHaveLength(1);
});
