/** A custom field beside what the policy needs: ours only gains, people's stays, and nothing with values is taken away. */
import { fieldKind, fieldMark, wantedField, type FieldGain } from '../../../src/helpdesk/setup/fieldPieces';
import { neededFields, type FieldUse, type NeededField } from '../../../src/helpdesk/setup/neededFields';
import { markOf, marked, type AnyPiece, type ShownField } from '../../../src/helpdesk/setup/pieces';
import { changesAnything, planOf, undoingPlan } from '../../../src/helpdesk/setup/plan';
import { driftIn } from '../../../src/helpdesk/setup/drift';
import { planLine } from '../../../src/cli/connect/planLines';

const order = [{ name: 'view' }, { name: fieldKind, holds: 'with it, tickets lose what they have in it' }];
const field = (name: string, ...values: readonly FieldUse['value'][]): NeededField => {
  const [needed] = neededFields(values.map((value) => ({ name, value })));
  if (needed === undefined) throw new Error('a field is needed');
  return needed;
};
const reason = field('Reason', 'late', 'lost');
const wantedOf = (needed: NeededField) =>
  wantedField(needed, {
    body: { title: needed.name },
    repair: ({ active, name, options }: FieldGain) => ({ active, name, options }),
  });
const options = (...tags: readonly string[]) => tags.map((tag) => ({ tag, name: tag.toUpperCase() }));
const dropDown = (...tags: readonly string[]): ShownField => ({
  ...{ kind: 'choice', active: true, options: options(...tags) },
});
const there = (id: string, shown: ShownField, more: Partial<AnyPiece> = {}): AnyPiece => ({
  ...{ kind: fieldKind, id, mark: fieldMark(reason), name: 'Reason', record: {}, field: shown },
  ...more,
});
const theirs = (shown: ShownField, name = 'Reason'): AnyPiece => there('7', shown, { mark: null, name });
const plan = (found: readonly AnyPiece[], ...needed: readonly NeededField[]) =>
  planOf(needed.map(wantedOf), found, order);
const told = (found: readonly AnyPiece[], ...needed: readonly NeededField[]) =>
  plan(found, ...needed)
    .map(planLine)
    .join('\n');
const text: ShownField = { kind: 'text', active: true, options: [] };

describe('one that is not there', () => {
  it.each<[values: readonly FieldUse['value'][], what: string]>([
    [['late', 'lost'], 'drop-down: late, lost'],
    [[true], 'checkbox'],
    [[2], 'whole number'],
    [[0.5], 'number'],
    [[null], 'text'],
  ])('set to %j, it is made, and shown before as %j', (values, what) => {
    expect(told([], field('Reason', ...values))).toBe(`  create  field "Reason" (${what})`);
  });

  it('with a hundred options shows some of them', () => {
    const many = field('Reason', ...Array.from({ length: 100 }, (_, at) => `reason_${at}`));
    expect(told([], many)).toMatch(/\(drop-down: reason_0, .*, reason_19 and 80 more\)$/);
  });
});

