/** Several policies in one engine: each ticket by its own, and by nobody else's where that one is gone. */
import { readUnderPolicy } from '../../activities/readUnderPolicy';
import type { PolicySettings } from '../../src/core/policy/plan';
import type { DeskTicket } from '../../src/helpdesk/port';
import { policyNamed, PolicyGoneError } from '../../activities/policyNamed';
import { loadPolicy } from '../../src/policy/load/loadPolicy';
import type { PolicyProcessor } from '../../src/policy/port';
import type { LoadedPolicy } from '../../src/policy/policy';
import { createPolicyProcessor } from '../../src/policy/processor';
import { withSettings } from '../../src/policy/withSettings';
import { withSmallPolicy, type Edits } from '../policy/smallPolicy';
import { inputOf, noteOf, order, replyOf, shopOf } from '../policy/support';

const never = new AbortController().signal;
const stranger = { name: null, locale: null, language: null };

async function shop(name: string, edits: Edits = {}): Promise<LoadedPolicy> {
  return withSmallPolicy(
    {
      'templates/en.yaml': (text) => text.replace('is on its way', `is on its way, says ${name}`),
      ...edits,
    },
    loadPolicy,
  );
}

let everybodys: PolicyProcessor;
let acme: PolicyProcessor;
let served: PolicyProcessor;
let acmes: LoadedPolicy;
beforeAll(async () => {
  acmes = await shop('Acme', {
    'policy.yaml': (text) =>
      `${text.replace('hand-off-group: Support', 'hand-off-group: Acme care')}mode: { default: draft }\nhours: { week: { weekdays: 09:00-17:00 } }\nsla:\n  - { tier: all, first-reply: { within: 1h } }\n`,
  });
  everybodys = createPolicyProcessor(await shop('everybody'), shopOf(order()));
  acme = createPolicyProcessor(acmes, shopOf(order()), { name: 'acme' });
  served = {
    ...everybodys,
    brands: {
      nameFor: (brand) => (brand === 'Acme' ? 'acme' : undefined),
      named: (name) => (name === 'acme' ? acme : undefined),
    },
  };
});

const consult = (policy: string | undefined, brand = 'Acme') =>
  policyNamed(served, policy).consult(
    { ...inputOf({ numbers: ['48213'] }), brand, ...(policy === undefined ? {} : { policy }) },
    never,
  );

describe('a policy that is named', () => {
  test('decides, in its own words, and its plan and its note say which it is', async () => {
    const plan = await consult('acme');
    expect(replyOf(plan).text).toContain('says Acme');
    expect(plan.settings.policy).toBe('acme');
    expect(noteOf(plan)).toContain(`policy acme ${acmes.version}.`);
  });

  test('brings its own settings, hours, promises and modes', async () => {
    const named = policyNamed(served, 'acme');
    const about = () => Promise.resolve({ ...ticketOf('Acme'), intent: null, language: null });
    const settings = await named.settingsOf(null, Date.parse('2026-11-25T10:00:00Z'), about);
    expect(settings).toMatchObject({ policy: 'acme', handOffGroup: 'Acme care', sla: { tier: 'all' } });
    expect(settings.hours).toBeDefined();
    expect(await named.modes()).toEqual({ company: 'draft', intents: {} });
    expect(await served.modes()).toEqual({ company: 'auto', intents: {} });
  });

  test('is none: the one of all others, whose plans say nothing of names', async () => {
    const plan = await consult(undefined);
    expect(replyOf(plan).text).toContain('says everybody');
    expect(plan.settings).not.toHaveProperty('policy');
    expect(noteOf(plan)).not.toContain('acme');
  });

  test('keeps what is set beside it, as the one of all others does', async () => {
    const changed = withSettings(served, { settleMs: 7 });
    expect((await policyNamed(changed, 'acme').settingsOf(null)).settleMs).toBe(7);
    expect((await policyNamed(changed, undefined).settingsOf(null)).settleMs).toBe(7);
    expect(changed.brands?.nameFor('Acme')).toBe('acme');
    expect(changed.brands?.named('bravo')).toBeUndefined();
  });
});

describe('a policy that is not served any more', () => {
  test('decides nothing: a failure that no attempt mends, which says what to do', async () => {
    await expect(consult('gone')).rejects.toMatchObject({
      constructor: PolicyGoneError,
      kind: 'rejected',
      retryable: false,
      message: expect.stringMatching(
        /policy "gone", which is not served any more: name its folder/,
      ) as string,
    });
  });

  test('has no words for customers', async () => {
    expect(await policyNamed(served, 'gone').holdingReplyOf('p-0123456789ab', stranger)).toBeNull();
  });

  test('the way to people stays, by no group of another brand, and under its name', async () => {
    const settings = await policyNamed(served, 'gone').settingsOf('p-0123456789ab');
    expect(settings).toMatchObject({ policy: 'gone', handOffGroup: null });
    expect(settings.ladder.length).toBeGreaterThan(0);
  });

  test('so it is with every name where there is one policy', async () => {
    await expect(
      policyNamed(everybodys, 'acme').consult({ ...inputOf({}), policy: 'acme' }, never),
    ).rejects.toBeInstanceOf(PolicyGoneError);
  });
});

