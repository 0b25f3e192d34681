/**
 * Facts as conditions see them, in CEL's own types: integers are bigint, and what has fields is of a class of its own,
 * by which cel-js tells its type; a plain object it would wrap anew for each half of each condition. A field is
 * converted when it is asked for: there are a hundred facts, and the rules for one message ask for few of them.
 */
import { isObject } from '../../core/isObject';
import { entryShapes, factShapes, type Facts, type FactType } from '../facts/facts';
import { countSteps, type Cost } from './conditionLimits';

/** The first half of a condition that did not hold, or that all of it holds. */
export type Verdict = { readonly holds: true } | { readonly holds: false; readonly why: string };

/** Of one half of a condition. */
export interface Judged {
  readonly isMet: boolean;
  /** Null: it is met, or nobody has asked why not. */
  unmet: Verdict | null;
}

type Source = Readonly<Record<string, unknown>>;

/**
 * Made once a message. Rules of one policy ask much the same of the same facts, and so it remembers: each thing is
 * looked at once a message.
 */
export interface ConditionScope {
  /** As they were told, by their names. */
  readonly told: Source;
  /** In CEL's types. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** By the text of a half of a condition. */
  readonly judged: Map<string, Judged>;
  /** By the fact's path. */
  readonly described: Map<string, string>;
  /** @throws Error when all conditions together would take too long. */
  readonly takeSteps: (cost: Cost) => void;
}

/** Of facts that are not told, nothing may be asked but their absence: text is "", numbers are 0. */
export function conditionScope(told: Partial<Readonly<Record<keyof Facts, unknown>>>): ConditionScope {
  const source: Source = isObject(told) ? told : {};
  const facts = new everyFact.ctor(source);
  return {
    told: source,
    facts,
    judged: new Map(),
    described: new Map(),
    takeSteps: countSteps(source),
  };
}

type Converter = (value: unknown) => unknown;

/** What cel-js is told of facts with fields. */
interface FieldsType<Type> {
  readonly fields: Record<string, Type>;
  readonly ctor: new (source: Source) => Source;
}

function fieldsType<Type extends FactType | FieldsType<FactType>>(
  fields: Record<string, Type>,
): FieldsType<Type> {
  class WithFields {
    [field: string]: unknown;
    readonly [told]: Source;
    constructor(source: Source) {
      this[told] = source;
    }
  }
  for (const [field, type] of Object.entries(fields)) {
    const convert = typeof type === 'object' ? fieldsConverter(type) : converterOf(type);
    Object.defineProperty(WithFields.prototype, field, {
      get(this: WithFields): unknown {
        return convert(this[told][field]);
      },
    });
  }
  return { fields, ctor: WithFields };
}

/** Where no name of a fact can be in the way. */
const told = Symbol('facts as they were told');

function converterOf(type: FactType): Converter {
  switch (type) {
    case 'int':
      return (value) => BigInt(typeof value === 'number' ? Math.trunc(value) : 0);
    case 'string':
      // Recorded before there was such a fact.
      return (value) => value ?? '';
    case 'double':
    case 'bool':
    case 'list<string>':
      return (value) => value;
    case 'list<Parcel>':
      return listConverter(() => entryTypes.Parcel);
    case 'list<OrderBrief>':
      return listConverter(() => entryTypes.OrderBrief);
    case 'list<Line>':
      return listConverter(() => entryTypes.Line);
  }
}

function listConverter(typeOf: () => FieldsType<FactType>): Converter {
  return (value) => (Array.isArray(value) ? value.map(fieldsConverter(typeOf())) : []);
}

function fieldsConverter({ ctor }: FieldsType<FactType>): Converter {
  return (value) => new ctor(isObject(value) ? value : {});
}

export const entryTypes = {
  Parcel: fieldsType<FactType>({ ...entryShapes.Parcel }),
  OrderBrief: fieldsType<FactType>({ ...entryShapes.OrderBrief }),
  Line: fieldsType<FactType>({ ...entryShapes.Line }),
};

/** By their first names: `order`, `confidence`. */
const everyFact = fieldsType<FactType | FieldsType<FactType>>(
  Object.fromEntries(
    Object.entries(factShapes).map(([name, shape]) => [
      name,
      typeof shape === 'string' ? shape : fieldsType<FactType>({ ...shape }),
    ]),
  ),
);

export const factTypes = everyFact.fields;
