/** The rules of a policy as a list, each with the place of its text. */
import type { LoadedPolicy, Rule } from '../policy';
import type { Path } from '../load/policyFiles';

export interface PlacedRule {
  readonly rule: Rule;
  /** In rules.yaml. */
  readonly at: Path;
  /** Null: looked at for every intent. */
  readonly intent: string | null;
}

/** In the order they are looked at; `otherwise` is last. */
export function placedRules({ rules }: LoadedPolicy): readonly PlacedRule[] {
  return [
    ...rules.first.map((rule, index) => ({ rule, at: ['first', index], intent: null })),
    ...[...rules.perIntent].flatMap(([intent, list]) =>
      list.map((rule, index) => ({ rule, at: ['per-intent', intent, index], intent })),
    ),
    { rule: rules.otherwise, at: ['otherwise'], intent: null },
  ];
}

/** Templates that a rule can say, with where it names them. */
export function templatesOf({
  rule,
  at,
}: PlacedRule): readonly { readonly name: string; readonly at: Path }[] {
  return rule.actions.flatMap((action, index) => {
    const place: Path = [...at, 'then', index];
    switch (action.type) {
      case 'reply':
        return [{ name: action.template, at: [...place, 'reply'] }];
      case 'ask':
        return [{ name: action.template, at: [...place, 'ask', 'with'] }];
      case 'confirm':
        return [
          { name: action.template, at: [...place, 'confirm', 'with'] },
          { name: action.declined, at: [...place, 'confirm', 'declined'] },
        ];
      case 'follow-up':
        return [{ name: action.template, at: [...place, 'follow-up', 'with'] }];
      default:
        return [];
    }
  });
}
