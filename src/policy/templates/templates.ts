/**
 * Reply templates: plain text with Liquid (https://liquidjs.com). Only the tags and filters listed here exist, no
 * template reads a file, and printing a fact that is absent is an error, never an empty gap in a sentence.
 */
import type { OrderAction, RefundLine } from '../../core/orders/orderAction';
import { Context, Liquid, toValueSync, type LiquidError, type StaticAnalysis, type Template } from 'liquidjs';
import {
  entryShapes,
  factShapes,
  unprintableFacts,
  type Facts,
  type FactShape,
  type FactType,
} from '../facts/facts';
import { isObject } from '../../core/isObject';
import { didYouMean } from '../policyError';
import { BoundedText } from './boundedText';
import { plainRenderer, withPlainOutputs } from './plainOutputs';
import { findWrongFilter } from './templateFilters';

export interface CompiledTemplate {
  /** @throws Error when a fact that is absent would be printed, or the text grows out of all bounds. */
  render(view: TemplateView): string;
}

/** What is told by name; text that is absent is empty. */
export type TemplateView = Readonly<Record<string, unknown>>;

export interface TemplateMistake {
  /** From 1, within the template. */
  readonly line: number;
  /** From 1, within the line. */
  readonly column: number;
  readonly message: string;
}

export const tags = ['if', 'unless', 'case', 'for', 'assign', 'break', 'continue', 'comment', '#'];
const ownFilters = ['day', 'money'];
const libraryFilters = ['join', 'size', 'first', 'last', 'upcase', 'downcase', 'capitalize', 'plus', 'minus'];
export const filters = [...ownFilters, ...libraryFilters];

/** The order action that a rule proposes or has done; absent in rules without one. */
const deedShape = {
  amount: 'int',
  currency: 'string',
  address: 'string',
  item: 'string',
} as const satisfies FactShape;

/** The mail with a code: nothing of an order, since it may reach somebody else. */
const codeMailShape = { code: 'string', minutes: 'int' } as const satisfies FactShape;

/** Characters a template may make while it runs: far above any reply, far below what hurts. */
const memoryLimit = 100_000;
/** Loops within loops multiply the work. */
const maxLoops = 2;
/** The last fuse, far above what the limits before it let through. */
const renderLimitMs = 1_000;

/** While a shop is out, nothing is known of orders. */
const holdingShape = {
  customer: { name: 'string', language: 'string' },
} as const satisfies Record<string, FactShape>;

export type TemplateUse = 'reply' | 'code-mail' | 'holding';

const shapesFor: Readonly<Record<TemplateUse, Readonly<Record<string, FactType | FactShape>>>> = {
  reply: { ...factShapes, deed: deedShape },
  'code-mail': codeMailShape,
  holding: holdingShape,
};

export interface TemplateEngine {
  /** @param use - what the template may print: facts, or only what is known where it is said. */
  compile(source: string, use?: TemplateUse): CompiledTemplate | readonly TemplateMistake[];
}

/**
 * @param language - for dates and amounts: `de`.
 * @param linkNames - the names that `links.` may have.
 */
export function createTemplateEngine(language: string, linkNames: readonly string[]): TemplateEngine {
  const liquid = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    templates: {},
    parseLimit: memoryLimit,
    memoryLimit,
    renderLimit: renderLimitMs,
    outputEscape: printable,
  });
  for (const name of Object.keys(liquid.tags))
    if (!tags.includes(name)) Reflect.deleteProperty(liquid.tags, name);
  for (const name of Object.keys(liquid.filters)) {
    if (!libraryFilters.includes(name)) Reflect.deleteProperty(liquid.filters, name);
  }
  // Making a format takes longer than all else in a template.
  const dayFormat = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  liquid.registerFilter('day', (value: unknown) => formatDay(value, dayFormat));
  const moneyFormats = new Map<string, MoneyFormat>();
  const moneyFormat = (currency: string): MoneyFormat => {
    const known = moneyFormats.get(currency);
    if (known !== undefined) return known;
    const format = new Intl.NumberFormat(language === 'en' ? 'en-GB' : language, {
      style: 'currency',
      currency,
    });
    const made = { format, digits: format.resolvedOptions().maximumFractionDigits ?? 2 };
    moneyFormats.set(currency, made);
    return made;
  };
  liquid.registerFilter('money', (value: unknown, currency: unknown) =>
    formatMoney(value, currency, moneyFormat),
  );
  return { compile: (source, use = 'reply') => compile(liquid, source, linkNames, use) };
}

