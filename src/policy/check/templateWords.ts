/** Words in a template's questions that the fact beside them never is: `{% if order.status == "shiped" %}`. */
import { entryTypeOf } from '../conditions/constants';
import { factValues } from '../facts/factValues';
import type { ReadPolicy } from '../load/loadPolicy';
import { didYouMean, listNames } from '../policyError';
import type { Finding } from './finding';

interface Compared {
  readonly path: string;
  readonly word: string;
  /** In the template's text. */
  readonly offset: number;
}

export function findWrongWords({ policy, files }: ReadPolicy): readonly Finding[] {
  const values: Readonly<Record<string, readonly string[]>> = {
    ...factValues,
    intent: [...policy.intents.map(({ intent }) => intent), ''],
  };
  return Object.entries(policy.content.templates).flatMap(([language, texts]) => {
    const file = files.templates.get(language);
    if (file === undefined) return [];
    return Object.entries(texts).flatMap(([name, text]) =>
      comparedIn(text).flatMap(({ path, word, offset }): readonly Finding[] => {
        const allowed = Object.hasOwn(values, path) ? values[path] : undefined;
        if (allowed === undefined || allowed.includes(word)) return [];
        const before = text.slice(0, offset).split('\n');
        const place = file.placeInText([name], before.length, (before.at(-1) ?? '').length + 1);
        const words = allowed.filter((other) => other !== '');
        const message = `"${name}" compares ${path} with "${word}", which it never is. Allowed: ${listNames(words)}.${didYouMean(word, words)}`;
        return [{ ...place, severity: 'error', kind: 'wrong-word', message }];
      }),
    );
  });
}

const question = /\{%-?\s*(?:if|elsif|unless)\s([^%]*)%\}/g;
const comparison = /([A-Za-z_][\w.]*)\s*(?:==|!=|contains)\s*(?:"([^"]*)"|'([^']*)')/g;
const choice = /\{%-?\s*case\s+([\w.]+)\s*-?%\}((?:(?!\{%-?\s*endcase)[^])*)/g;
const when = /\{%-?\s*when\s([^%]*)%\}/g;
const quoted = /"([^"]*)"|'([^']*)'/g;
const loop = /\{%-?\s*for\s+(\w+)\s+in\s+([\w.]+)/g;

function comparedIn(text: string): readonly Compared[] {
  const entries = new Map([...text.matchAll(loop)].map(([, name = '', list = '']) => [name, list]));
  const compared = (path: string, word: string, offset: number): Compared => {
    const [root = '', ...fields] = path.split('.');
    const list = entries.get(root);
    const known = list === undefined ? path : [entryTypeOf(list) ?? list, ...fields].join('.');
    return { path: known, word, offset };
  };
  const asked = [...text.matchAll(question)].flatMap(({ index, 0: tag }) =>
    [...tag.matchAll(comparison)].map((match) =>
      compared(match[1] ?? '', match[2] ?? match[3] ?? '', index + match.index),
    ),
  );
  const chosen = [...text.matchAll(choice)].flatMap(({ index, 0: whole, 1: path = '' }) =>
    [...whole.matchAll(when)].flatMap((tag) =>
      [...tag[0].matchAll(quoted)].map((match) =>
        compared(path, match[1] ?? match[2] ?? '', index + tag.index + match.index),
      ),
    ),
  );
  return [...asked, ...chosen];
}
