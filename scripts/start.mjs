// `npm start`: packages, then everything Deskhand needs, then a customer who asks.
import path from 'node:path';
import { prepare, root, run } from './prepare.mjs';

await prepare();
const cli = path.join(root, 'bin', 'deskhand.mjs');
process.exitCode = await run(process.execPath, [cli, 'up', ...process.argv.slice(2)]);
