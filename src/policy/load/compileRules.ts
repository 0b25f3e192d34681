/** Rules from their YAML shape into what evaluation runs, with every reference checked. */
import { compileCondition, isMistake, type Condition } from '../conditions/conditions';
import { assertNever } from '../../core/failure';
import type { OrderDeed, Rule, RuleAction } from '../policy';
import { didYouMean, noSuchTemplate, type Mistake } from '../policyError';
import type { Path, PolicyFile } from './policyFiles';
import { readWait } from '../hours/durations';
import type { ActionContent, OrderActionContent, Proof, RuleContent, RulesContent } from '../schema';
import { writeOut } from './namedConditions';
import { isCompiled, type CompiledTemplate, type TemplateEngine } from '../templates/templates';
import { waitingMistakes } from './waitingMistakes';

export interface RuleContext {
  readonly file: PolicyFile;
  /** For notes, which are written in the company's own language. */
  readonly engine: TemplateEngine;
  readonly intents: readonly string[];
  readonly templates: readonly string[];
  readonly proofs: readonly Proof[];
  /** Conditions with a name, those left out that are no conditions. */
  readonly conditions: Readonly<Record<string, string>>;
  readonly mistakes: Mistake[];
}

export function compileRules(
  content: RulesContent,
  given: Omit<RuleContext, 'conditions'>,
): {
  readonly first: readonly Rule[];
  readonly perIntent: ReadonlyMap<string, readonly Rule[]>;
  readonly otherwise: Rule;
} {
  const context: RuleContext = { ...given, conditions: soundConditions(content.conditions, given) };
  for (const intent of Object.keys(content['per-intent'])) {
    if (context.intents.includes(intent)) continue;
    context.mistakes.push({
      ...context.file.placeOfKey(['per-intent'], intent),
      message: `has rules for "${intent}", which is no intent of intents.yaml.${didYouMean(intent, context.intents)}`,
    });
  }
  checkRuleNames(content, context);
  return {
    first: compileList(content.first, ['first'], context),
    perIntent: new Map(
      Object.entries(content['per-intent']).map(([intent, rules]) => [
        intent,
        compileList(rules, ['per-intent', intent], context),
      ]),
    ),
    otherwise: compileOtherwise(content, context),
  };
}

/** One with a mistake counts as true in the rules that name it: the mistake is said once, where it stands. */
function soundConditions(
  conditions: RulesContent['conditions'],
  given: Omit<RuleContext, 'conditions'>,
): Readonly<Record<string, string>> {
  const context: RuleContext = { ...given, conditions: {} };
  return Object.fromEntries(
    Object.entries(conditions).map(([name, source]) => [
      name,
      conditionOf(source, ['conditions', name], context) === null ? 'true' : source,
    ]),
  );
}

function compileOtherwise(content: RulesContent, context: RuleContext): Rule {
  const rule = compileRule(content.otherwise, ['otherwise'], context);
  if (!rule.actions.some(({ type }) => type === 'hand-off')) {
    report(context, ['otherwise', 'then'], 'has no hand-off. What no rule matches must reach a person');
  }
  return rule;
}

function checkRuleNames(content: RulesContent, context: RuleContext): void {
  const seen = new Set([content.otherwise.rule]);
  const lists: readonly (readonly [Path, readonly RuleContent[]])[] = [
    [['first'], content.first],
    ...Object.entries(content['per-intent']).map(
      ([intent, rules]) => [['per-intent', intent], rules] as const,
    ),
  ];
  for (const [path, rules] of lists) {
    rules.forEach(({ rule }, index) => {
      if (seen.has(rule))
        report(context, [...path, index, 'rule'], `"${rule}" names a second rule. Names must differ`);
      seen.add(rule);
    });
  }
}

function compileList(rules: readonly RuleContent[], path: Path, context: RuleContext): readonly Rule[] {
  const compiled = rules.map((rule, index) => compileRule(rule, [...path, index], context));
  const last = rules.findIndex(
    (rule) => rule.when === undefined && !rule.then.some((action) => 'ask' in action),
  );
  const unreachable = rules[last + 1];
  if (last !== -1 && unreachable !== undefined) {
    const message = `"${unreachable.rule}" is never reached: "${rules[last]?.rule ?? ''}" before it always matches`;
    report(context, [...path, last + 1, 'rule'], message);
  }
  return compiled;
}

function compileRule(
  rule: Omit<RuleContent, 'when'> & { when?: string | undefined },
  path: Path,
  context: RuleContext,
): Rule {
  checkOrder(rule.then, [...path, 'then'], context);
  return {
    name: rule.rule,
    why: rule.why,
    condition: rule.when === undefined ? null : conditionOf(rule.when, [...path, 'when'], context),
    actions: rule.then.map((action, index) => compileAction(action, [...path, 'then', index], context)),
    needsApproval: rule['needs-approval'],
    waitForMore: rule['wait-for-more'],
  };
}

