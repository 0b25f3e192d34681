// `npm start`: packages, then everything Deskhand needs, then a customer who asks.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare, root, run } from './prepare.mjs';
import { endWithNpm } from './endWithNpm.mjs';

endWithNpm();
await prepare();
const bin = path.join(root, 'bin');
// Should this process be killed, the channel closes, and Deskhand stops in order.
const guard = pathToFileURL(path.join(bin, 'stopWithParent.mjs')).href;
const args = ['--import', guard, path.join(bin, 'deskhand.mjs'), 'up', ...process.argv.slice(2)];
process.exitCode = await run(process.execPath, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
