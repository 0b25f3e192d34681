/**
 * Much that a template prints is one fact as it is, `{{ order.number }}`, as a day, as money or as a list with commas, and
 * much that it asks is whether there is one, `{% if customer.name %}`, or more than so much of it,
 * `{% if order.refundable > 0 %}`. The library evaluates each through several generators, which shows in the time of a
 * conversation; all these are read here. A template of nothing else, or of lists of it, as most are, needs no library to
 * be written.
 */
import {
  ForTag,
  IfTag,
  toValueSync,
  TypeGuards,
  UnlessTag,
  type Context,
  type Emitter,
  type Template,
  type Value,
} from 'liquidjs';
import { isObject } from '../../core/isObject';
import { BoundedText } from './boundedText';

const output = /^\{\{-?([^]*?)-?\}\}$/;
const fact = /^\s*(\w+)\.(\w+)\s*$/;
const factAsDay = /^\s*(\w+)\.(\w+)\s*\|\s*day\s*$/;
const factAsMoney = /^\s*(\w+)\.(\w+)\s*\|\s*money:\s*(\w+)\.(\w+)\s*$/;
const factWithCommas = /^\s*(\w+)\.(\w+)\s*\|\s*join:\s*", "\s*$/;

/** How values are written. All throw for what may not be printed. */
export interface Writing {
  readonly print: (value: unknown) => string;
  readonly day: (value: unknown) => string;
  readonly money: (value: unknown, currency: unknown) => string;
}

/** @param locals - variables of the template's own: what they hide is the library's to find. */
export function withPlainOutputs(
  templates: readonly Template[],
  locals: Readonly<Record<string, unknown>>,
  writing: Writing,
): Template[] {
  return plainly(templates, Object.keys(locals), writing);
}

function plainly(templates: readonly Template[], hidden: readonly string[], writing: Writing): Template[] {
  return templates.map((template) => {
    if (template instanceof ForTag) {
      template.templates = plainly(template.templates, [...hidden, template.variable, 'forloop'], writing);
      template.elseTemplates = plainly(template.elseTemplates, hidden, writing);
      return template;
    }
    if (template instanceof IfTag || template instanceof UnlessTag) {
      for (const branch of template.branches) branch.templates = plainly(branch.templates, hidden, writing);
      if (template.elseTemplates !== undefined) {
        template.elseTemplates = plainly(template.elseTemplates, hidden, writing);
      }
      return template instanceof IfTag ? plainQuestion(template, hidden) : template;
    }
    return plainOutput(template, hidden, writing);
  });
}

/**
 * @returns null where there is more in the template than text, plain outputs and plain questions. What it renders is
 * null where something is wrong: only the library says where.
 */
export function plainRenderer(
  templates: readonly Template[],
  writing: Writing,
): ((view: object) => string | null) | null {
  const plain = plainText(templates, writing);
  if (plain === null) return null;
  return (view) => {
    const text = new BoundedText();
    try {
      plain(view, text);
    } catch {
      return null;
    }
    return text.buffer;
  };
}

/** @throws Error for what may not be printed, and for a fact that there is not. */
type PlainText = (view: object, text: BoundedText) => void;

function plainText(templates: readonly Template[], writing: Writing): PlainText | null {
  const pieces: PlainText[] = [];
  for (const template of templates) {
    const piece = plainPiece(template, writing);
    if (piece === null) return null;
    pieces.push(piece);
  }
  return (view, text) => {
    for (const piece of pieces) piece(view, text);
  };
}

function plainPiece(template: Template, writing: Writing): PlainText | null {
  if (template instanceof IfTag) return plainChoice(template, writing);
  if (template instanceof ForTag) return plainList(template, writing);
  const { token } = template;
  if (TypeGuards.isHTMLToken(token)) {
    const written = token.getContent();
    return (_view, text) => text.write(written);
  }
  const value = plainValue(token.getText(), [], writing);
  return value === null ? null : (view, text) => text.write(value(view));
}

/** @returns null for what the library has to evaluate. */
function plainValue(
  written: string,
  hidden: readonly string[],
  { print, day, money }: Writing,
): ((view: object) => string) | null {
  const inner = output.exec(written)?.[1] ?? '';
  const parts = [fact, factAsDay, factAsMoney, factWithCommas].map((form) => form.exec(inner));
  const [plain, asDay, asMoney, withCommas] = parts;
  const [, root = '', field = '', ofRoot = '', ofField = ''] = parts.find((found) => found !== null) ?? [];
  if (root === '' || hidden.includes(root) || hidden.includes(ofRoot)) return null;
  if (plain !== null) return (view) => print(factOf(view, root, field));
  if (asDay !== null) return (view) => day(factOf(view, root, field));
  if (asMoney !== null) return (view) => money(factOf(view, root, field), factOf(view, ofRoot, ofField));
  return withCommas === null ? null : (view) => print(commas(factOf(view, root, field), print));
}

