/** By which brand a ticket came, so that each may have a policy of its own: docs/brands.md. */
import { anyCall, DeskInUse, note, type DeskUnderTest } from './deskUnderTest';

export function brands(tested: DeskUnderTest): void {
  const at = new DeskInUse(tested);
  const ticketOf = (name: string) => at.desk.brands.ticketOf(at.people, name);
  const refuse = (status: number) =>
    at.desk.faults.add({ route: at.desk.brands.route, fault: { type: 'status', status } });

  test('a ticket is read with the name of its brand, which is asked for once', async () => {
    const [first, second] = at.desk.brands.names;
    const [ofFirst, ofSecond] = [await ticketOf(first), await ticketOf(second)];
    const adapter = at.desk.open();
    expect((await adapter.fetchTicket(ofFirst, anyCall())).brand).toBe(first);
    refuse(503);
    expect((await adapter.fetchTicket(ofSecond, anyCall())).brand).toBe(second);
    expect((await adapter.fetchTicket(ofFirst, anyCall())).brand).toBe(first);
  });

  test('it stays what it is when Deskhand has written', async () => {
    const [, second] = at.desk.brands.names;
    const ticketId = await ticketOf(second);
    await at.apply(ticketId, [note('k/note')]);
    expect((await at.read(ticketId)).brand).toBe(second);
  });

  test('all of them are told to whoever compares the settings', async () => {
    await ticketOf(at.desk.brands.names[1]);
    const told = await at.desk.open().brandNames?.(anyCall());
    expect(told).toEqual(expect.arrayContaining([...at.desk.brands.names]));
  });

  test('where they may not be listed, a ticket is read without one, unless brands have policies of their own', async () => {
    const ticketId = await ticketOf(at.desk.brands.names[0]);
    refuse(403);
    expect(await at.read(ticketId)).not.toHaveProperty('brand');
    const needed = at.desk.open({ brandsAreNeeded: true }).fetchTicket(ticketId, anyCall());
    await expect(needed).rejects.toMatchObject({ kind: 'unauthorized' });
  });
}
