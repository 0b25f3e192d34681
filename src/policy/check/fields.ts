/** Custom fields that rules set, held against those that the desk has. */
import { findField, fitField, type CustomField } from '../../core/ticket/customField';
import type { ReadPolicy } from '../load/loadPolicy';
import { didYouMean, listNames } from '../policyError';
import type { FieldSetting } from '../policy';
import type { Finding } from './finding';
import { placedRules } from './policyRules';

/** Values are looked at as far as they are written out. */
export function findUnknownFields(
  { policy, files }: ReadPolicy,
  fields: readonly CustomField[],
): readonly Finding[] {
  return placedRules(policy).flatMap(({ rule, at }) =>
    rule.actions.flatMap((action, index) => {
      if (action.type !== 'set-field') return [];
      const place = [...at, 'then', index, 'set-field'];
      return action.fields.flatMap((setting): readonly Finding[] => {
        const message = problemOf(setting, fields);
        if (message === null) return [];
        const where = files.rules.placeOfKey(place, setting.field);
        return [{ ...where, severity: 'error', kind: 'unknown-field', message }];
      });
    }),
  );
}

function problemOf({ field, value, source }: FieldSetting, fields: readonly CustomField[]): string | null {
  const known = findField(fields, field);
  if (known === null) {
    const names = fields.map(({ name }) => name);
    return `sets the field "${field}", which the desk does not have. It has: ${listNames(names)}.${didYouMean(field, names)}`;
  }
  const written = typeof value === 'object' ? source : value;
  if (written === null || /\{[{%]/.test(String(written))) return null;
  const fitted = fitField(known, written);
  return 'why' in fitted ? `sets the field "${field}" to ${JSON.stringify(written)}: ${fitted.why}` : null;
}
