/** The types of search attributes by their other two names. https://docs.temporal.io/search-attribute */
import type { SearchAttributeType } from '@temporalio/common';

/** temporal.api.enums.v1.IndexedValueType */
const indexedValueTypes: Record<SearchAttributeType, number> = {
  TEXT: 1,
  KEYWORD: 2,
  INT: 3,
  DOUBLE: 4,
  BOOL: 5,
  DATETIME: 6,
  KEYWORD_LIST: 7,
};

/** As the server's API numbers it. */
export function indexedValueType(type: SearchAttributeType): number {
  return indexedValueTypes[type];
}

/** As Temporal's command-line programs spell it: `KeywordList` for `KEYWORD_LIST`. */
export function commandLineType(type: SearchAttributeType): string {
  return type
    .toLowerCase()
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
