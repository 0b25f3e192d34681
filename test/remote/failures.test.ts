import {
  cancelledCall,
  endedCall,
  type RemoteFailure,
  failureOfError,
  failureOfStatus,
  longestWaitMs,
  malformedAnswer,
  retryAfterMs,
  slowRetryMs,
  type AnswerReading,
  type RemoteAnswer,
} from '../../src/remote/failures';

const saidNothing: AnswerReading = { special: null, reason: null };

function answered(
  status: number,
  headers: Partial<Omit<RemoteAnswer, 'status'>> = {},
  reading = saidNothing,
  about: 'ticket' | 'account' = 'ticket',
): RemoteFailure {
  return failureOfStatus('Zendesk', { status, retryAfter: null, date: null, ...headers }, reading, about);
}

function networkError(code: string): Error {
  return Object.assign(new Error('with details'), { code });
}

describe('what an HTTP status means', () => {
  const rows: readonly [status: number, kind: string, retryable: boolean, retryAfter: number | null][] = [
    [301, 'malformed', true, slowRetryMs],
    [302, 'malformed', true, slowRetryMs],
    [304, 'malformed', true, slowRetryMs],
    [307, 'malformed', true, slowRetryMs],
    [400, 'rejected', false, null],
    [401, 'unauthorized', true, slowRetryMs],
    [402, 'unauthorized', true, slowRetryMs],
    [403, 'unauthorized', true, slowRetryMs],
    [404, 'ticket-not-found', false, null],
    [405, 'rejected', false, null],
    [408, 'unavailable', true, null],
    [409, 'conflict', true, null],
    [410, 'ticket-not-found', false, null],
    [412, 'conflict', true, null],
    [413, 'rejected', false, null],
    [415, 'rejected', false, null],
    [418, 'rejected', false, null],
    [422, 'rejected', false, null],
    [423, 'unauthorized', true, slowRetryMs],
    [425, 'unavailable', true, null],
    [429, 'throttled', true, null],
    [500, 'unavailable', true, null],
    [502, 'unavailable', true, null],
    [503, 'unavailable', true, null],
    [504, 'unavailable', true, null],
    [599, 'unavailable', true, null],
    [101, 'malformed', true, null],
    [999, 'malformed', true, null],
  ];

  test.each(rows)('%i is %s (retryable: %s, after: %s)', (status, kind, retryable, retryAfter) => {
    const failure = answered(status);
    expect(failure).toMatchObject({ kind, retryable, retryAfterMs: retryAfter, status });
    expect(failure.message).toContain(`Zendesk answered ${status}: `);
  });

  test('a closed ticket is told apart from other refused content by what the desk says', () => {
    expect(answered(422, {}, { special: 'ticket-closed', reason: null })).toMatchObject({
      kind: 'ticket-closed',
      retryable: false,
      message: 'Zendesk answered 422: the ticket is closed for good',
    });
  });

  test('a 404 on anything but a ticket means a wrong address: no ticket is given up for it', () => {
    expect(answered(404, {}, saidNothing, 'account')).toMatchObject({
      kind: 'malformed',
      retryable: true,
      retryAfterMs: slowRetryMs,
    });
    expect(answered(404, {}, { special: 'no-such-address', reason: null })).toMatchObject({
      kind: 'malformed',
      message: expect.stringContaining('check the address') as unknown,
    });
  });

  test('the reason is said in brackets', () => {
    expect(answered(422, {}, { special: null, reason: 'RecordInvalid; fields: group' }).message).toBe(
      'Zendesk answered 422: it refuses the content (RecordInvalid; fields: group)',
    );
  });

  test('429 and 5xx wait as long as the desk asks', () => {
    expect(answered(429, { retryAfter: '23' })).toMatchObject({
      retryAfterMs: 23_000,
      message: 'Zendesk answered 429: too many requests; it asks to wait 23 s',
    });
    expect(answered(503, { retryAfter: '7' }).retryAfterMs).toBe(7_000);
  });

  test('Retry-After on anything else is not obeyed: it neither makes a refusal retryable nor shortens a slow one', () => {
    expect(answered(422, { retryAfter: '1' })).toMatchObject({ retryable: false, retryAfterMs: null });
    expect(answered(401, { retryAfter: '1' }).retryAfterMs).toBe(slowRetryMs);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-11-25T12:00:00Z');
  const date = 'Wed, 25 Nov 2026 12:00:00 GMT';

  const rows: readonly [what: string, header: string | null, wait: number | null][] = [
    ['seconds', '23', 23_000],
    ['seconds with blanks around', ' 23 ', 23_000],
    ['fractions of seconds', '0.5', 500],
    ['a date', 'Wed, 25 Nov 2026 12:00:30 GMT', 30_000],
    ['a date in the old form of RFC 850', 'Wednesday, 25-Nov-26 12:00:30 GMT', 30_000],
    ["a date in C's form, which has no zone", 'Wed Nov 25 12:00:30 2026', 30_000],
    ['zero', '0', null],
    ['a date that has passed', 'Wed, 25 Nov 2026 11:59:30 GMT', null],
    ['nonsense', 'soon', null],
    ['a negative number', '-5', null],
    ['a number in words that a date parser would take', 'May 5', null],
    ['a weekday with nonsense behind it', 'Wed, never', null],
    ['an empty header', '', null],
    ['no header', null, null],
    ['a day, cut to the longest wait', '86400', longestWaitMs],
    ['a date tomorrow, cut as well', 'Thu, 26 Nov 2026 12:00:00 GMT', longestWaitMs],
    ['a number beyond all numbers', '9'.repeat(400), longestWaitMs],
  ];
  test.each(rows)('%s', (_what, header, wait) => {
    expect(retryAfterMs(header, date, now)).toBe(wait);
  });

  test("a date is relative to the desk's clock, so that a wrong one of ours does not matter", () => {
    const ours = now + 3_600_000;
    expect(retryAfterMs('Wed, 25 Nov 2026 12:00:30 GMT', date, ours)).toBe(30_000);
  });

  test('without a usable Date header our clock has to do', () => {
    expect(retryAfterMs('Wed, 25 Nov 2026 12:00:30 GMT', null, now)).toBe(30_000);
    expect(retryAfterMs('Wed, 25 Nov 2026 12:00:30 GMT', 'today', now)).toBe(30_000);
  });

  test('the longest wait leaves room for several attempts within four hours', () => {
    expect(longestWaitMs).toBe(900_000);
  });
});

describe('what an error without an answer means', () => {
  const rows: readonly [code: string, kind: string, retryable: boolean, retryAfter: number | null][] = [
    ['ECONNREFUSED', 'unavailable', true, null],
    ['ECONNRESET', 'unavailable', true, null],
    ['EPIPE', 'unavailable', true, null],
    ['ETIMEDOUT', 'unavailable', true, null],
    ['ECONNABORTED', 'unavailable', true, null],
    ['ENOTFOUND', 'unavailable', true, null],
    ['EAI_AGAIN', 'unavailable', true, null],
    ['EHOSTUNREACH', 'unavailable', true, null],
    ['ENETUNREACH', 'unavailable', true, null],
    ['CERT_HAS_EXPIRED', 'unavailable', true, slowRetryMs],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'unavailable', true, slowRetryMs],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'unavailable', true, slowRetryMs],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'unavailable', true, slowRetryMs],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unavailable', true, slowRetryMs],
    ['EPROTO', 'unavailable', true, slowRetryMs],
    ['ERR_BAD_RESPONSE', 'malformed', true, null],
    ['HPE_INVALID_CONSTANT', 'malformed', true, null],
    ['ESOMETHINGNEW', 'unavailable', true, null],
    ['ERR_CANCELED', 'cancelled', false, null],
    ['ABORT_ERR', 'cancelled', false, null],
  ];
  test.each(rows)('%s is %s (retryable: %s, after: %s)', (code, kind, retryable, retryAfter) => {
    expect(failureOfError('Zendesk', networkError(code))).toMatchObject({
      kind,
      retryable,
      retryAfterMs: retryAfter,
      status: null,
    });
  });

  test('the code is named, and the mend where there is one', () => {
    expect(failureOfError('Zendesk', networkError('ENOTFOUND')).message).toBe(
      'Zendesk could not be asked: its name is not known to DNS; check the address of its API (ENOTFOUND)',
    );
  });

  test("nothing of the error's own text is repeated, nor is it kept: clients hang their credentials on it", () => {
    const failure = failureOfError('Zendesk', networkError('ECONNRESET'));
    expect(failure.message).not.toContain('with details');
    expect(failure.cause).toBeUndefined();
  });

  test.each([
    ['a defect', new TypeError('x is not a function')],
    ['a text', 'went wrong'],
    ['nothing', undefined],
    ['a strange code', Object.assign(new Error(), { code: 'customer said\nhello' })],
    ['a code that is no text', Object.assign(new Error(), { code: 42 })],
  ])('%s is unknown and not tried again', (_what, error) => {
    expect(failureOfError('Zendesk', error)).toMatchObject({ kind: 'unknown', retryable: false });
  });

  test('a failure that is typed already is passed through', () => {
    const failure = malformedAnswer('Zendesk', 200, 'the body is not JSON');
    expect(failureOfError('Zendesk', failure)).toBe(failure);
  });
});

