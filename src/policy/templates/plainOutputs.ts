/**
 * Much that a template prints is one fact as it is: `{{ order.number }}`. The library evaluates that through several
 * generators, which shows in the time of a conversation; outside of `if` and `for` it is read here.
 */
import type { Context, Emitter, Template } from 'liquidjs';
import { isObject } from '../../core/isObject';

const oneFact = /^\{\{-?\s*(\w+)\.(\w+)\s*-?\}\}$/;

/**
 * @param locals - variables of the template's own: what they hide is the library's to find.
 * @param print - @throws Error for what may not be printed.
 */
export function withPlainOutputs(
  templates: readonly Template[],
  locals: Readonly<Record<string, unknown>>,
  print: (value: unknown) => string,
): Template[] {
  return templates.map((template) => {
    const [, root = '', field = ''] = oneFact.exec(template.token.getText()) ?? [];
    if (root === '' || Object.hasOwn(locals, root)) return template;
    return {
      token: template.token,
      render({ environments }: Context, text: Emitter): void {
        const facts: unknown = Object.hasOwn(environments, root) ? environments[root] : undefined;
        text.write(print(isObject(facts) && Object.hasOwn(facts, field) ? facts[field] : undefined));
      },
    };
  });
}
