/** The contract as an OpenAPI document, docs/shop-api.openapi.yaml, made from what the example server enforces. */
import { stringify } from 'yaml';
import { isObject } from '../../core/isObject';
import { Faults } from '../../remote/faults';
import { buildShopServer } from './shopServer';

const answers: Readonly<Record<string, string>> = {
  '200': 'Found, or done, or refused for a reason of the order',
  '400': 'Not JSON, or too large. Not asked again; a person is told',
  '401': 'The bearer token is not accepted. Asked again slowly; people are told',
  '409': 'The same key, or the same order, is being worked on. Asked again',
  '422': 'Not as this document says. Not asked again; a person is told',
  '429': 'Too many requests. Asked again after Retry-After',
  '503': 'Not now. Asked again after Retry-After',
};

export async function describeContract(): Promise<string> {
  const app = await buildShopServer(
    { findByNumber: unasked, findByCustomer: unasked, act: unasked },
    '',
    new Faults(),
  );
  try {
    await app.ready();
    return stringify(tidy(app.swagger(), ''), { lineWidth: 110 });
  } finally {
    await app.close();
  }
}

function unasked(): never {
  throw new Error('only described, never asked');
}

/** Each schema once, an answer's meaning in words, and no pattern where a format says it better. */
function tidy(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((entry) => tidy(entry, ''));
  if (typeof value === 'string') return value.replace(/^(#\/components\/schemas\/\w+)Input$/, '$1');
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(
    ([key, entry]) =>
      !(name === 'schemas' && key.endsWith('Input')) &&
      !(key === 'pattern' && 'format' in value) &&
      !(key === 'maximum' && entry === Number.MAX_SAFE_INTEGER),
  );
  const described = kept.map(([key, entry]) => [key, tidy(entry, key)] as const);
  const words = answers[name];
  return Object.fromEntries(words === undefined ? described : [...described, ['description', words]]);
}
