// `npm test`: packages, then jest. `npm test -- test/core` runs a part.
import path from 'node:path';
import { prepare, root, run } from './prepare.mjs';

await prepare();
const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
process.exitCode = await run(process.execPath, [jest, ...process.argv.slice(2)]);