/** A rule is gone through from the top: what stops it for an answer stands before what is done and said. */
function checkOrder(actions: readonly ActionContent[], path: Path, context: RuleContext): void {
  const spoken = actions.filter((action) => 'reply' in action || 'stay-silent' in action);
  const asks = actions.filter((action) => 'ask' in action || 'confirm' in action);
  if (spoken.length > 1) {
    report(context, path, 'has more than one of reply and stay-silent. One message, one answer: keep one');
  }
  if (asks.length > 0 && actions.some((action) => 'stay-silent' in action)) {
    report(context, path, 'asks and stays silent. Keep one');
  }
  for (const { index, message } of waitingMistakes(actions)) report(context, [...path, index], message);
  const firstDeed = actions.findIndex((action) => 'order' in action || 'reply' in action);
  actions.forEach((action, index) => {
    if (('ask' in action || 'confirm' in action) && firstDeed !== -1 && index > firstDeed) {
      report(context, [...path, index], 'asks after the rule has acted or replied. Put the question first');
    }
    if ('confirm' in action && !actions.slice(index).some((later) => 'order' in later)) {
      report(context, [...path, index], 'confirms nothing: no "order" follows it');
    }
  });
}

function deedOf(content: OrderActionContent): OrderDeed {
  if ('refund' in content) {
    const { refund } = content;
    return 'amount' in refund
      ? { type: 'refund', what: 'amount', amount: refund.amount }
      : { type: 'refund', what: refund.what, atMost: refund['at-most'] };
  }
  if ('store-credit' in content) return { type: 'store-credit', amount: content['store-credit'].amount };
  if ('cancel' in content) return { type: 'cancel' };
  if ('change-address' in content) return { type: 'change-address' };
  return { type: 'resend-invoice' };
}

function conditionOf(source: string, path: Path, context: RuleContext): Condition | null {
  const written = writeOut(source, context.conditions);
  const compiled = 'message' in written ? written : compileCondition(written.source, context.intents);
  if (!isMistake(compiled)) return compiled;
  const offset = 'message' in written ? compiled.offset : written.originOf(compiled.offset);
  const before = source.slice(0, offset).split('\n');
  const column = (before.at(-1) ?? '').length + 1;
  const isNested = 'message' in written && path[0] === 'conditions';
  const name = /^is\s*\.\s*\w+/.exec(source.slice(offset))?.[0] ?? 'another';
  const message = isNested
    ? `names the condition "${name}", and a condition names no other: write out what it asks`
    : compiled.message;
  context.mistakes.push({ ...context.file.placeInText(path, before.length, column), message });
  return null;
}

function compileAction(action: ActionContent, path: Path, context: RuleContext): RuleAction {
  if ('reply' in action) {
    checkTemplate(action.reply, [...path, 'reply'], context);
    return { type: 'reply', template: action.reply };
  }
  if ('ask' in action) {
    const { for: slot, with: template, 'at-most': atMost } = action.ask;
    checkTemplate(template, [...path, 'ask', 'with'], context);
    const isTaken = slot !== 'mailed-code' || context.proofs.includes(slot);
    return { type: 'ask', slot, template, atMost: isTaken ? atMost : 0 };
  }
  if ('confirm' in action) {
    const { with: template, declined, 'at-most': atMost } = action.confirm;
    checkTemplate(template, [...path, 'confirm', 'with'], context);
    checkTemplate(declined, [...path, 'confirm', 'declined'], context);
    return { type: 'confirm', template, declined, atMost };
  }
  if ('order' in action) return { type: 'order', deed: deedOf(action.order) };
  if ('note' in action) {
    return { type: 'note', template: compileText(action.note, [...path, 'note'], context) };
  }
  if ('tag' in action) return { type: 'tag', ...action.tag };
  if ('set-status' in action) return { type: 'set-status', status: action['set-status'] };
  if ('close' in action) return { type: 'set-status', status: 'solved' };
  if ('set-priority' in action) return { type: 'set-priority', priority: action['set-priority'] };
  if ('assign' in action) return { type: 'assign', ...action.assign };
  if ('hand-off' in action) return { type: 'hand-off', ...action['hand-off'] };
  if ('stay-silent' in action) return { type: 'stay-silent' };
  if ('set-field' in action) return compileFields(action['set-field'], [...path, 'set-field'], context);
  if ('wait' in action) {
    const { afterMs: ms, ...counted } = readWait(action.wait);
    return { type: 'wait', ms, ...counted };
  }
  if ('follow-up' in action) {
    const { after, with: template, then } = action['follow-up'];
    checkTemplate(template, [...path, 'follow-up', 'with'], context);
    return { type: 'follow-up', ...readWait(after), template, close: then === 'close' };
  }
  return assertNever(action);
}

function compileFields(
  fields: Readonly<Record<string, string | number | boolean>>,
  path: Path,
  context: RuleContext,
): RuleAction {
  return {
    type: 'set-field',
    fields: Object.entries(fields).map(([field, value]) => ({
      field,
      value: typeof value === 'string' ? compileText(value, [...path, field], context) : value,
      source: typeof value === 'string' ? value : null,
    })),
  };
}

function compileText(source: string, path: Path, context: RuleContext): CompiledTemplate {
  const compiled = context.engine.compile(source);
  if (isCompiled(compiled)) return compiled;
  for (const { line, column, message } of compiled) {
    context.mistakes.push({ ...context.file.placeInText(path, line, column), message });
  }
  return { render: () => '' };
}

function checkTemplate(name: string, path: Path, context: RuleContext): void {
  if (context.templates.includes(name)) return;
  report(context, path, noSuchTemplate(name, context.templates));
}

function report(context: RuleContext, path: Path, message: string): void {
  context.mistakes.push({ ...context.file.placeOf(path), message });
}