/** One thing is a list of it, to the library too. */
function commas(list: unknown, print: Writing['print']): unknown {
  if (!Array.isArray(list)) return list;
  return list.map((entry) => (entry === '' || entry === null ? '' : print(entry))).join(', ');
}

function plainChoice(tag: IfTag, writing: Writing): PlainText | null {
  const asked = questionsOf(tag, []);
  if (asked === null) return null;
  const otherwise = plainText(tag.elseTemplates ?? [], writing);
  const branches: { readonly isSo: PlainQuestion; readonly say: PlainText }[] = [];
  for (const { isSo, templates } of asked) {
    const say = plainText(templates, writing);
    if (say === null) return null;
    branches.push({ isSo, say });
  }
  if (otherwise === null) return null;
  return (view, text) => {
    for (const { isSo, say } of branches) {
      const answer = isSo(view);
      if (answer === null) throw new Error('there is no such fact');
      if (!answer) continue;
      say(view, text);
      return;
    }
    otherwise(view, text);
  };
}

/** `{% for parcel in order.parcels %}`. */
function plainList(
  { variable, collection, hash, templates, elseTemplates }: ForTag,
  writing: Writing,
): PlainText | null {
  const [, root = '', field = ''] = fact.exec(collection.getText()) ?? [];
  const each = plainText(templates, writing);
  const otherwise = plainText(elseTemplates, writing);
  const isWhole = Object.keys(hash.hash).length === 0;
  if (root === '' || !isWhole || each === null || otherwise === null) return null;
  return (view, text) => {
    const list = factOf(view, root, field);
    if (!Array.isArray(list)) throw new Error('there is no such list');
    const entries: readonly unknown[] = list;
    if (entries.length === 0) otherwise(view, text);
    for (const entry of entries) each({ ...view, [variable]: entry }, text);
  };
}

function plainOutput(template: Template, hidden: readonly string[], writing: Writing): Template {
  const value = plainValue(template.token.getText(), hidden, writing);
  if (value === null) return template;
  return {
    token: template.token,
    render: ({ environments }: Context, text: Emitter) => text.write(value(environments)),
  };
}

/** Null: the library has to say. */
type PlainQuestion = (view: object) => boolean | null;

interface Branch {
  readonly isSo: PlainQuestion;
  readonly templates: Template[];
}

/** Where `if` and all its `elsif` ask for one fact each; else null. */
function questionsOf({ branches }: IfTag, hidden: readonly string[]): readonly Branch[] | null {
  const asked: Branch[] = [];
  for (const { value, templates } of branches) {
    const isSo = plainQuestionOf(value, hidden);
    if (isSo === null) return null;
    asked.push({ isSo, templates });
  }
  return asked;
}

function plainQuestionOf({ initial, filters }: Value, hidden: readonly string[]): PlainQuestion | null {
  const [asked, limit, operator, ...more] = initial.postfix;
  const [, root = '', field = ''] = fact.exec(asked?.getText() ?? '') ?? [];
  if (root === '' || hidden.includes(root) || filters.length > 0 || more.length > 0) return null;
  if (limit === undefined) {
    return (view) => {
      const value = factOf(view, root, field);
      return value === undefined ? null : value !== null && value !== false;
    };
  }
  if (!TypeGuards.isNumberToken(limit) || operator?.getText() !== '>') return null;
  return (view) => {
    const value = factOf(view, root, field);
    return typeof value === 'number' ? value > limit.content : null;
  };
}

function plainQuestion(tag: IfTag, hidden: readonly string[]): Template {
  const branches = questionsOf(tag, hidden);
  if (branches === null) return tag;
  const { renderer } = tag.liquid;
  return {
    token: tag.token,
    render(context: Context, text: Emitter): unknown {
      for (const { isSo, templates } of branches) {
        const answer = isSo(context.environments);
        // There is no such fact, or no such number: what is said of that is the library's.
        if (answer === null) return tag.render(context, text);
        if (!answer) continue;
        toValueSync(renderer.renderTemplates(templates, context, text));
        return undefined;
      }
      toValueSync(renderer.renderTemplates(tag.elseTemplates ?? [], context, text));
      return undefined;
    },
  };
}

/** @returns null for text that is absent, undefined where there is no such fact. */
function factOf(view: object, root: string, field: string): unknown {
  const facts: unknown = isObject(view) && Object.hasOwn(view, root) ? view[root] : undefined;
  const fact = isObject(facts) && Object.hasOwn(facts, field) ? facts[field] : undefined;
  return fact === '' ? null : fact;
}
