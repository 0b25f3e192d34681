import { ApplicationFailure } from '@temporalio/common';
import type { LogFields, Logger } from '../../src/log/logger';
import { temporalLogger } from '../../src/log/temporalLogger';

type Line = readonly [level: string, message: string, fields: LogFields | undefined];

function recording(): { lines: Line[]; logger: Logger } {
  const lines: Line[] = [];
  const at = (level: string) => (message: string, fields?: LogFields) =>
    void lines.push([level, message, fields]);
  return { lines, logger: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } };
}

describe("the Temporal SDK's own log lines", () => {
  it('keep what helps and is no secret: workflow, activity, attempt, the kind of failure', () => {
    const { lines, logger } = recording();
    temporalLogger(logger).warn('Activity failed', {
      workflowId: 'ticket:zendesk:demo:7',
      activityType: 'replyToTicket',
      attempt: 3,
      taskToken: 'SECRET-TOKEN',
      error: ApplicationFailure.create({ type: 'unavailable', message: 'customer text SECRET' }),
      input: { text: 'customer text SECRET' },
    });
    expect(lines).toEqual([
      [
        'warn',
        'Activity failed',
        { workflowId: 'ticket:zendesk:demo:7', step: 'replyToTicket', attempt: 3, failure: 'unavailable' },
      ],
    ]);
    expect(JSON.stringify(lines)).not.toContain('SECRET');
  });

  it.each([
    ['TRACE', 'debug'],
    ['DEBUG', 'debug'],
    ['INFO', 'debug'],
    ['WARN', 'warn'],
    ['ERROR', 'error'],
  ] as const)('%s is said as %s', (level, ours) => {
    const { lines, logger } = recording();
    temporalLogger(logger).log(level, 'hello');
    expect(lines).toEqual([[ours, 'hello', {}]]);
  });

  it('that a worker has no workflows is nothing to warn of: one of ours has none on purpose', () => {
    const { lines, logger } = recording();
    temporalLogger(logger).warn('No workflows registered, not polling for workflow tasks');
    expect(lines.map(([level]) => level)).toEqual(['debug']);
  });

  it('each method has its level', () => {
    const { lines, logger } = recording();
    const sdk = temporalLogger(logger);
    sdk.trace('t');
    sdk.debug('d');
    sdk.info('i');
    sdk.warn('w');
    sdk.error('e');
    expect(lines.map(([level, message]) => `${level} ${message}`)).toEqual([
      'debug t',
      'debug d',
      'debug i',
      'warn w',
      'error e',
    ]);
  });

  it.each([
    [new TypeError('x'), 'TypeError'],
    ['text', undefined],
    [null, undefined],
  ])('an error of any kind is named, never quoted: %p', (error, failure) => {
    const { lines, logger } = recording();
    temporalLogger(logger).error('broken', { error });
    expect(lines[0]?.[2]?.failure).toBe(failure);
  });
});
