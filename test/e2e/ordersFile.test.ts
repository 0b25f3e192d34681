/** The demo shop's orders are a file that people edit: while it is broken, customers wait; nobody is told nonsense. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Deskhand } from '../support/deskhand';
import { until } from '../support/until';

it('orders that cannot be read for as long as a step may take: people hear what to mend', async () => {
  const deskhand = await Deskhand.start({ settings: { stepBudgetMs: 3_000 } });
  try {
    await writeFile(path.join(deskhand.folder, 'orders.json'), '{ "orders": [ }');
    const ticketId = await deskhand.ask('Where is my order?');
    const view = await deskhand.untilStage(ticketId, 'handed-off');
    expect(view.handOff?.reason).toBe('failure');
    const words = /gave up: .*orders\.json.* is not JSON\. Mend it, or delete the file: .*[^.]\.$/m;
    await until('people to be told what to mend', async () => {
      const noted = (await deskhand.notes(ticketId)).some(({ text }) => words.test(text));
      return noted && deskhand.notices.some(({ what }) => words.test(what)) ? true : null;
    });
    expect(await deskhand.publicReplies(ticketId)).toHaveLength(0);
  } finally {
    await deskhand.stop();
  }
});