function ticketOf(brand: string | undefined): DeskTicket {
  return {
    ...{ status: 'open', subject: '', priority: null, tags: [], groupId: null, assignee: null },
    ...{ channel: 'email', stamp: '1', comments: [], ...(brand === undefined ? {} : { brand }) },
    requester: {
      ...{ id: '1', name: null, email: null, locale: null, role: 'end-user' },
      ...{ isCompany: false, trusted: true },
    },
  };
}

describe('a look at a ticket', () => {
  const known = { intent: null, language: null };
  const look = (
    { brand, version = null, policy }: { brand?: string; version?: string | null; policy?: string },
    by: PolicyProcessor = served,
  ): Promise<{ settings: PolicySettings; movesTo?: string | null }> =>
    readUnderPolicy(by, { policyVersion: version, policy, known }, Promise.resolve(ticketOf(brand)));
  const named = async (...asked: Parameters<typeof look>) => {
    const { settings, movesTo } = await look(...asked);
    return { policy: settings.policy, movesTo };
  };

  test.each([
    ["its brand's policy, where no conversation is open", { brand: 'Acme' }, 'acme', undefined],
    [
      "its brand's, whatever the conversation before went by",
      { brand: 'Acme', policy: 'gone' },
      'acme',
      undefined,
    ],
    ['the one of all others for a brand without its own', { brand: 'Bravo' }, undefined, undefined],
    ['the one of all others for a ticket without a brand', { policy: 'acme' }, undefined, undefined],
    [
      'what the open conversation began under',
      { brand: 'Acme', version: 'p-1', policy: 'acme' },
      'acme',
      undefined,
    ],
    [
      'what it began under, and its brand having none now is told',
      { brand: 'Bravo', version: 'p-1', policy: 'acme' },
      'acme',
      null,
    ],
    ['what it began under before brands had their own', { brand: 'Acme', version: 'p-1' }, undefined, 'acme'],
    [
      'what it began under, though that is gone',
      { brand: 'Acme', version: 'p-1', policy: 'gone' },
      'gone',
      'acme',
    ],
  ])('goes by %s', async (_how, asked, policy, movesTo) => {
    expect(await named(asked)).toEqual({ policy, movesTo });
  });

  test('says nothing of brands in an engine with one policy', async () => {
    expect(await named({ brand: 'Acme', version: 'p-1' }, everybodys)).toEqual({
      policy: undefined,
      movesTo: undefined,
    });
  });

  test('asks for the settings while the desk is asked, unless the brand has to be known first', async () => {
    let isRead = false;
    const reading = new Promise<DeskTicket>((resolve) =>
      setTimeout(() => {
        isRead = true;
        resolve(ticketOf('Acme'));
      }, 20),
    );
    const when: boolean[] = [];
    const noting = (processor: PolicyProcessor): PolicyProcessor => ({
      ...processor,
      settingsOf: (...asked) => {
        when.push(isRead);
        return processor.settingsOf(...asked);
      },
    });
    const conversation = { policyVersion: null, policy: undefined, known };
    await readUnderPolicy(noting(everybodys), conversation, reading);
    await readUnderPolicy(
      { ...noting(served), brands: { nameFor: () => undefined, named: () => undefined } },
      conversation,
      reading,
    );
    expect(when).toEqual([false, true]);
  });

  test("the desk's failure is the look's", async () => {
    const failure = new Error('no answer');
    const conversation = { policyVersion: null, policy: undefined, known };
    for (const by of [everybodys, served]) {
      await expect(readUnderPolicy(by, conversation, Promise.reject(failure))).rejects.toBe(failure);
    }
  });
});

test('a rule can ask for the brand, and a template can say it', async () => {
  const policy = await shop('Acme', {
    'rules.yaml': (text) => text.replace('when: order.found && order.late', "when: ticket.brand == 'Acme'"),
    'templates/en.yaml': (text) => text.replace('We are sorry', 'Sorry from {{ ticket.brand }}'),
  });
  const processor = createPolicyProcessor(policy, shopOf(order()));
  const of = (brand?: string) =>
    processor.consult(
      { ...inputOf({ numbers: ['48213'] }), ...(brand === undefined ? {} : { brand }) },
      never,
    );
  expect(replyOf(await of('Acme')).text).toContain('Sorry from Acme');
  expect((await of('Bravo')).rule).toBe('on-its-way');
  // As a ticket without one, and a workflow of an older worker, are read.
  expect((await of()).rule).toBe('on-its-way');
});
