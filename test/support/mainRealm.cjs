/**
 * Jest's test environment without a realm of its own: tests run among the same globals as Node's own modules. That is
 * what lets test files share modules (sharedModules.cjs): an error that is made there is an `Error` in the test, too.
 * There are no fake timers: waits of days are run in Temporal's virtual time.
 */
const { ModuleMocker } = require('jest-mock');
// For the files that ask for it; it copies the globals it finds when it is loaded, and packages add some.
require('jest-environment-node');

/** What jest keeps at the globals for one test file. */
const ofOneFile = new Set([
  'Symbol(JEST_STATE_SYMBOL)',
  'Symbol(EVENT_HANDLERS)',
  'Symbol(RETRY_TIMES_SETTER)',
]);

module.exports = class MainRealm {
  constructor() {
    this.global = globalThis;
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimers = null;
    this.fakeTimersModern = null;
    this.before = { console, exit: process.exit, folder: process.cwd(), env: { ...process.env } };
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return this.global;
  }

  async setup() {}

  /** The next test file of this worker finds what this one found. */
  async teardown() {
    const { console, exit, folder, env } = this.before;
    Object.assign(globalThis, { console });
    process.exit = exit;
    process.chdir(folder);
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
    for (const key of Object.getOwnPropertySymbols(globalThis)) {
      if (ofOneFile.has(String(key))) delete globalThis[key];
    }
  }
};
