/** Results as people read them: a failed scenario is its conversation, up to where it took another course. */
import { assertNever } from '../../core/failure';
import { describeOrderAction, type OrderStepOutcome } from '../../core/orders/orderAction';
import type { Coverage } from './coverage';
import type { Mismatch } from '../expect/expectations';
import type { Happening } from '../happenings';
import type { ScenarioResult } from '../runScenarios';

/** Longer texts are cut: whoever tests with pages of text has them at hand. */
const longestShown = 2_000;

export function resultLine({ scenario, failed }: ScenarioResult): string {
  return `${failed === null ? 'ok    ' : 'FAILED'}  ${scenario.name}`;
}

/** Of a failed scenario; nothing of one that passed. */
export function failureText({ scenario, failed, happenings }: ScenarioResult): string {
  if (failed === null) return '';
  const place = `${scenario.file}:${failed.line}:${failed.column}`;
  const what =
    failed.broken === null
      ? [`Expected at ${place}:`, ...failed.mismatches.flatMap(mismatchLines)]
      : [`Broken off at ${place}: ${failed.broken}`];
  return [conversationText(happenings), '', ...what].join('\n');
}

/** Everything that happened, in its order. */
export function conversationText(happenings: ScenarioResult['happenings']): string {
  return happenings.flatMap(happeningLines).join('\n');
}

function happeningLines(happening: Happening): readonly string[] {
  const time = new Date(happening.at).toISOString().slice(5, 16).replace('T', ' ');
  const line = (who: string, text: string): readonly string[] => {
    const [first = '', ...more] = cut(text).split('\n');
    const indent = ' '.repeat(time.length + 2 + 10);
    return [
      `${time}  ${who.padEnd(10)}${first}`.trimEnd(),
      ...more.map((other) => `${indent}${other}`.trimEnd()),
    ];
  };
  switch (happening.type) {
    case 'customer-said':
      return line('Customer', happening.text);
    case 'agent-acted':
      return line('Agent', happening.text);
    case 'refused':
      return line('', `(refused: ${happening.why})`);
    case 'meanwhile':
      return line('...', happening.text);
    case 'understood': {
      const { intent, confidence, signals, further = [] } = happening.classification;
      const also = [...further.map((other) => other.intent), ...signals].map((name) => `, ${name}`).join('');
      return line('', `(understood: ${intent ?? 'nothing'} ${Math.round(confidence * 100)} %${also})`);
    }
    case 'decided':
      return line('', `(rule: ${happening.plan.rule})`);
    case 'held':
      return line('', `(the answer waits; the words for that: ${happening.template})`);
    case 'replied':
      return line('Deskhand', happening.text);
    case 'noted':
      return line('Note', happening.text);
    case 'acted-on-order': {
      const { action, outcome } = happening;
      return line('Shop', `${describeOrderAction(action)}: ${outcomeWords(outcome)}`);
    }
    case 'mailed':
      return line('Mail', `to ${happening.to}: ${happening.subject}\n${happening.text}`);
    case 'people-told':
      return line('Notice', happening.text);
    default:
      return assertNever(happening);
  }
}

function outcomeWords(outcome: OrderStepOutcome): string {
  switch (outcome.type) {
    case 'done':
      return 'done';
    case 'refused':
      return `refused: ${outcome.why}`;
    case 'order-changed':
      return `not asked, the order has changed: ${outcome.changes.join('; ')}`;
    default:
      return assertNever(outcome);
  }
}

function mismatchLines({ about, expected, came, why }: Mismatch): readonly string[] {
  const lines = (mark: string, text: string) => {
    const [first = '', ...more] = cut(text).split('\n');
    return [`  ${mark} ${about}: ${first}`, ...more.map((other) => `      ${other}`.trimEnd())];
  };
  const reason = why === null ? [] : why.split('\n').map((text) => `      ${text}`);
  return [...lines('-', expected), ...lines('+', came), ...reason];
}

function cut(text: string): string {
  return text.length <= longestShown ? text : `${text.slice(0, longestShown)}…`;
}

export function coverageText({ rules, templates, languages }: Coverage): string {
  const never = (names: readonly string[]) => (names.length === 0 ? '' : ` Never: ${names.join(', ')}.`);
  const spoken = languages.map(({ language, used, of }) => `${language} ${used} of ${of}`).join(', ');
  return [
    `Rules used: ${rules.used} of ${rules.of}.${never(rules.never)}`,
    `Templates used: ${templates.used} of ${templates.of} (${spoken}).${never(templates.never)}`,
  ].join('\n');
}
