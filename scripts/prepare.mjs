// What every command on a bare clone needs first: the right Node and the packages as locked. Without dependencies,
// since it is what installs them.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const oldestNode = [20, 19];

/** Ends the process with a sentence when it cannot be made ready. */
export async function prepare(folder = root) {
  requireNode(process.versions.node);
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(folder, 'package-lock.json')))
    .digest('hex');
  const stamp = path.join(folder, 'node_modules', '.deskhand-lock-sha256');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === wanted) return;
  if (isInstalled(folder)) {
    writeFileSync(stamp, `${wanted}\n`);
    return;
  }
  const why = existsSync(path.join(folder, 'node_modules'))
    ? 'package-lock.json changed'
    : 'none are there yet';
  console.error(`Packages: installing (${why}) ...`);
  const begin = Date.now();
  const seconds = () => `${Math.round((Date.now() - begin) / 1_000)} s`;
  const tick = setInterval(() => console.error(`  ... installing packages, ${seconds()}`), 5_000);
  const code = await run('npm', ['ci', '--prefer-offline', '--loglevel', 'error'], { cwd: folder });
  clearInterval(tick);
  if (code !== 0) {
    console.error(
      `Packages: npm ci failed (exit code ${code}); its reason is above. Mend it and start again. ` +
        'Without a network, run it once where there is one, or set the registry with `npm config set registry`.',
    );
    process.exit(1);
  }
  writeFileSync(stamp, `${wanted}\n`);
  console.error(`Packages: installed in ${seconds()}.`);
}

/**
 * Whether npm itself has installed what the lock file says (`npm install PKG` does): then nothing must be deleted and
 * fetched again. npm notes what is there in a lock file of its own, at the end of an installation.
 * https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json#hidden-lockfiles
 * @param {string} folder
 */
function isInstalled(folder) {
  const hidden = path.join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const there = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(path.join(folder, 'package-lock.json'), 'utf8')).packages;
  const isSame = (name) => name in there && name in wanted && there[name].version === wanted[name].version;
  return (
    // npm notes packages it has only resolved, too (`--package-lock-only`).
    Object.keys(there).every((name) => isSame(name) && existsSync(path.join(folder, name))) &&
    // Optional packages of other platforms are never there.
    Object.keys(wanted).every((name) => name === '' || wanted[name].optional === true || isSame(name))
  );
}

/** @param {string} version */
function requireNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  console.error(
    `This is Node ${version}; Deskhand needs ${oldestNode.join('.')} or newer: https://nodejs.org/en/download`,
  );
  process.exit(1);
}

/**
 * Runs a program on this terminal, passes SIGINT and SIGTERM on, and resolves to its exit code (128 + n for a signal).
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string }} [options]
 * @returns {Promise<number>}
 */
export function run(program, args, options = {}) {
  const child = spawn(program, args, { stdio: 'inherit', cwd: root, ...options });
  const interrupt = () => child.kill('SIGINT');
  const terminate = () => child.kill('SIGTERM');
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', terminate);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`${program} cannot be run: ${error.message}`);
      resolve(127);
    });
    child.once('exit', (code, signal) => {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', terminate);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143));
    });
  });
}
