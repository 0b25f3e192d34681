/** The file of accounts (DESKHAND_ACCOUNTS): every mistake in it is told with its place, and no secret of it is printed. */
import { readFileSync } from 'node:fs';
import { parsePolicyFile, type Path, type PolicyFile, type Reading } from '../../policy/load/policyFiles';
import { checkFile } from '../../policy/load/schemaCheck';
import { decodeUtf8 } from '../../policy/load/utf8';
import { mistakeInFolders } from '../brandSettings';
import { deskNameOf } from '../deskSettings';
import type { Environment } from '../givenVariables';
import { headSchema } from './accountSchema';
import {
  mistakeLine,
  readAccount,
  type AccountDefaults,
  type AccountSettings,
  type FileMistake,
  type ReadingFile,
  type Tell,
} from './readAccount';

export interface ReadAccounts {
  readonly accounts: readonly AccountSettings[];
  /** One sentence each, with file, line and column. */
  readonly mistakes: readonly string[];
  /** Variables that the file names: they belong to it. */
  readonly variables: ReadonlySet<string>;
}

/** @param file - its path; what it names is found from its folder. */
export function readAccountsFile(file: string, env: Environment, defaults: AccountDefaults): ReadAccounts {
  const told: FileMistake[] = [];
  const variables = new Set<string>();
  const accounts = accountsIn(file, { file, env, defaults, variables, told });
  const sorted = told.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { accounts, mistakes: sorted.map((mistake) => mistakeLine(file, mistake)), variables };
}

function accountsIn(file: string, reading: ReadingFile): readonly AccountSettings[] {
  const { told } = reading;
  const parsed = parseFile(file);
  if ('mistakes' in parsed) {
    told.push(...parsed.mistakes);
    return [];
  }
  const head = checkFile(parsed.file, headSchema);
  if ('mistakes' in head) {
    told.push(...head.mistakes);
    return [];
  }
  const tell: Tell = (at, message) => told.push({ ...parsed.file.placeOf(at), message });
  for (const key of Object.keys(head.content)) {
    if (key !== 'accounts') tell([key], `"${key}" is not read here. The file has the key "accounts" alone`);
  }
  const accounts = head.content.accounts.flatMap(({ desk }, index) => {
    const account = readAccount(desk, entryOf(parsed.file, index), reading);
    return account === null ? [] : [account];
  });
  tellTwice(accounts, head.content.accounts, tell);
  // Policies of one store are told apart by their names.
  for (const store of new Set(accounts.map(({ policyStoreDir }) => policyStoreDir))) {
    const sharing = accounts.filter(({ policyStoreDir }) => policyStoreDir === store);
    const folders = mistakeInFolders(sharing.flatMap(({ brands }) => Object.values(brands)));
    if (folders !== null) tell(['accounts'], `the brands of all accounts ${folders}`);
  }
  return accounts;
}

function parseFile(file: string): Reading {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be read';
    const what = why === 'ENOENT' ? 'is not there' : `cannot be read by this user (${why})`;
    const message = `${what}: DESKHAND_ACCOUNTS must name the file of your accounts, or be unset`;
    return { mistakes: [{ file, line: 1, column: 1, message }] };
  }
  const decoded = decodeUtf8(bytes);
  return 'text' in decoded ? parsePolicyFile(file, decoded.text) : { mistakes: [{ file, ...decoded }] };
}

/** One account of the file, as if it were a file by itself. */
function entryOf(file: PolicyFile, index: number): PolicyFile {
  const content: unknown = Reflect.get(listOf(file.content), index);
  const under = (at: Path): Path => ['accounts', index, ...at];
  return {
    name: file.name,
    content,
    placeOf: (at) => file.placeOf(under(at)),
    placeOfKey: (at, key) => file.placeOfKey(under(at), key),
    writtenAt: (at) => file.writtenAt(under(at)),
    placeInText: (at, line, column) => file.placeInText(under(at), line, column),
  };
}

function listOf(content: unknown): readonly unknown[] {
  const list: unknown =
    typeof content === 'object' && content !== null ? Reflect.get(content, 'accounts') : [];
  return Array.isArray(list) ? list : [];
}

/** Two accounts of one name, or two names of one account, would answer each ticket twice or as each other. */
function tellTwice(
  accounts: readonly AccountSettings[],
  written: readonly { desk: string; name: string }[],
  tell: Tell,
): void {
  written.forEach(({ desk, name }, index) => {
    const first = written.findIndex((other) => other.desk === desk && other.name === name);
    if (first < index) {
      tell(
        ['accounts', index, 'name'],
        `"${name}" is the name of entry ${first + 1}, which is of ${desk}, too. Give each account of a desk a name of its own`,
      );
    }
  });
  // However it is written: in capital letters, with the port that goes without saying.
  const addressOf = ({ desk }: AccountSettings): string | null => {
    if (!('apiUrl' in desk)) return null;
    const { host, pathname } = new URL(desk.apiUrl);
    return `${host}${pathname}`;
  };
  accounts.forEach((account, index) => {
    const first = accounts.findIndex((other) => addressOf(other) === addressOf(account));
    const other = accounts[first];
    if (first < index && other !== undefined && deskNameOf(other.desk) === deskNameOf(account.desk)) {
      const at = written.findIndex(
        ({ name, desk }) => name === account.account && desk === deskNameOf(account.desk),
      );
      tell(
        ['accounts', at, 'address'],
        `is the address of "${other.account}", too. One account is served once; brands of it have policies by "brands"`,
      );
    }
  });
}
