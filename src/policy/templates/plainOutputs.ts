/**
 * Much that a template prints is one fact as it is, `{{ order.number }}`, and much that it asks is whether there is one,
 * `{% if customer.name %}`. The library evaluates each through several generators, which shows in the time of a
 * conversation; both are read here.
 */
import { ForTag, IfTag, toValueSync, UnlessTag, type Context, type Emitter, type Template } from 'liquidjs';
import { isObject } from '../../core/isObject';

const oneFact = /^\{\{-?\s*(\w+)\.(\w+)\s*-?\}\}$/;
const path = /^(\w+)\.(\w+)$/;

/** @throws Error for what may not be printed. */
type Print = (value: unknown) => string;

/** @param locals - variables of the template's own: what they hide is the library's to find. */
export function withPlainOutputs(
  templates: readonly Template[],
  locals: Readonly<Record<string, unknown>>,
  print: Print,
): Template[] {
  return plainly(templates, Object.keys(locals), print);
}

function plainly(templates: readonly Template[], hidden: readonly string[], print: Print): Template[] {
  return templates.map((template) => {
    if (template instanceof ForTag) {
      template.templates = plainly(template.templates, [...hidden, template.variable, 'forloop'], print);
      template.elseTemplates = plainly(template.elseTemplates, hidden, print);
      return template;
    }
    if (template instanceof IfTag || template instanceof UnlessTag) {
      for (const branch of template.branches) branch.templates = plainly(branch.templates, hidden, print);
      if (template.elseTemplates !== undefined) {
        template.elseTemplates = plainly(template.elseTemplates, hidden, print);
      }
      return template instanceof IfTag ? plainQuestion(template, hidden) : template;
    }
    return plainOutput(template, hidden, print);
  });
}

function plainOutput(template: Template, hidden: readonly string[], print: Print): Template {
  const [, root = '', field = ''] = oneFact.exec(template.token.getText()) ?? [];
  if (root === '' || hidden.includes(root)) return template;
  return {
    token: template.token,
    render: (context: Context, text: Emitter) => text.write(print(factOf(context, root, field))),
  };
}

/** `if` and all its `elsif` ask for one fact each. */
function plainQuestion(tag: IfTag, hidden: readonly string[]): Template {
  const branches = tag.branches.map(({ value, templates }) => {
    const { postfix } = value.initial;
    const [, root = '', field = ''] = path.exec(postfix[0]?.getText() ?? '') ?? [];
    const isPlain = postfix.length === 1 && value.filters.length === 0 && !hidden.includes(root);
    return { root: isPlain ? root : '', field, templates };
  });
  if (branches.some(({ root }) => root === '')) return tag;
  const { renderer } = tag.liquid;
  return {
    token: tag.token,
    render(context: Context, text: Emitter): unknown {
      for (const { root, field, templates } of branches) {
        const value = factOf(context, root, field);
        // There is no such fact: what is said of that is the library's.
        if (value === undefined) return tag.render(context, text);
        if (value === null || value === false) continue;
        toValueSync(renderer.renderTemplates(templates, context, text));
        return undefined;
      }
      toValueSync(renderer.renderTemplates(tag.elseTemplates ?? [], context, text));
      return undefined;
    },
  };
}

function factOf({ environments }: Context, root: string, field: string): unknown {
  const facts: unknown = Object.hasOwn(environments, root) ? environments[root] : undefined;
  return isObject(facts) && Object.hasOwn(facts, field) ? facts[field] : undefined;
}