describe('one of ours', () => {
  it('that is as it was made is left, whatever an admin has added to it', () => {
    const steps = plan([there('1', dropDown('late', 'lost', 'broken'))], reason);
    expect(steps).toMatchObject([{ type: 'leave', id: '1' }]);
    expect(steps[0]).not.toHaveProperty('lacks');
    expect(changesAnything(steps)).toBe(false);
  });

  it.each<[what: string, found: AnyPiece, line: string, gain: FieldGain, trouble: string]>([
    [
      'lacks options',
      there('1', dropDown('lost')),
      'it lacks the option late',
      { active: false, name: null, options: ['late'] },
      'the field "Reason" lacks the option late: run "deskhand connect zendesk"',
    ],
    [
      'was switched off',
      there('1', { ...dropDown('late', 'lost'), active: false }),
      'active is false, shall be true',
      { active: true, name: null, options: [] },
      'the field "Reason" is switched off: run "deskhand connect zendesk"',
    ],
    [
      'was renamed',
      there('1', dropDown('late', 'lost'), { name: 'Why' }),
      'it is called "Why" there, and the policy knows it by its name',
      { active: false, name: 'Reason', options: [] },
      'the field "Reason" is called "Why" there, and the policy knows it by its name: run "deskhand connect zendesk"',
    ],
  ])('that %s is mended by just that', (_what, found, line, gain, trouble) => {
    const steps = plan([found], reason);
    expect(steps).toMatchObject([{ type: 'change', id: '1', wanted: { repair: gain } }]);
    expect(steps.map(planLine)).toEqual([`  change  field "Reason": ${line}`]);
    expect(driftIn(steps, { title: 'Zendesk', again: 'deskhand connect zendesk' })).toEqual([trouble]);
  });

  it('that is all of that at once gains all of it', () => {
    const found = there('1', { ...dropDown('lost'), active: false }, { name: 'Why' });
    const gain: FieldGain = { active: true, name: 'Reason', options: ['late'] };
    expect(plan([found], reason)).toMatchObject([{ type: 'change', wanted: { repair: gain } }]);
    expect(driftIn(plan([found], reason), { title: 'Zendesk', again: 'connect' })).toHaveLength(3);
  });

  it('has an option by its name as well as by its tag, in any case', () => {
    const shown: ShownField = {
      ...dropDown(),
      options: [
        { tag: 'r1', name: 'Late' },
        { tag: 'LOST', name: 'Gone' },
      ],
    };
    expect(plan([there('1', shown)], reason)).toMatchObject([{ type: 'leave' }]);
  });

  it('may be a text where words would do', () => {
    expect(plan([there('1', text)], reason)).toMatchObject([{ type: 'leave', id: '1' }]);
  });

  it.each<[what: string, values: readonly FieldUse['value'][], words: RegExp]>([
    ['texts', ['late', null], /does not take all that the policy sets by now, since it was made/],
    ['a text with blanks', ['late', 'in two days'], /does not take "in two days", since it was made for/],
    ['a number', [2, 'late'], /does not take "2", since/],
  ])('whose kind has no room for %s is told: nobody can change it', (_what, values, words) => {
    const found = there('1', dropDown('late', 'lost'));
    const steps = plan([found], field('Reason', ...values));
    expect(steps).toMatchObject([{ type: 'leave', lacks: [expect.stringMatching(words)] }]);
    expect(steps.map(planLine).join('\n')).toMatch(
      /^ {2}leave {3}field "Reason"\n {2}note {4}field "Reason" does not take .*: give it another name on the desk/,
    );
    expect(changesAnything(steps)).toBe(false);
  });

  it('whose kind somebody has changed to one that cannot be set is told, too', () => {
    const found = there('1', { ...text, kind: null });
    expect(told([found], reason)).toMatch(
      /leave {3}field "Reason"\n {2}note .* does not take all that the policy/,
    );
  });

  it('that was put aside under another name stays there, and a new one is made', () => {
    const found = there('1', dropDown('late'), { name: 'Reason of old' });
    expect(told([found], field('Reason', null))).toBe(
      '  create  field "Reason" (text)\n' +
        '  keep    field "Reason of old" (1): another one takes its place, and yet it stays: with it, tickets lose what they have in it',
    );
    const after = [found, there('2', text)];
    expect(told(after, field('Reason', null))).toMatch(
      /^ {2}leave {3}field "Reason"\n {2}keep {4}field "Reason of old" \(1\): it is there twice/,
    );
  });

  it('that an admin has renamed in the policy as well is known by the name', () => {
    const found = there('1', dropDown('late', 'lost'), { name: 'Why' });
    expect(plan([found], field('why', 'late'))).toMatchObject([{ type: 'leave', id: '1' }]);
    const both = plan([found], reason, field('Why', 'late'));
    expect(both.map(({ type }) => type)).toEqual(['change', 'create']);
  });

  it('that no policy sets any more is kept', () => {
    const steps = plan([there('1', dropDown('late'))]);
    expect(steps.map(planLine)).toEqual([
      '  keep    field "Reason" (1): nothing needs it any more, and yet it stays: with it, tickets lose what they have in it',
    ]);
    expect(changesAnything(steps)).toBe(false);
    expect(driftIn(steps, { title: 'Zendesk', again: 'connect' })).toEqual([]);
  });

  it('there twice: one is used and the other kept', () => {
    const steps = plan([there('1', dropDown('late')), there('2', dropDown('late', 'lost'))], reason);
    expect(steps).toMatchObject([
      { type: 'leave', id: '2' },
      { type: 'keep', found: { id: '1' } },
    ]);
  });
});

