/** Whose order is it? The address, or the number with the postal code; and nobody learns what is not theirs. */
import type { Plan } from '../../../src/core/policy/plan';
import { Conversation, processing, shop, toms } from './dialogueShop';
import type { LoadedPolicy } from '../../../src/policy/load/loadPolicy';
import { lookUpFacts } from '../../../src/policy/lookUp/lookUp';
import { consult, converse, demo, handOffOf, inputOf, noteOf, order, replyOf, shopOf } from '../support';

beforeAll(shop, 120_000);

const replyIn = (plan: Plan | undefined): string => (plan === undefined ? '' : replyOf(plan).text);

describe('number and postal code', () => {
  test('open the order of another address', async () => {
    const ana = new Conversation([toms]);
    expect(await ana.customer('Where is order 77001?')).toContain('What is its postal code?');
    expect(await ana.customer('2100')).toBe('Order 77001 is in-transit.');
    expect(ana.plans[1]?.facts[0]).toMatchObject({ identity: { proof: 'postal-code' } });
    expect(ana.dialogue.slots['postal-code']).toEqual({ value: '2100', from: 'said', commentId: '2' });
    expect(noteOf(ana.plans[1] ?? raise())).toContain('the requester has given its number and postal code');
  });

  test('are remembered: nobody proves it twice', async () => {
    const ana = new Conversation([toms]);
    await ana.customer('Where is order 77001?');
    await ana.customer('it is 2100 Copenhagen');
    expect(await ana.customer('and where is it now?')).toBe('Order 77001 is in-transit.');
  });

  test('open it for somebody the desk knows nothing of, and for a sender that is not proven', async () => {
    for (const who of [{ email: null }, { trusted: false }]) {
      const someone = new Conversation([toms]);
      expect(await someone.customer('Where is order 77001?', who)).toContain('What is its postal code?');
      expect(await someone.customer('2100', who)).toBe('Order 77001 is in-transit.');
    }
  });

  test.each(['2100', 'DK-2100', 'my postal code is 2100', 'it is 2100 København', '2 100'])(
    'however it is written: %s',
    async (code) => {
      const ana = new Conversation([toms]);
      await ana.customer('Where is order 77001?');
      expect(await ana.customer(code)).toBe('Order 77001 is in-transit.');
    },
  );

  test('prove nothing where the policy takes addresses only', async () => {
    const dialogue = {
      questions: [],
      mismatches: 0,
      slots: { 'postal-code': { value: '2100', from: 'said', commentId: '1' } },
    } as const;
    const said = inputOf({ numbers: ['77001'], dialogue });
    const read = async (policy: LoadedPolicy) =>
      (await lookUpFacts(policy, shopOf(toms), said, new AbortController().signal)).matters[0].lookup.outcome;
    expect(await read({ ...(await demo()), proofs: ['email'] })).toBe('unknown');
    expect(await read(await demo())).toBe('found');
  });

  test('an order without a known postal code is opened by none', async () => {
    const ana = new Conversation([{ ...toms, postalCode: null }]);
    await ana.customer('Where is order 77001?');
    expect(await ana.customer('2100')).not.toContain('in-transit');
  });
});

describe('a mismatch', () => {
  const talk = ['Where is order 77001?', '9999', '77001, postal code 8888'];

  test.each([{}, { email: null }, { trusted: false }])(
    'of somebody else’s order reads to the byte like a number that does not exist: %j',
    async (who) => {
      const theirs = new Conversation([toms, processing]);
      const nobodys = new Conversation([processing]);
      for (const words of talk) {
        await theirs.customer(words, who);
        await nobodys.customer(words, who);
        expect(theirs.plans.at(-1)).toEqual(nobodys.plans.at(-1));
      }
      expect(JSON.stringify(theirs.plans.map(({ actions }) => actions))).not.toMatch(
        /in-transit|Kettle|tom@/,
      );
    },
  );

  test('is counted, by number and by postal code; after the limit a person decides', async () => {
    const eve = new Conversation([toms]);
    const counts: number[] = [];
    for (const words of talk) {
      await eve.customer(words);
      counts.push(eve.dialogue.mismatches);
    }
    expect(counts).toEqual([1, 2, 3]);
    expect(handOffOf(eve.plans.at(-1) ?? raise())?.reason).toBe('identity');
  });

  test('is counted also behind an order of their own', async () => {
    const mine = order();
    const said = (other: string) => ({
      numbers: ['48213', other],
      text: `48213 and ${other}`,
      orders: [mine],
    });
    const plans = await converse(said('77001'), said('77002'), said('77003'));
    expect(plans.map(({ dialogue }) => dialogue.mismatches)).toEqual([1, 2, 3]);
  });

  test('is not counted again while it is only spoken of', async () => {
    const wrong = { numbers: ['99999'], text: 'order 99999' };
    const plans = await converse(
      wrong,
      { text: 'hm', intent: null, confidence: 0.1 },
      { ...wrong, text: '99999 I said' },
    );
    expect(plans.map(({ dialogue }) => dialogue.mismatches)).toEqual([1, 1, 1]);
  });

  test('does not carry an order number into a proposal', async () => {
    const eve = new Conversation([{ ...toms, status: 'processing' }]);
    await eve.customer('Please cancel order 77001');
    await eve.customer('yes, please do');
    await eve.customer('yes');
    expect(eve.plans.every(({ actions }) => actions.every(({ type }) => type !== 'order-action'))).toBe(true);
    expect(replyIn(eve.plans[1])).not.toContain('cancel');
  });
});

describe('the e-mail address', () => {
  test('that the desk knows is known, and not asked for', async () => {
    const ana = new Conversation([]);
    expect(await ana.customer('Can I get an invoice please?')).toBe('The invoice goes to ana@mail.example.');
    expect(ana.dialogue.slots['email']).toEqual({
      value: 'ana@mail.example',
      from: 'known',
      commentId: null,
    });
    expect(noteOf(ana.plans[0] ?? raise())).not.toMatch(/mail\.example/);
  });

  test('of a sender that is not proven is asked for, and what they tell proves nothing', async () => {
    const someone = new Conversation([processing]);
    const who = { trusted: false };
    expect(await someone.customer('Can I get an invoice please?', who)).toBe('Where shall I send it?');
    expect(await someone.customer('dunno', who)).toBe('Where shall I send it?');
    expect(await someone.customer('Ana@Mail.Example, thanks', who)).toBe(
      'The invoice goes to ana@mail.example.',
    );
    expect(someone.dialogue.slots['email']).toMatchObject({ from: 'said', commentId: '3' });
    expect(await someone.customer('Where is order 48213?', who)).toContain('postal code');
  });

  test('that is in no rule is in no dialogue', async () => {
    expect(Object.keys((await consult({}, order())).dialogue.slots)).toEqual(['language']);
  });
});

function raise(): never {
  throw new Error('there is no such turn');
}
