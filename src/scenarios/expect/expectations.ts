/** What was expected against what happened since the expectation before. */
import { openQuestion } from '../../core/conversation/dialogue';
import { modeNow } from '../../core/modes/modeOf';
import { describeOrderAction } from '../../core/orders/orderAction';
import { clockViews, standingOf } from '../../core/sla/clockViews';
import { clockNames } from '../../core/sla/targets';
import type { LoadedPolicy } from '../../policy/policy';
import type { Conversation } from '../conversation';
import { happeningsOf, type Happening } from '../happenings';
import { listOf, type Expectation } from '../schema';
import { describeExpectedAction, isExpectedAction } from './expectedAction';
import { whyNotRule } from './whyNotRule';

export interface Mismatch {
  /** The key of the expectation: `reply contains`. */
  readonly about: keyof Expectation;
  readonly expected: string;
  readonly came: string;
  /** Why it came so, where that can be told. */
  readonly why: string | null;
}

interface Seen {
  readonly since: readonly Happening[];
  readonly conversation: Pick<Conversation, 'ticket' | 'desk' | 'orderLines'>;
  readonly policy: LoadedPolicy;
}

/** @param since - what happened after the expectation before. */
export function mismatches(expected: Expectation, seen: Seen): readonly Mismatch[] {
  return [
    ...decisionMismatches(expected, seen),
    ...wordMismatches(expected, seen),
    ...orderMismatches(expected, seen),
    ...ticketMismatches(expected, seen),
    ...clockMismatches(expected, seen),
  ];
}

function decisionMismatches(
  expected: Expectation,
  { since, policy, conversation }: Seen,
): readonly Mismatch[] {
  const plan = happeningsOf(since, 'decided').at(-1)?.plan ?? null;
  const found: Mismatch[] = [];
  const compare = (
    about: 'intent' | 'rule' | 'template' | 'language',
    came: string,
    why: () => string | null = () => null,
  ) => {
    const wanted = expected[about];
    if (wanted === undefined) return;
    const text = listOf(wanted).join(' + ');
    if (text !== came) found.push({ about, expected: text, came, why: why() });
  };
  if (plan === null) {
    const nothing = 'nothing was decided';
    const why = conversation.ticket.state.timeline.at(-1)?.text ?? null;
    for (const about of ['intent', 'rule', 'template', 'language'] as const)
      compare(about, nothing, () => why);
    return found;
  }
  const intents = plan.facts.map(({ intent }) =>
    typeof intent === 'string' && intent !== '' ? intent : 'none',
  );
  // Named alone, it is the first matter's; a list is all of them.
  const came = typeof expected.intent === 'string' ? intents.slice(0, 1) : intents;
  compare('intent', came.join(' + '), () => rankingOf(since));
  compare('rule', plan.rule, () => {
    const wanted = listOf(expected.rule ?? []).filter((rule) => !plan.rule.split(' + ').includes(rule));
    const why = wanted.map((rule) => whyNotRule(rule, plan, policy)).filter((text) => text !== null);
    return why.join('\n') || null;
  });
  const reply = plan.actions.find((action) => action.type === 'reply');
  compare('template', reply?.template ?? 'no reply');
  compare('language', reply?.language ?? 'no reply');
  return found;
}

function rankingOf(since: readonly Happening[]): string | null {
  const classification = happeningsOf(since, 'understood').at(-1)?.classification;
  if (classification === undefined || classification.ranking.length === 0) return null;
  const guesses = classification.ranking.map(
    ({ intent, confidence }) => `${intent} ${Math.round(confidence * 100)} %`,
  );
  return `Understood was: ${guesses.join(', ')}.`;
}

