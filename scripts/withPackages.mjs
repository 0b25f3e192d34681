// Runs a TypeScript file of this repository, after the packages are there: `node scripts/withPackages.mjs FILE ARGS`.
import { endWithNpm } from './endWithNpm.mjs';
import { prepare, run } from './prepare.mjs';

endWithNpm();
await prepare();
process.exitCode = await run(process.execPath, ['--import', 'tsx', ...process.argv.slice(2)]);