test('a success that is none is tried again, since proxies and half-restarted desks cause it', () => {
  expect(malformedAnswer('Zendesk', 200, 'the body is not JSON')).toMatchObject({
    kind: 'malformed',
    retryable: true,
    retryAfterMs: null,
    status: 200,
    message: 'Zendesk answered 200, but the body is not JSON',
  });
});

test('a cancelled call is final: somebody wanted it so', () => {
  expect(cancelledCall('Zendesk')).toMatchObject({
    kind: 'cancelled',
    retryable: false,
    name: 'RemoteFailure',
  });
});

test('a signal that ran out of time is a timeout, which may pass; any other end is a cancellation', () => {
  const ranOut = endedCall('The shop', AbortSignal.abort(new DOMException('late', 'TimeoutError')));
  expect(ranOut).toMatchObject({ kind: 'unavailable', retryable: true });
  expect(ranOut.message).toBe('The shop could not be asked: it did not answer in time (ETIMEDOUT)');
  expect(endedCall('The shop', AbortSignal.abort())).toMatchObject({ kind: 'cancelled', retryable: false });
  expect(endedCall('The shop', AbortSignal.abort(null))).toMatchObject({ kind: 'cancelled' });
});

describe('a call about an order', () => {
  test.each([
    [404, 'malformed', true, 'there is no API at this address; check the address of its API'],
    [409, 'conflict', true, 'the same order is being changed at this moment'],
    [412, 'conflict', true, 'the same order is being changed at this moment'],
    [410, 'rejected', false, 'it refuses the request'],
    [422, 'rejected', false, 'it refuses the content'],
    [503, 'unavailable', true, 'it has trouble of its own'],
  ])('%i is %s: no ticket is given up as missing', (status, kind, retryable, words) => {
    const answer = { status, retryAfter: null, date: null };
    const failure = failureOfStatus('The shop', answer, saidNothing, 'order');
    expect(failure).toMatchObject({ kind, retryable, message: `The shop answered ${status}: ${words}` });
  });
});