function wordMismatches(expected: Expectation, { since }: Seen): readonly Mismatch[] {
  const replies = happeningsOf(since, 'replied').map(({ text }) => text);
  const notes = happeningsOf(since, 'noted').map(({ text }) => text);
  // The conversation above shows it.
  const said = replies.length === 0 ? 'no reply' : 'the reply above';
  const lacking = (texts: readonly string[], wanted: string | readonly string[] = []) =>
    listOf(wanted).filter((text) => !holds(texts, text));
  const unwanted = listOf(expected['reply does not contain'] ?? []).filter((text) => holds(replies, text));
  return [
    ...lacking(replies, expected['reply contains']).map((text): Mismatch => ({
      about: 'reply contains',
      expected: quoted(text),
      came: said,
      why: null,
    })),
    ...unwanted.map((text): Mismatch => ({
      about: 'reply does not contain',
      expected: `nothing with ${quoted(text)}`,
      came: said,
      why: null,
    })),
    ...lacking(notes, expected['note contains']).map((text): Mismatch => ({
      about: 'note contains',
      expected: quoted(text),
      came: notes.length === 0 ? 'no note' : 'the notes above',
      why: null,
    })),
    ...refusalMismatches(expected, since),
    ...mailMismatches(expected, since),
    ...(expected.silence === true && replies.length > 0
      ? [{ about: 'silence' as const, expected: 'no reply', came: said, why: null }]
      : []),
  ];
}

function refusalMismatches({ refusal }: Expectation, since: readonly Happening[]): readonly Mismatch[] {
  if (refusal === undefined) return [];
  const told = happeningsOf(since, 'refused').map(({ why }) => why);
  const mismatch = (expected: string): Mismatch => ({
    about: 'refusal',
    expected,
    came: told.join(' ') || 'none',
    why: null,
  });
  if (refusal === 'none') return told.length === 0 ? [] : [mismatch('none')];
  return listOf(refusal)
    .filter((text) => !holds(told, text))
    .map((text) => mismatch(quoted(text)));
}

function mailMismatches({ mail }: Expectation, since: readonly Happening[]): readonly Mismatch[] {
  if (mail === undefined) return [];
  const mails = happeningsOf(since, 'mailed');
  const mismatch = (expected: string): Mismatch => ({
    about: 'mail',
    expected,
    came: mails.map(({ to }) => `a mail to ${to}`).join(', ') || 'no mail',
    why: null,
  });
  if (mail === 'none') return mails.length === 0 ? [] : [mismatch('none')];
  const { to, contains = [] } = mail;
  const same = mails.filter((one) => to === undefined || one.to === to);
  const whole = same.map(({ subject, text }) => `${subject}\n${text}`);
  const lacking = listOf(contains).filter((text) => !holds(whole, text));
  if (same.length === 0) return [mismatch(to === undefined ? 'a mail' : `a mail to ${to}`)];
  return lacking.map((text) => mismatch(`a mail with ${quoted(text)}`));
}

