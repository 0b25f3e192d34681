/** The JSON Schemas that editors complete by are those of the code: `UPDATE_SCHEMAS=1 npx jest test/policy/editorSchemas`. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { accountsFileSchema } from '../../src/config/accounts/accountSchema';
import {
  intentsSchema,
  policySchema,
  sharedRulesSchema,
  templatesSchema,
  writtenRulesSchema,
} from '../../src/policy/schema';
import { scenarioFileSchema } from '../../src/scenarios/schema';

test.each([
  ['policy', policySchema],
  ['intents', intentsSchema],
  ['rules', writtenRulesSchema],
  ['shared-rules', sharedRulesSchema],
  ['templates', templatesSchema],
  ['scenarios', scenarioFileSchema],
  ['accounts', accountsFileSchema],
])('policies/schema/%s.schema.json is current', async (name, schema) => {
  const file = path.resolve(`policies/schema/${name}.schema.json`);
  const current = `${JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), null, 2)}\n`;
  if (process.env['UPDATE_SCHEMAS'] === '1') await writeFile(file, current);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(JSON.parse(current));
});
