/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: '<rootDir>/test/support/mainRealm.cjs',
  runtime: '<rootDir>/test/support/sharedModules.cjs',
  globalSetup: '<rootDir>/test/support/globalSetup.ts',
  globalTeardown: '<rootDir>/test/support/globalTeardown.ts',
  setupFiles: ['<rootDir>/test/support/propertySeed.ts'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '^.+\\.(t|j|mj|mt|cj|ct)sx?$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
        // An import() is Node's: it finds packages that are ES modules only.
        module: { type: 'commonjs', ignoreDynamic: true },
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  testSequencer: '<rootDir>/test/support/longestFirst.cjs',
  // For two cores: half of the time goes by waiting for retries and for other processes.
  maxWorkers: 4,
  // Most is the encoder's; what test files leave behind adds up, too. A new worker has to load everything again.
  workerIdleMemoryLimit: '1GB',
  // No test is as slow: this is for a machine that has much else to do.
  testTimeout: 240_000,
};
