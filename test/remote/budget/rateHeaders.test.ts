import { endpointResetMs, readRate } from '../../../src/remote/budget/rateHeaders';

const read = (headers: Record<string, string>) => readRate((name) => headers[name] ?? null);

describe('what a desk says of its limits', () => {
  it.each([
    ["Zendesk's", { 'x-rate-limit': '700', 'x-rate-limit-remaining': '699' }, [700, 699, null]],
    [
      "Zendesk's on lists",
      {
        'x-rate-limit': '700',
        'x-rate-limit-remaining': '12',
        'ratelimit-limit': '100',
        'ratelimit-remaining': '3',
        'ratelimit-reset': '41',
      },
      [700, 12, 41_000],
    ],
    ["Freshdesk's", { 'x-ratelimit-total': '400', 'x-ratelimit-remaining': '0' }, [400, 0, null]],
    ["the draft standard's", { 'ratelimit-limit': '50', 'ratelimit-remaining': '7' }, [50, 7, null]],
    ["Gorgias's leaky bucket", { 'x-gorgias-account-api-call-limit': '10/40' }, [120, 90, 20_000]],
    ["Gorgias's, run over", { 'x-gorgias-account-api-call-limit': '41/40' }, [120, 0, 20_000]],
    ['nothing', {}, [null, null, null]],
  ])('%s', (_desk, headers, [limit, remaining, resetMs]) => {
    expect(read(headers)).toEqual({ limit, remaining, resetMs });
  });

  it.each(['', '-1', '1.5', 'many', '0x10', '1e9', '99999999999', 'NaN'])('%j says nothing', (value) => {
    expect(
      read({ 'x-rate-limit': value, 'x-rate-limit-remaining': value, 'ratelimit-reset': value }),
    ).toEqual({
      ...{ limit: null, remaining: null, resetMs: null },
    });
  });

  it('a limit of nothing would be the end of all requests: it is not believed', () => {
    expect(read({ 'x-rate-limit': '0', 'x-rate-limit-remaining': '0' })).toMatchObject({
      limit: null,
      remaining: 0,
    });
  });

  it.each(['61', '86400', '999999999'])('a window of %s s does not fit a limit by the minute', (seconds) => {
    expect(read({ 'ratelimit-remaining': '0', 'ratelimit-reset': seconds }).resetMs).toBe(60_000);
  });

  it.each(['10', '10/', '/40', '1/0', 'a/b'])('the bucket %j is none', (value) => {
    expect(read({ 'x-gorgias-account-api-call-limit': value }).limit).toBeNull();
  });
});

describe('a limit of one kind of request', () => {
  const name = 'zendesk-ratelimit-incremental-exports-cursor';

  it('that is used up says when it may come again', () => {
    expect(endpointResetMs({ [name]: 'total=10; remaining=0; resets=41' })).toBe(41_000);
  });

  it.each(['total=10; remaining=1; resets=41', 'remaining=0', 'resets=5', '', 'remaining=0; resets=soon'])(
    '%j holds nothing back',
    (value) => {
      expect(endpointResetMs({ [name]: value })).toBeNull();
    },
  );

  it('that would last for days is asked about again after a quarter of an hour', () => {
    expect(endpointResetMs({ [name]: 'total=10; remaining=0; resets=86400' })).toBe(15 * 60_000);
  });

  it('of several, the last to open counts; other headers do not', () => {
    const headers = {
      'zendesk-ratelimit-a': 'total=1; remaining=0; resets=3',
      'zendesk-ratelimit-b': 'total=1; remaining=0; resets=9',
      'x-rate-limit': 'total=1; remaining=0; resets=99',
      'zendesk-ratelimit-c': ['total=1; remaining=0; resets=50'],
    };
    expect(endpointResetMs(headers)).toBe(9_000);
  });
});
