// These packages are published as ES modules only; jest loads CommonJS, so they are transformed like our own code.
const esmOnly = ['@marcbachmann/cel-js', 'eld'];

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/support/globalSetup.ts',
  globalTeardown: '<rootDir>/test/support/globalTeardown.ts',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '^.+\\.(t|j|mj|mt|cj|ct)sx?$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  // Its exports name no CommonJS entry, and jest turns our import() into a require().
  moduleNameMapper: { '^eld/small$': '<rootDir>/node_modules/eld/src/entries/static.small.js' },
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  testSequencer: '<rootDir>/test/support/longestFirst.cjs',
  // For two cores: a third of the time goes by waiting for retries and for other processes.
  maxWorkers: 3,
  // Packages leave traces in a worker with every file that loads them; a new one is cheaper than clearing up after them.
  workerIdleMemoryLimit: '800MB',
  testTimeout: 30_000,
};
