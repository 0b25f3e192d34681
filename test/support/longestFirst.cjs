/**
 * The order of the test files. Jest knows from its cache how long each took; a clean machine has none, and a file of
 * a minute that begins last is a minute in which the other workers have nothing to do.
 */
const { existsSync } = require('node:fs');
const path = require('node:path');
const { default: TestSequencer } = require('@jest/test-sequencer');

/** Those that wait for restarts, retries and other processes. */
const longest = [
  'cli/up/up',
  'e2e/orderActions',
  'e2e/killedWorker',
  'e2e/modes',
  'cli/up/signals',
  'e2e/faults',
  'e2e/moneyLimits',
  'policy/check/checkFirstRulePage',
  'classify/threads/threadedClassifier',
  'e2e/polling',
  'server/delivered',
  'e2e/virtualTime',
  'e2e/exactApproval',
  'e2e/notices',
  'temporal/provision/temporalServer',
  'cli/processes',
  'cli/commands',
  'e2e/outages',
  'e2e/policyVersions',
  'e2e/continueAsNew',
  'e2e/answered',
  'deployment/built',
  'cli/policy/publish',
  'helpdesk/contract/freshdesk',
  'helpdesk/embedded/zendesk/page',
  'helpdesk/embedded/zendesk/pageStories',
  'temporal/provision/connection',
];
for (const name of longest) {
  if (!existsSync(path.join(__dirname, '..', `${name}.test.ts`))) {
    throw new Error(`longestFirst.cjs names ${name}, and there is no such test file: write where it is now`);
  }
}

function placeOf({ path }) {
  const at = longest.findIndex((name) => path.endsWith(`/test/${name}.test.ts`));
  return at === -1 ? longest.length : at;
}

module.exports = class LongestFirst extends TestSequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => placeOf(a) - placeOf(b));
  }
};