describe("somebody else's", () => {
  it.each<[what: string, shown: ShownField, needed: NeededField]>([
    ['drop-down with the options', dropDown('late', 'lost'), reason],
    ['text', text, reason],
    ['checkbox', { ...text, kind: 'yes-no' }, field('Reason', true)],
    ['drop-down for what is known only later', dropDown('late'), field('Reason', null)],
    ['date', { ...text, kind: 'date' }, field('Reason', '2026-11-27')],
  ])('%s is used as it is', (_what, shown, needed) => {
    expect(told([theirs(shown)], needed)).toBe(
      '  leave   field "Reason", which somebody else made, as it is',
    );
  });

  it('is found in any case of its name, and has ours made beside it by no mark of its own', () => {
    expect(plan([theirs(text, 'REASON')], reason)).toMatchObject([{ type: 'leave', isTheirs: true }]);
    expect(plan([theirs(text, 'Reasons')], reason)).toMatchObject([{ type: 'create' }]);
  });

  it.each<[what: string, shown: ShownField, needed: NeededField, words: string]>([
    [
      'lacks an option',
      dropDown('late'),
      reason,
      'lacks the option lost, which the policy sets (it has late): add to it there, or change the policy',
    ],
    [
      'is a number',
      { ...text, kind: 'whole-number' },
      field('Reason', 'late'),
      'does not take "late", which the policy sets: it takes whole numbers only; change the policy',
    ],
    [
      'is switched off',
      { ...text, active: false },
      reason,
      'is switched off: switch it on, or name another one in the policy',
    ],
    [
      'is of several choices',
      { ...text, kind: null },
      reason,
      'is of a kind that no policy can set: name another one in the policy',
    ],
  ])('that %s is told with the mend, and never touched', (_what, shown, needed, words) => {
    const steps = plan([theirs(shown)], needed);
    expect(steps.map(planLine).join('\n')).toBe(
      `  leave   field "Reason", which somebody else made, as it is\n  note    field "Reason" ${words}`,
    );
    expect(changesAnything(steps)).toBe(false);
  });

  it('of two, the one that serves is meant', () => {
    const off = theirs({ ...text, active: false });
    const steps = plan([off, { ...theirs(text), id: '8' }], reason);
    expect(steps).toMatchObject([{ type: 'leave', id: '8' }]);
  });

  it('stays whatever is undone', () => {
    expect(undoingPlan([theirs(text)], order, true)).toEqual([]);
  });
});

describe('when Deskhand goes', () => {
  const view: AnyPiece = { kind: 'view', id: '3', mark: 'view-late', name: 'Late', record: {} };
  const found = [view, there('1', dropDown('late'))];

  it('ours stays, and what holds nothing goes', () => {
    expect(undoingPlan(found, order).map(planLine)).toEqual([
      '  keep    field "Reason" (1): Deskhand made it, and yet it stays: with it, tickets lose what they have in it',
      '  remove  view "Late" (3): Deskhand made it',
    ]);
  });

  it('ours goes as well once somebody asks for that', () => {
    expect(undoingPlan(found, order, true).map(({ type }) => type)).toEqual(['remove', 'remove']);
  });
});

describe('what the doctor says of one that is not there', () => {
  const told = { title: 'Zendesk', again: 'deskhand connect zendesk' };
  const made = [{ kind: fieldKind, mark: fieldMark(reason), id: '1' }];

  it('it is gone where it was made, and lacking where the policy needs it since', () => {
    expect(driftIn(plan([], reason), { ...told, made })).toEqual([
      'the field "Reason" is gone from Zendesk: run "deskhand connect zendesk", it makes a new one',
    ]);
    expect(driftIn(plan([], field('Mood', 'calm')), { ...told, made })).toEqual([
      'Zendesk lacks the field "Mood", which the policy needs: run "deskhand connect zendesk", it makes it',
    ]);
  });
});

it('the mark is of the name alone, and readable in what the desk shows', () => {
  expect(fieldMark({ name: 'reason' })).toBe(fieldMark({ name: 'REASON' }));
  expect(fieldMark({ name: 'Reason' })).not.toBe(fieldMark({ name: 'Reasons' }));
  for (const name of ['Grund', '理由', '#', 'x'.repeat(300)]) {
    expect(markOf(marked('Set.', fieldMark({ name })))).toBe(fieldMark({ name }));
  }
});

it('a piece that is no field is a mistake of ours', () => {
  const bare: AnyPiece = { kind: fieldKind, id: '1', mark: fieldMark(reason), name: 'Reason', record: {} };
  expect(() => plan([bare], reason)).toThrow('the piece 1 is no field');
});