function compile(
  liquid: Liquid,
  source: string,
  linkNames: readonly string[],
  use: TemplateUse,
): CompiledTemplate | readonly TemplateMistake[] {
  let parsed: Template[];
  try {
    parsed = liquid.parse(source);
  } catch (error) {
    return [parseMistake(error)];
  }
  const loop = loopTooMany(source);
  if (loop !== null) return [loop];
  const wrong = findWrongFilter(source);
  if (wrong !== null) return [{ ...placeIn(source, wrong.offset), message: wrong.message }];
  const found = liquid.analyzeSync(parsed);
  const mistakes = checkVariables(found, source, linkNames, use);
  if (mistakes.length > 0) return mistakes;
  if (!/\{[{%]/.test(source)) {
    const always = tidy(source);
    return { render: () => always };
  }
  const plain = plainRenderer(parsed, printable);
  const written = withPlainOutputs(parsed, found.locals, printable);
  const named = Object.keys(found.variables);
  return { render: (view) => tidy(plain?.(view) ?? renderWithin(liquid, written, shownOf(view, named))) };
}

function renderWithin(liquid: Liquid, parsed: Template[], view: TemplateView): string {
  const text = new BoundedText();
  const context = new Context(view, liquid.options, { sync: true }, { liquid });
  toValueSync(liquid.renderer.renderTemplates(parsed, context, text));
  return text.buffer;
}

export function isCompiled(
  compiled: CompiledTemplate | readonly TemplateMistake[],
): compiled is CompiledTemplate {
  return 'render' in compiled;
}

function parseMistake(error: unknown): TemplateMistake {
  const [line, column] = isLiquidError(error) ? error.token.getPosition() : [1, 1];
  const text = (error instanceof Error ? error.message : String(error)).replace(
    /, line:\d+, col:\d+[\s\S]*$/,
    '',
  );
  const tag = /^tag "([^"]*)" not found/.exec(text)?.[1];
  const filter = /^undefined filter: (.*)$/.exec(text)?.[1];
  const message =
    tag !== undefined
      ? `uses the tag "${tag}". Allowed: ${tags.join(', ')}.${didYouMean(tag, tags)}`
      : filter !== undefined
        ? `uses the filter "${filter}". Allowed: ${filters.join(', ')}.${didYouMean(filter, filters)}`
        : `is not valid Liquid: ${text}`;
  return { line: line ?? 1, column: column ?? 1, message };
}

export function isLiquidError(error: unknown): error is LiquidError {
  return (
    error instanceof Error && 'token' in error && typeof error.token === 'object' && error.token !== null
  );
}

function checkVariables(
  { variables, locals }: StaticAnalysis,
  source: string,
  linkNames: readonly string[],
  use: TemplateUse,
): readonly TemplateMistake[] {
  const loops = loopEntries(source);
  const known: Readonly<Record<string, FactType | FactShape>> = {
    ...shapesFor[use],
    shop: { name: 'string' },
    links: Object.fromEntries(linkNames.map((link) => [link, 'string'])),
  };
  return Object.values(variables)
    .flat()
    .flatMap(({ segments, location }) => {
      const names = segments.map((segment) => (typeof segment === 'object' ? '*' : String(segment)));
      const [root = '', field] = names;
      if (root === 'forloop' || Object.hasOwn(locals, root)) return [];
      const problem = checkPath(root, field, { ...known, ...loops }, names);
      return problem === null ? [] : [{ line: location.row, column: location.col, message: problem }];
    });
}

