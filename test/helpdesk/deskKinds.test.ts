/** The table of desks: each row says whole and right what everything else builds on it. */
import { z } from 'zod';
import { factsOf, isVariableName } from '../../src/config/variables';
import type { DeskKind } from '../../src/helpdesk/deskKind';
import { accountOf, deskKinds, deskVariables, ticketIdMistake } from '../../src/helpdesk/deskKinds';
import { deskNames, isDeskName } from '../../src/helpdesk/deskNames';

const rows: readonly (readonly [string, DeskKind])[] = deskNames.map((name) => [name, deskKinds[name]]);

test('every desk has a row, and nothing else has', () => {
  expect(Object.keys(deskKinds)).toEqual([...deskNames]);
  expect(isDeskName('zendesk')).toBe(true);
  expect(isDeskName('kayako')).toBe(false);
});

describe.each(rows)('%s', (name, kind) => {
  test('has its variables among the settings, all with one beginning', () => {
    const [prefix] = Object.keys(kind.variables).map((variable) => variable.replace(/_.*$/, ''));
    for (const variable of Object.keys(kind.variables)) {
      expect(variable).toMatch(new RegExp(`^${prefix ?? ''}_`));
      expect(deskVariables).toHaveProperty(variable);
      expect(isVariableName(variable)).toBe(true);
    }
  });

  test('names variables that there are, and secrets as what they are', () => {
    const named = [...Object.values(kind.keys), ...Object.values(kind.signIn)];
    expect(new Set(named).size).toBe(named.length);
    for (const variable of named) expect(kind.variables).toHaveProperty(variable);
    for (const variable of named.filter((one) => /TOKEN|KEY|SECRET/.test(one))) {
      expect(isVariableName(variable) && factsOf(variable).secret).toBe(true);
    }
    const limit = kind.keys.requestsPerMinute;
    expect(isVariableName(limit) ? Number(factsOf(limit).fallback) : 0).toBeGreaterThan(0);
  });

  test('can be signed in to by each of its ways, and by what its double gives out', () => {
    expect(kind.waysToSignIn.length).toBeGreaterThan(0);
    for (const way of kind.waysToSignIn) {
      for (const key of way) expect(kind.signIn).toHaveProperty(key);
    }
    const double = kind.signInToDouble({ email: 'bot@shop.example', token: 't'.repeat(32) });
    expect(kind.waysToSignIn.some((way) => way.every((key) => double[key] !== undefined))).toBe(true);
    const apiUrl = 'https://desk.acme.example/api';
    expect(kind.connect(apiUrl, double)).toMatchObject({ kind: name, apiUrl });
  });

  test('has an example of an address that its variable takes, and an account that may stand in ids', () => {
    const example = kind.addressExample.replaceAll(/<[^>]*number[^>]*>/g, '3').replaceAll(/<[^>]+>/g, 'acme');
    const schema = kind.variables[kind.keys.address];
    expect(schema).toBeInstanceOf(z.ZodType);
    expect(schema?.safeParse(example).success).toBe(true);
    expect(accountOf(example)).toMatch(/^[a-z0-9][a-z0-9.-]*$/);
  });

  test('says what its ticket ids are', () => {
    expect(ticketIdMistake(name, '35436')).toBeNull();
    for (const id of ['', 'a:b', '../1', '1 2', 'x'.repeat(200)]) {
      expect(ticketIdMistake(name, id)).toMatch(/^must be /);
    }
  });

  test('refuses a delivery that nobody signed, in words', () => {
    const delivery = { rawBody: Buffer.from('{"ticket_id":"1"}'), header: () => null };
    const check = { secret: 'a-secret-of-enough', secretName: 'ITS_SECRET', now: 0, botUserId: null };
    const reading = kind.webhook.read(delivery, check);
    expect(reading).toMatchObject({ type: 'refused' });
    expect(JSON.stringify(reading)).not.toContain('a-secret-of-enough');
  });
});
