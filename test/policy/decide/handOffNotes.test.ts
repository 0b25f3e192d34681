/**
 * What an agent finds on a ticket that was handed over: who, what they want, what was checked, what was promised, how
 * they feel. The last lines, what to do next and the link, are the core's (test/core/people/handOffNote.test.ts).
 */
import { consult, handOffOf, noteOf, order, replyOf, type Said } from '../support';

async function noteFor(said: Said, ...orders: readonly ReturnType<typeof order>[]): Promise<string> {
  const plan = await consult(said, ...orders);
  if (handOffOf(plan) === null) throw new Error(`rule ${plan.rule} hands nothing off`);
  return noteOf(plan);
}

const furious: Said = {
  text: 'Where is my order 48213?! This is a disgrace, get me a human!',
  signals: ['anger', 'asks-for-human'],
  numbers: ['48213'],
};

it('is short, and answers every question of whoever takes over', async () => {
  const note = await noteFor(furious, order());
  expect(note.split('\n').map((line) => line.replace(/:.*$/s, ''))).toEqual([
    'Deskhand hands this over to Support. Reason',
    'Who',
    'Understood',
    'Rule',
    'Order facts',
    'Given by the customer',
    'Tried',
    'The customer was told "hand-off-sorry" (en)',
    "Customer's words",
  ]);
  expect(note).toContain('Who: Ana (en), 1 order found. Mood: angry, wants a person.');
  expect(note).toContain('order 48213 is in-transit');
  expect(note.length).toBeLessThan(900);
});

it('says what was promised, in our own words, without the salutation', async () => {
  const plan = await consult(furious, order());
  const { text } = replyOf(plan);
  const [, promise] = /The customer was told "hand-off-sorry" \(en\): "(.*)"/.exec(noteOf(plan)) ?? [];
  expect(promise).toBeDefined();
  expect(text.replaceAll(/\s+/g, ' ')).toContain(promise?.replace(/…$/, ''));
  expect(promise).not.toMatch(/^Hello/);
  expect((promise ?? '').length).toBeLessThanOrEqual(140);
});

it.each([
  [[], 'calm'],
  [['anger'] as const, 'angry'],
  [['legal'] as const, 'speaks of lawyers'],
  [['safety', 'anger'] as const, 'speaks of danger, angry'],
  [['account-misuse'] as const, 'fears that somebody else is in the account'],
  [['thanks', 'asks-for-human'] as const, 'wants a person, friendly'],
])('with the signals %j the mood is "%s"', async (signals, mood) => {
  const note = await noteFor({
    text: 'Do you sponsor chess clubs in schools near you?',
    intent: null,
    confidence: 0.2,
    signals,
  });
  expect(note).toContain(`Mood: ${mood}.`);
});

describe('who it is', () => {
  const outside = {
    text: 'Do you sponsor chess clubs in schools near you?',
    intent: null,
    confidence: 0.2,
  } as const;

  it('is a first name and nothing that identifies more', async () => {
    const note = await noteFor(furious, order());
    expect(note).not.toMatch(/Costa|mail\.example|@/);
  });

  it('has no name where none was given', async () => {
    expect(await noteFor({ ...outside, name: null })).toMatch(/^Who: no name given \(en\)/m);
  });

  it('says when the address proves nothing', async () => {
    const note = await noteFor({ ...furious, trusted: false }, order());
    expect(note).toContain("the sender's address is not proven. Mood:");
  });

  it('hides what is no name', async () => {
    const note = await noteFor({ ...outside, name: 'ana@mail.example' });
    expect(note).not.toContain('ana@');
  });

  it('speaks the language of the customer, and the note ours', async () => {
    const note = await noteFor({ ...furious, text: 'Wo ist meine Bestellung?!', language: 'de' }, order());
    expect(note).toMatch(/^Who: Ana \((de|en)\), 1 order found/m);
    expect(note).toMatch(/^Deskhand hands this over/);
  });
});

it('an answered ticket has none of it: its note stays three facts and a rule', async () => {
  const plan = await consult({ numbers: ['48213'] }, order());
  expect(noteOf(plan)).not.toMatch(/Who:|Mood:|promised/);
});
