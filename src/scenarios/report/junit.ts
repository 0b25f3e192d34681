/** Results as JUnit XML, which CI servers show beside a change: a suite for each file, a case for each scenario. */
import { create } from 'xmlbuilder2';
import { failureText } from './report';
import type { ScenarioResult } from '../runScenarios';

export function junitXml(results: readonly ScenarioResult[]): string {
  // What customers may type, and XML may not hold.
  const document = create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '\uFFFD' });
  const suites = document.ele('testsuites', { name: 'deskhand policy test', ...countsOf(results) });
  for (const file of new Set(results.map(({ scenario }) => scenario.file))) {
    const own = results.filter(({ scenario }) => scenario.file === file);
    const suite = suites.ele('testsuite', { name: file, ...countsOf(own) });
    for (const result of own) {
      const { scenario, failed, milliseconds } = result;
      const testcase = suite.ele('testcase', {
        name: scenario.name,
        classname: file,
        file,
        line: scenario.line,
        time: seconds(milliseconds),
      });
      if (failed === null) continue;
      const message =
        failed.broken ??
        failed.mismatches
          .map(({ about, expected, came }) => `${about}: expected ${expected}, came ${came}`)
          .join('; ');
      testcase.ele('failure', { type: 'expectation', message }).txt(failureText(result));
    }
  }
  return document.end({ prettyPrint: true });
}

function countsOf(results: readonly ScenarioResult[]): Readonly<Record<string, string | number>> {
  const failures = results.filter(({ failed }) => failed !== null).length;
  const time = seconds(results.reduce((sum, { milliseconds }) => sum + milliseconds, 0));
  return { tests: results.length, failures, errors: 0, time };
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1_000).toFixed(3);
}
