/**
 * A desk is one folder of under 500 lines: what whoever adds one has to write, and to understand. What `deskhand connect` makes
 * on an account lies in `setup`, and is not counted: a desk works without.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const helpdesk = path.join(__dirname, '../../src/helpdesk');

/** Lines on which there is code, imports included; blank ones and those with nothing but a comment are not counted. */
function linesOfCode(text: string): number {
  const source = ts.createSourceFile('counted.ts', text, ts.ScriptTarget.Latest);
  const lineOf = (at: number) => source.getLineAndCharacterOfPosition(at).line;
  const lines = new Set<number>();
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node) || node.getWidth(source) === 0) return;
    const parts = node.getChildren(source);
    parts.forEach(visit);
    if (parts.length > 0) return;
    for (let line = lineOf(node.getStart(source)); line <= lineOf(node.getEnd()); line += 1) lines.add(line);
  };
  visit(source);
  return lines.size;
}

function linesOfFolder(desk: string): number {
  const files = readdirSync(path.join(helpdesk, desk), { recursive: true, encoding: 'utf8' });
  const code = files.filter((file) => file.endsWith('.ts') && !file.startsWith(`setup${path.sep}`));
  const counts = code.map((file) => linesOfCode(readFileSync(path.join(helpdesk, desk, file), 'utf8')));
  return counts.reduce((sum, count) => sum + count, 0);
}

test.each([
  ['nothing', '', 0],
  ['a blank line, and a comment of each kind', '\n// why\n/** What. */\n/*\n * More.\n */\n', 0],
  ['a statement on two lines, with a comment in between', 'const a =\n  // why\n  1;\n', 2],
  ['code with a comment behind it', 'const a = 1; // why\n', 1],
  ['an import', "import a from './a';\n", 1],
  ['what only looks like a comment', 'const a = `\n// not a comment\n`;\n', 3],
])('of %s', (_what, text, count) => {
  expect(linesOfCode(text)).toBe(count);
});

test.each(['gorgias', 'chatwoot'])('the folder of %s has less than 500', (desk) => {
  const lines = linesOfFolder(desk);
  expect(lines).toBeGreaterThan(200);
  expect(lines).toBeLessThan(500);
});
