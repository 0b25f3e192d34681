/**
 * Jest loads every module anew for each test file, packages and its own as well: a second or two of it goes by before the
 * first test, and what the processor's compiler has learned is lost each time. Here the test files of a worker share the
 * packages, jest's and our sources, which Node loads once; a test file and what it imports from test/ are its own. So what
 * our sources keep in a module is shared by test files. That may be caches and no more.
 *
 * A test of how a module begins takes jest's own ways, by `@jest-environment node` in its first comment.
 */
const Module = require('node:module');
const path = require('node:path');
const { compileFunction } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

const root = path.resolve(__dirname, '../..');
const shared = ['node_modules', 'src', 'activities', 'workflows'].map((name) =>
  path.join(root, name, path.sep),
);
/** For stack traces, where in its source something is: in the next test files, too. */
const sourceMaps = new Map();
/** What several test files import from test/ is compiled once; each of them runs it for itself. */
const compiled = new Map();
/** As jest does it, with jest's cache. */
let compile;

Module._extensions['.ts'] = (module, file) => module._compile(compile(file), file);

module.exports = class SharedModules extends Runtime {
  constructor(config, environment, ...others) {
    super(config, environment, ...others);
    this.shares = environment.global === globalThis;
    if (!this.shares) return;
    this.transformCache.sourceMaps = sourceMaps;
    compile = (file) => this.transformCache.transform(file);
    const { executor } = this;
    // Jest's own asks for a context, and the main one is none.
    executor.compile = (source, filename) => {
      const known = compiled.get(filename);
      if (known?.source === source) return known.run;
      const run = compileFunction(source, executor.injectedModuleParameters, { filename });
      if (!filename.endsWith('.test.ts')) compiled.set(filename, { source, run });
      return run;
    };
  }

  /** Jest's own modules, all but the one that it begins with: that keeps what belongs to one test file. */
  requireInternalModule(from, to) {
    if (this.shares && to) return Module.createRequire(from)(to);
    return super.requireInternalModule(from, to);
  }

  requireModule(from, name, options, isActual) {
    if (this.shares && name && !options?.isInternalModule && !this._resolution.isCoreModule(name)) {
      const file = this._resolution.resolveCjs(from, name);
      if (shared.some((folder) => file.startsWith(folder))) return require(file);
    }
    return super.requireModule(from, name, options, isActual);
  }
};
