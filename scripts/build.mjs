// Compiles to dist/, with what is not TypeScript beside it and the workflow bundle made ahead of time: what the
// container image runs. `--noCheck`: for types checked before.
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
if (!process.argv.includes('--noCheck')) compile('--noEmit', '--noCheck', 'false', '--target', 'ES2023');
compile();
cpSync(path.join(root, 'src/helpdesk/embedded/page'), path.join(dist, 'src/helpdesk/embedded/page'), {
  recursive: true,
});
cpSync(path.join(root, 'package.json'), path.join(dist, 'package.json'));
const { workflowCode } = createRequire(import.meta.url)('../dist/src/temporal/workflowCode.js');
const { code } = await bundleWorkflowCode({
  ...workflowCode,
  logger: new DefaultLogger('WARN'),
});
writeFileSync(path.join(dist, 'workflow-bundle.js'), code);
console.log(`built dist/, workflow bundle ${Math.round(code.length / 1024)} kB`);

function compile(...options) {
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', ...options], {
    cwd: root,
    stdio: 'inherit',
  });
}
