/** What one version of a policy says and another does not: in rules, templates and intents, not in lines. Pure. */
import { isDeepStrictEqual } from 'node:util';
import { diffArrays } from 'diff';
import { stringify } from 'yaml';
import { isObject } from '../../core/isObject';
import type { LoadedPolicy, PolicyFilesContent } from '../policy';
import type { RulesContent } from '../schema';

export interface Detail {
  /** The key as it stands in the file (`when`, `then`), a language of a template, a path of policy.yaml. */
  readonly part: string;
  /** As one would write it, a line or paragraph each; empty: nothing. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface Change {
  readonly name: string;
  readonly kind: 'added' | 'removed' | 'changed' | 'moved' | 'renamed';
  /** Where it stands: `first`, `order_status`; of what moved or was renamed, also where or what it was. */
  readonly where: string;
  readonly details: readonly Detail[];
}

export interface PolicyDiff {
  readonly from: string;
  readonly to: string;
  readonly rules: readonly Change[];
  readonly templates: readonly Change[];
  readonly intents: readonly Change[];
  /** policy.yaml: shop, languages, settings, identity, escalation. */
  readonly settings: readonly Detail[];
}

export function diffPolicies(from: LoadedPolicy, to: LoadedPolicy): PolicyDiff {
  return {
    from: from.version,
    to: to.version,
    rules: diffRules(from.content.rules, to.content.rules),
    templates: diffTemplates(from.content.templates, to.content.templates),
    intents: diffIntents(from.content.intents, to.content.intents),
    settings: diffTrees(from.content.policy, to.content.policy, ''),
  };
}

type Tree = Readonly<Record<string, unknown>>;

interface PlacedRule {
  readonly name: string;
  readonly list: string;
  /** Everything but its name. */
  readonly body: Tree;
}

function placedRules(content: RulesContent): readonly PlacedRule[] {
  const lists = [
    ['first', content.first],
    ...Object.entries(content['per-intent']),
    ['otherwise', [content.otherwise]],
  ] as const;
  return lists.flatMap(([list, rules]) => rules.map(({ rule, ...body }) => ({ name: rule, list, body })));
}

function diffRules(from: RulesContent, to: RulesContent): readonly Change[] {
  const before = placedRules(from);
  const after = placedRules(to);
  const isNew = ({ name }: PlacedRule) => !before.some((rule) => rule.name === name);
  const isGone = ({ name }: PlacedRule) => !after.some((rule) => rule.name === name);
  const renamed = new Map<PlacedRule, PlacedRule>();
  for (const rule of after.filter(isNew)) {
    const former = before
      .filter(isGone)
      .find((gone) => ![...renamed.values()].includes(gone) && isSameRule(gone, rule));
    if (former !== undefined) renamed.set(rule, former);
  }
  const moved = movedRules(before, after);
  const changes = after.flatMap((rule): readonly Change[] => {
    const { name, list } = rule;
    const former = renamed.get(rule);
    if (former !== undefined)
      return [{ name, kind: 'renamed', where: `${list}, was ${former.name}`, details: [] }];
    const same = before.find((other) => other.name === name);
    if (same === undefined) return [{ name, kind: 'added', where: list, details: wholeRule(rule) }];
    const details = ruleDetails(same.body, rule.body);
    if (same.list !== list) return [{ name, kind: 'moved', where: `${list}, was in ${same.list}`, details }];
    if (moved.has(name))
      return [{ name, kind: 'moved', where: `${list}, ${standsNow(rule, after)}`, details }];
    return details.length === 0 ? [] : [{ name, kind: 'changed', where: list, details }];
  });
  const gone = before
    .filter((rule) => isGone(rule) && ![...renamed.values()].includes(rule))
    .map(({ name, list }): Change => ({ name, kind: 'removed', where: list, details: [] }));
  return [...changes, ...gone];
}

function isSameRule(a: PlacedRule, b: PlacedRule): boolean {
  return a.list === b.list && isDeepStrictEqual(a.body, b.body);
}

/** The first match decides, so the order is part of the meaning. As few rules as possible count as moved. */
function movedRules(before: readonly PlacedRule[], after: readonly PlacedRule[]): ReadonlySet<string> {
  const names = (rules: readonly PlacedRule[], others: readonly PlacedRule[]) =>
    rules
      .filter((rule) => others.some(({ name, list }) => name === rule.name && list === rule.list))
      .map(({ name, list }) => ({ name, list }));
  const lists = new Set(before.map(({ list }) => list));
  return new Set(
    [...lists].flatMap((wanted) => {
      const inList = (rules: readonly PlacedRule[]) => rules.filter(({ list }) => list === wanted);
      const old = names(inList(before), inList(after)).map(({ name }) => name);
      const now = names(inList(after), inList(before)).map(({ name }) => name);
      return diffArrays(old, now).flatMap(({ added, value }) => (added ? value : []));
    }),
  );
}