function loopTooMany(source: string): TemplateMistake | null {
  let depth = 0;
  for (const { index, 1: tag } of source.matchAll(/\{%-?\s*(for|endfor)\b/g)) {
    depth += tag === 'for' ? 1 : -1;
    if (depth <= maxLoops) continue;
    return {
      ...placeIn(source, index),
      message: `has loops more than ${maxLoops} deep. Write it with fewer`,
    };
  }
  return null;
}

function placeIn(source: string, offset: number): { readonly line: number; readonly column: number } {
  const before = source.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/** `{% for parcel in order.parcels %}`: what `parcel` is made of. */
function loopEntries(source: string): Readonly<Record<string, FactType | FactShape>> {
  const loops = [...source.matchAll(/\{%-?\s*for\s+(\w+)\s+in\s+(?:(\w+)\.(\w+))?/g)];
  const entries: Record<string, FactType | FactShape> = {};
  for (const [, variable = '', root = '', field = ''] of loops) {
    const shape = { ...factShapes, ...entries }[root];
    const type =
      typeof shape === 'object' ? Object.entries(shape).find(([name]) => name === field)?.[1] : undefined;
    if (type === 'list<Parcel>') entries[variable] = entryShapes.Parcel;
    else if (type === 'list<OrderBrief>') entries[variable] = entryShapes.OrderBrief;
    else if (type === 'list<Line>') entries[variable] = entryShapes.Line;
    else entries[variable] = 'string';
  }
  return entries;
}

function checkPath(
  root: string,
  field: string | undefined,
  known: Readonly<Record<string, FactType | FactShape>>,
  names: readonly string[],
): string | null {
  const path = names.join('.');
  const shape = known[root];
  if (shape === undefined) {
    const roots = Object.keys(known);
    return `prints "${root}", which is no fact. Allowed: ${roots.join(', ')}.${didYouMean(root, roots)}`;
  }
  if (unprintableFacts.includes(path))
    return `prints "${path}": what customers wrote is never said back to them`;
  if (typeof shape === 'string') return null;
  const fields = Object.keys(shape);
  if (field === undefined) return `prints "${root}" whole. Name one of its facts: ${fields.join(', ')}`;
  if (fields.includes(field)) return null;
  return `prints "${root}.${field}", which is no fact. ${root} has: ${fields.join(', ')}.${didYouMean(field, fields)}`;
}

function printable(value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number') return String(value);
  throw new Error('a fact that is absent would be printed');
}

/** `27 November`, in the language of the template; ISO dates carry no zone, so none may shift them. */
function formatDay(value: unknown, format: Intl.DateTimeFormat): string {
  const time = typeof value === 'string' ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time)) throw new Error('a date that is absent would be printed');
  return format.format(time);
}

interface MoneyFormat {
  readonly format: Intl.NumberFormat;
  /** Of the currency, behind the point. */
  readonly digits: number;
}

function formatMoney(value: unknown, currency: unknown, formatOf: (currency: string) => MoneyFormat): string {
  if (typeof value !== 'number' || typeof currency !== 'string') throw new Error('an amount that is absent');
  const { format, digits } = formatOf(currency);
  return format.format(value / 10 ** digits);
}

/** Conditions in a template leave empty lines behind; readers see paragraphs. */
function tidy(text: string): string {
  if (!untidy.test(text)) return text.trim();
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const untidy = /[^\S\n]\n|\n{3}/;

/** @param deed - the order action that the rule proposes or does; null: none. */
export function templateView(facts: Facts, shop: TemplateView, deed: OrderAction | null): TemplateView {
  // Written out: V8 makes a slow dictionary of what gets so many names one by one.
  const told: Record<keyof Facts | 'deed', unknown> = {
    intent: facts.intent,
    confidence: facts.confidence,
    signals: facts.signals,
    message: facts.message,
    customer: facts.customer,
    order: facts.order,
    orders: facts.orders,
    lookup: facts.lookup,
    ticket: facts.ticket,
    done: facts.done,
    question: facts.question,
    said: facts.said,
    identity: facts.identity,
    limits: facts.limits,
    clock: facts.clock,
    deed: deed === null ? noDeed : printableDeed(deed, facts),
  };
  return Object.assign(told, shop);
}

type PrintableDeed = Readonly<Record<keyof typeof deedShape, string | number | null>>;
const noDeed: PrintableDeed = { amount: null, currency: null, address: null, item: null };

function printableDeed(deed: OrderAction, facts: Facts): PrintableDeed {
  const amount = 'amount' in deed ? deed.amount : null;
  return {
    amount: amount?.minor ?? null,
    currency: amount?.currency ?? null,
    address: deed.type === 'change-address' ? deed.address : null,
    item: deed.type === 'refund' ? piecesText(deed.lines, facts.order.lines) : null,
  };
}

/** `Kettle`; `1 × Mug` where more of them were ordered: what goes back is said exactly. Null: no line is named. */
function piecesText(back: readonly RefundLine[], ordered: Facts['order']['lines']): string | null {
  const texts = back.flatMap(({ line, quantity }) => {
    const entry = ordered.find((other) => other.line === line);
    if (entry === undefined) return [];
    return [entry.quantity === 1 ? entry.name : `${quantity} × ${entry.name}`];
  });
  return texts.length === 0 ? null : texts.join(', ');
}

/** As the library sees it, of what a template names: absent text is null, so that `{% if order.expectedOn %}` means what it says. */
function shownOf(view: TemplateView, named: readonly string[]): TemplateView {
  const shown: Record<string, unknown> = {};
  for (const name of named) {
    if (Object.hasOwn(view, name)) shown[name] = absentAsNull(view[name]);
  }
  return shown;
}

/** A copy only where something is absent. */
function absentAsNull(value: unknown): unknown {
  if (value === '') return null;
  if (Array.isArray(value)) {
    const shown = value.map(absentAsNull);
    return shown.every((entry, place) => entry === value[place]) ? value : shown;
  }
  if (!isObject(value)) return value;
  let view: Record<string, unknown> | null = null;
  for (const key of Object.keys(value)) {
    const entry = value[key];
    const shown = absentAsNull(entry);
    if (shown === entry) continue;
    view ??= { ...value };
    view[key] = shown;
  }
  return view ?? value;
}
