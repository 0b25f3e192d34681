/** The Temporal SDK's own log lines, through our allow-list: its errors carry payloads, tokens and stacks. */
import type { LogLevel, LogMetadata, Logger as TemporalLogger } from '@temporalio/worker';
import type { LogFields, Logger } from './logger';

/** Said of the worker that calls the desk, which has no workflows on purpose. */
const onlyActivities = 'No workflows registered';

export function temporalLogger(logger: Logger): TemporalLogger {
  const log = (level: LogLevel, message: string, meta?: LogMetadata): void => {
    const fields = fieldsOf(meta);
    switch (level) {
      // At `INFO` the SDK says every change of a worker's state; the worker command says when it is ready.
      case 'TRACE':
      case 'DEBUG':
      case 'INFO':
        logger.debug(message, fields);
        return;
      case 'WARN':
        if (message.startsWith(onlyActivities)) logger.debug(message, fields);
        else logger.warn(message, fields);
        return;
      case 'ERROR':
        logger.error(message, fields);
    }
  };
  return {
    log,
    trace: (message, meta) => log('TRACE', message, meta),
    debug: (message, meta) => log('DEBUG', message, meta),
    info: (message, meta) => log('INFO', message, meta),
    warn: (message, meta) => log('WARN', message, meta),
    error: (message, meta) => log('ERROR', message, meta),
  };
}

function fieldsOf(meta: LogMetadata | undefined): LogFields {
  const text = (name: string): string | undefined => {
    const value: unknown = meta?.[name];
    return typeof value === 'string' ? value : undefined;
  };
  const attempt: unknown = meta?.['attempt'];
  const workflowId = text('workflowId');
  const step = text('activityType');
  const failure = failureText(meta?.['error']);
  return {
    ...(workflowId === undefined ? {} : { workflowId }),
    ...(step === undefined ? {} : { step }),
    ...(failure === undefined ? {} : { failure }),
    ...(typeof attempt === 'number' ? { attempt } : {}),
  };
}

/** The kind of an error; its message may quote what it failed on. */
function failureText(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('type' in error && typeof error.type === 'string') return error.type;
  return 'name' in error && typeof error.name === 'string' ? error.name : undefined;
}