function standsNow(rule: PlacedRule, rules: readonly PlacedRule[]): string {
  const list = rules.filter((other) => other.list === rule.list);
  const next = list[list.indexOf(rule) + 1];
  return next === undefined ? 'now the last' : `now before ${next.name}`;
}

function wholeRule({ body }: PlacedRule): readonly Detail[] {
  return Object.entries(body)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([part, value]) => ({ part, before: [], after: written(value) }));
}

function ruleDetails(before: Tree, after: Tree): readonly Detail[] {
  return keysOf(before, after).flatMap((part) => detail(part, written(before[part]), written(after[part])));
}

/** Of two lists of lines, those that only one has, in order; of none, nothing. */
function detail(part: string, before: readonly string[], after: readonly string[]): readonly Detail[] {
  const pieces = diffArrays([...before], [...after]);
  const gone = pieces.flatMap(({ removed, value }) => (removed ? value : []));
  const come = pieces.flatMap(({ added, value }) => (added ? value : []));
  return gone.length === 0 && come.length === 0 ? [] : [{ part, before: gone, after: come }];
}

/** As it would stand in the file: each step of a list for itself, everything else in one line. */
function written(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((entry: unknown) => [inLine(entry)]);
  return [inLine(value)];
}

function inLine(value: unknown): string {
  if (typeof value === 'string') return value;
  return stringify(withoutDefaults(value), {
    collectionStyle: 'flow',
    lineWidth: 0,
    flowCollectionPadding: true,
  })
    .trim()
    .replace(/^\{ (.*) \}$/s, '$1');
}

/** What nobody wrote is not shown: `remove: []`, `group: null`. */
function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (!isObject(value)) return value;
  const written = Object.entries(value).filter(
    ([, part]) => part !== null && !(Array.isArray(part) && part.length === 0),
  );
  return Object.fromEntries(written.map(([key, part]) => [key, withoutDefaults(part)]));
}

function keysOf(before: Tree, after: Tree): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])];
}

type Templates = PolicyFilesContent['templates'];

function diffTemplates(from: Templates, to: Templates): readonly Change[] {
  const languages = keysOf(from, to);
  const names = [...new Set([...Object.values(from), ...Object.values(to)].flatMap(Object.keys))];
  return names.flatMap((name): readonly Change[] => {
    const details = languages.flatMap((language) =>
      detail(language, paragraphs(from[language]?.[name]), paragraphs(to[language]?.[name])),
    );
    if (details.length === 0) return [];
    const had = Object.values(from).some((texts) => Object.hasOwn(texts, name));
    const has = Object.values(to).some((texts) => Object.hasOwn(texts, name));
    const kind = !had ? 'added' : has ? 'changed' : 'removed';
    const where = details.map(({ part }) => part).join(', ');
    return [{ name, kind, where, details: kind === 'removed' ? [] : details }];
  });
}

function paragraphs(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.split('\n').filter((line) => line.trim() !== '');
}

type Intents = PolicyFilesContent['intents'];

function diffIntents(from: Intents, to: Intents): readonly Change[] {
  return keysOf(from, to).flatMap((name): readonly Change[] => {
    const before = from[name];
    const after = to[name];
    if (after === undefined) return [{ name, kind: 'removed', where: '', details: [] }];
    if (before === undefined) return [{ name, kind: 'added', where: '', details: ruleDetails({}, after) }];
    const { examples: said, ...rest } = before;
    const { examples: sayNow, ...restNow } = after;
    const examples = {
      part: 'examples',
      before: said.filter((example) => !sayNow.includes(example)),
      after: sayNow.filter((example) => !said.includes(example)),
    };
    const isSame = examples.before.length === 0 && examples.after.length === 0;
    const details = [...ruleDetails(rest, restNow), ...(isSame ? [] : [examples])];
    return details.length === 0 ? [] : [{ name, kind: 'changed', where: '', details }];
  });
}

function diffTrees(before: unknown, after: unknown, path: string): readonly Detail[] {
  if (isObject(before) && isObject(after)) {
    return keysOf(before, after).flatMap((key) =>
      diffTrees(before[key], after[key], path === '' ? key : `${path}.${key}`),
    );
  }
  return isDeepStrictEqual(before, after) ? [] : detail(path, written(before), written(after));
}
