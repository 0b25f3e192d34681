/**
 * The order of the test files. Jest knows from its cache how long each took; a clean machine has none, and a file of
 * a minute that begins last is a minute in which the other workers have nothing to do.
 */
const { existsSync } = require('node:fs');
const path = require('node:path');
const { default: TestSequencer } = require('@jest/test-sequencer');

/** Those that wait for restarts, retries and other processes; beside one that waits there is one that computes. */
const longest = [
  'cli/up/up',
  'e2e/orderActions',
  'e2e/killedWorker',
  'cli/policy/publish',
  'e2e/modes',
  'cli/processes',
  'e2e/virtualTime',
  'cli/up/signals',
  'helpdesk/contract/freshdesk',
  'e2e/continueAsNew',
  'cli/commands',
  'deployment/built',
  'e2e/outages',
  'temporal/provision/temporalServer',
  'e2e/exactApproval',
  'policy/check/checkFirstRulePage',
  'e2e/faults',
  'server/delivered',
  'e2e/policyVersions',
  'e2e/polling',
  'classify/threads/threadedClassifier',
  'helpdesk/embedded/zendesk/page',
  'helpdesk/embedded/zendesk/pageStories',
  'policy/shopPolicies',
  'e2e/accounts',
  'e2e/answered',
  'helpdesk/contract/gorgias',
  'cli/replay/replay',
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