/** Line breaks are the template's; they are no difference. */
function holds(texts: readonly string[], part: string): boolean {
  const whole = texts.join('\n\n');
  return whole.includes(part) || plain(whole).includes(plain(part));
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function quoted(text: string): string {
  return JSON.stringify(plain(text));
}

function clockMismatches({ sla = {} }: Expectation, { conversation }: Seen): readonly Mismatch[] {
  if (Object.keys(sla).length === 0) return [];
  const { state, now } = conversation.ticket;
  const views = clockViews(state, now);
  return clockNames.flatMap((name): readonly Mismatch[] => {
    const expected = sla[name];
    const came = standingOf(views, name);
    if (expected === undefined || expected === came) return [];
    const told = views.map((view) => `${view.clock} is ${standingOf(views, view.clock)}: ${view.why}`);
    const why = told.length === 0 ? null : `Tier ${views[0]?.tier ?? 'none'}; ${told.join('; ')}.`;
    return [{ about: 'sla', expected: `${name} ${expected}`, came: `${name} ${came}`, why }];
  });
}

function orderMismatches(expected: Expectation, { since, conversation }: Seen): readonly Mismatch[] {
  const { orderActions } = conversation.ticket.state;
  const tried = happeningsOf(since, 'acted-on-order');
  const done = tried.filter(({ outcome }) => outcome.type === 'done').map(({ action }) => action);
  const refused = tried.flatMap(({ outcome }) => (outcome.type === 'refused' ? [outcome.why] : []));
  const question = openQuestion(conversation.ticket.state.dialogue);
  const compare = (
    about: 'actions' | 'proposes',
    came: typeof done,
    why: string | null,
  ): readonly Mismatch[] => {
    const wanted = expected[about];
    const itemsOf = (number: string) => conversation.orderLines(number);
    if (wanted === undefined) return [];
    const same =
      wanted.length === came.length &&
      wanted.every((action, index) => {
        const other = came[index];
        return other !== undefined && isExpectedAction(action, other, itemsOf);
      });
    const text = (actions: readonly string[]) => actions.join(', then ') || 'nothing';
    return same
      ? []
      : [
          {
            about,
            expected: text(wanted.map(describeExpectedAction)),
            came: text(came.map(describeOrderAction)),
            why,
          },
        ];
  };
  const earlier =
    orderActions.length > done.length ? 'Earlier in this conversation something was done already.' : null;
  return [
    ...compare('actions', done, refused.length > 0 ? `Refused: ${refused.join(' ')}` : earlier),
    ...compare('proposes', question?.kind === 'confirm' ? [...question.actions] : [], null),
  ];
}

function ticketMismatches(expected: Expectation, { since, conversation }: Seen): readonly Mismatch[] {
  const { state } = conversation.ticket;
  const { desk } = conversation;
  const found: Mismatch[] = [];
  const compare = (
    about: keyof Expectation,
    wanted: string | undefined,
    came: string,
    why: string | null,
  ) => {
    if (wanted !== undefined && wanted !== came) found.push({ about, expected: wanted, came, why });
  };
  compare('question', expected.question, openQuestion(state.dialogue)?.slot ?? 'none', null);
  compare('status', expected.status, desk.status, null);
  compare('priority', expected.priority, desk.priority ?? 'none', null);
  const last = state.timeline.at(-1)?.text;
  compare('stage', expected.stage, state.stage, last === undefined ? null : `Last happened: ${last}.`);
  compare('mode', expected.mode, modeNow(state), null);
  compare('follow-up', expected['follow-up'], state.silence?.followUps[0]?.template ?? 'none', null);
  for (const [field, value] of Object.entries(expected.fields ?? {})) {
    const present = Object.hasOwn(desk.fields, field) ? String(desk.fields[field]) : 'not set';
    if (String(value) === present) continue;
    found.push({
      about: 'fields',
      expected: `${field}: ${String(value)}`,
      came: `${field}: ${present}`,
      why: null,
    });
  }
  const missing = (expected.tags ?? []).filter((tag) => !desk.tags.includes(tag));
  if (missing.length > 0) {
    found.push({
      about: 'tags',
      expected: missing.join(', '),
      came: desk.tags.join(', ') || 'no tags',
      why: null,
    });
  }
  const handOff = expected['hand-off'];
  if (handOff !== undefined) {
    const came =
      state.handOff === null ? 'none' : `${state.handOff.reason}, group ${state.handOff.group ?? 'none'}`;
    const { reason, group } = typeof handOff === 'string' ? { reason: handOff, group: undefined } : handOff;
    const same =
      reason === 'none'
        ? state.handOff === null
        : state.handOff !== null &&
          (reason === undefined || reason === state.handOff.reason) &&
          (group === undefined || group === state.handOff.group);
    const wanted = [reason, ...(group === undefined ? [] : [`group ${group}`])].filter(
      (part) => part !== undefined,
    );
    const rule = happeningsOf(since, 'decided').at(-1)?.plan.rule;
    if (!same) {
      found.push({
        about: 'hand-off',
        expected: wanted.join(', '),
        came,
        why: rule === undefined ? null : `Rule "${rule}" decided.`,
      });
    }
  }
  return found;
}
