// Runs a TypeScript file of this repository as an installed Deskhand would run it, compiled as `npm run build` does:
// `node scripts/compiled.mjs FILE ARGS`. For what measures speed: from the sources, tsx wraps every function.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { endWithNpm } from './endWithNpm.mjs';
import { prepare, root, run } from './prepare.mjs';

endWithNpm();
await prepare();
const [file = '', ...args] = process.argv.slice(2);
// Within node_modules, so that packages are found and nothing else of the repository looks at it.
const out = mkdtempSync(path.join(root, 'node_modules', '.compiled-'));
try {
  const config = path.join(out, 'tsconfig.json');
  writeFileSync(
    config,
    JSON.stringify({
      extends: path.join(root, 'tsconfig.build.json'),
      // Types are checked elsewhere.
      compilerOptions: {
        outDir: out,
        rootDir: root,
        noCheck: true,
        typeRoots: [path.join(root, 'node_modules/@types')],
      },
      include: [path.join(root, 'src'), path.join(root, 'bench')],
    }),
  );
  const failed = await run(process.execPath, [
    path.join(root, 'node_modules/typescript/bin/tsc'),
    '-p',
    config,
  ]);
  cpSync(path.join(root, 'package.json'), path.join(out, 'package.json'));
  process.exitCode =
    failed || (await run(process.execPath, [path.join(out, file.replace(/\.ts$/, '.js')), ...args]));
} finally {
  rmSync(out, { recursive: true, force: true });
}
