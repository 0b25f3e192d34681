/**
 * Reply templates: plain text with Liquid (https://liquidjs.com). Only the tags and filters listed here exist, no
 * template reads a file, and printing a fact that is absent is an error, never an empty gap in a sentence.
 */
import type { OrderAction, RefundLine } from '../../core/orders/orderAction';
import { Context, Liquid, toValueSync, type LiquidError, type Template } from 'liquidjs';
import type { Facts } from '../facts/facts';
import { isObject } from '../../core/isObject';
import { didYouMean } from '../policyError';
import { BoundedText } from './boundedText';
import { plainRenderer, withPlainOutputs, type Writing } from './plainOutputs';
import { findWrongFilter } from './templateFilters';
import { checkVariables, type deedShape, type TemplateMistake, type TemplateUse } from './templateVariables';

export interface CompiledTemplate {
  /** @throws Error when a fact that is absent would be printed, or the text grows out of all bounds. */
  render(view: TemplateView): string;
}

/** What is told by name; text that is absent is empty. */
export type TemplateView = Readonly<Record<string, unknown>>;

export const tags = ['if', 'unless', 'case', 'for', 'assign', 'break', 'continue', 'comment', '#'];
const ownFilters = ['day', 'money'];
const libraryFilters = ['join', 'size', 'first', 'last', 'upcase', 'downcase', 'capitalize', 'plus', 'minus'];
export const filters = [...ownFilters, ...libraryFilters];

/** Characters a template may make while it runs: far above any reply, far below what hurts. */
const memoryLimit = 100_000;
/** Loops within loops multiply the work. */
const maxLoops = 2;
/** The last fuse, far above what the limits before it let through. */
const renderLimitMs = 1_000;

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
  const day = (value: unknown) => formatDay(value, dayFormat);
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
  const money = (value: unknown, currency: unknown) => formatMoney(value, currency, moneyFormat);
  liquid.registerFilter('day', day);
  liquid.registerFilter('money', money);
  const writing = { print: printable, day, money };
  return { compile: (source, use = 'reply') => compile(liquid, writing, source, linkNames, use) };
}

function compile(
  liquid: Liquid,
  writing: Writing,
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
  const control = /(?![\t\n\r])\p{Cc}/u.exec(source);
  if (control !== null) return [{ ...placeIn(source, control.index), message: controlMistake(control[0]) }];
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
  const plain = plainRenderer(parsed, writing);
  const written = withPlainOutputs(parsed, found.locals, writing);
  const named = Object.keys(found.variables);
  return { render: (view) => tidy(plain?.(view) ?? renderWithin(liquid, written, shownOf(view, named))) };
}

function controlMistake(sign: string): string {
  const code = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `has the control character U+${code} in it, which no desk shows. Take it out`;
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
