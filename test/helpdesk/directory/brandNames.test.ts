/** The name of a ticket's brand: what it costs the account, and what happens where the desk does not tell it. */
import { createBrandNames, type NamedBrand } from '../../../src/helpdesk/directory/brandNames';
import { RemoteFailure } from '../../../src/remote/failures';
import { anyCall } from '../contract/deskUnderTest';

const acme = { id: '1', name: 'Acme' };
const bravo = { id: '2', name: ' Bravo ' };

let now = 0;
let there: readonly NamedBrand[] | RemoteFailure;
let asked: number;
beforeEach(() => {
  now = 0;
  there = [acme, bravo];
  asked = 0;
});

function names(areNeeded = false) {
  return createBrandNames({
    list: () => {
      asked += 1;
      return there instanceof RemoteFailure ? Promise.reject(there) : Promise.resolve(there);
    },
    areNeeded,
    deskName: 'Zendesk',
    clock: () => now,
  });
}
const refused = (status: number) =>
  new RemoteFailure('unauthorized', `answered ${status}`, { retryable: true, status });

test('is asked for once, whatever the number of tickets and brands', async () => {
  const known = names();
  const ids = ['1', '2', '1', '2'];
  const brands: unknown[] = [];
  for (const id of ids) brands.push((await known.brandOf(id, anyCall())).brand);
  expect(brands).toEqual(['Acme', 'Bravo', 'Acme', 'Bravo']);
  expect(asked).toBe(1);
});

test.each([null, undefined])('a ticket without a brand (%s) costs nothing', async (id) => {
  expect(await names(true).brandOf(id, anyCall())).toEqual({});
  expect(asked).toBe(0);
});

test('another name of a brand is noticed after ten minutes', async () => {
  const known = names();
  await known.brandOf('1', anyCall());
  there = [{ id: '1', name: 'Acme & Sons' }, bravo];
  now = 9 * 60_000;
  expect(await known.brandOf('1', anyCall())).toEqual({ brand: 'Acme' });
  now = 11 * 60_000;
  expect(await known.brandOf('1', anyCall())).toEqual({ brand: 'Acme & Sons' });
});

test('an account with one brand is asked no more than once, ever', async () => {
  there = [acme];
  const known = names();
  for (now = 0; now < 86_400_000; now += 3_600_000) await known.brandOf('1', anyCall());
  expect(asked).toBe(1);
});

describe('where no brand has a policy of its own', () => {
  test.each([403, 404])('who may not list them (%d) reads the ticket as one without', async (status) => {
    there = refused(status);
    const known = names();
    expect(await known.brandOf('1', anyCall())).toEqual({});
    expect(await known.brandOf('1', anyCall())).toEqual({});
    expect(asked).toBe(1);
    // The right was given meanwhile.
    there = [acme];
    now = 11 * 60_000;
    expect(await known.brandOf('1', anyCall())).toEqual({ brand: 'Acme' });
  });

  test('a brand that is not listed costs a request now and then, and not one a ticket', async () => {
    const known = names();
    for (let look = 0; look < 5; look += 1) expect(await known.brandOf('9', anyCall())).toEqual({});
    expect(asked).toBe(1);
    now = 11 * 60_000;
    await known.brandOf('9', anyCall());
    expect(asked).toBe(2);
  });

  test('an outage of the desk is one, and the step is tried again', async () => {
    there = new RemoteFailure('unavailable', 'answered 503', { retryable: true, status: 503 });
    await expect(names().brandOf('1', anyCall())).rejects.toBe(there);
  });
});

describe('where brands have policies of their own, nobody is answered by another one', () => {
  test.each([403, 404])(
    'who may not list them (%d) reads no ticket: the account has to be mended',
    async (status) => {
      there = refused(status);
      await expect(names(true).brandOf('1', anyCall())).rejects.toBe(there);
    },
  );

  test('a brand without a name is a failure that names it, and no attempt mends', async () => {
    await expect(names(true).brandOf('9', anyCall())).rejects.toMatchObject({
      kind: 'rejected',
      retryable: false,
      message: "Zendesk does not tell the name of the ticket's brand (9)",
    });
  });

  test('a brand that was just added is found at once', async () => {
    const known = names(true);
    await known.brandOf('1', anyCall());
    there = [acme, bravo, { id: '3', name: 'Cedar' }];
    expect(await known.brandOf('3', anyCall())).toEqual({ brand: 'Cedar' });
    expect(asked).toBe(2);
  });

  test.each(['', '  '])('a name of nothing but blanks (%j) is none', async (name) => {
    there = [{ id: '1', name }, bravo];
    await expect(names(true).brandOf('1', anyCall())).rejects.toThrow('does not tell the name');
    expect(await names(false).brandOf('1', anyCall())).toEqual({});
  });
});

test('all of them are asked for each time: somebody wants to know how it is now', async () => {
  const known = names();
  await known.all(anyCall());
  expect(await known.all(anyCall())).toEqual(['Acme', ' Bravo ']);
  expect(asked).toBe(2);
});
