/**
 * Structured logs. Only listed fields are ever written: what a customer wrote, who they are, and secrets cannot
 * slip in by logging an object whole.
 */
import { pino, type Logger as PinoLogger } from 'pino';

export interface LogFields {
  readonly desk?: string;
  readonly account?: string;
  readonly ticketId?: string;
  readonly workflowId?: string;
  readonly step?: string;
  readonly failure?: string;
  readonly status?: number;
  readonly attempt?: number;
  readonly reason?: string;
  readonly url?: string;
  readonly ms?: number;
  readonly count?: number;
}

export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** Writes JSON lines to standard error, so that standard output stays the terminal's conversation. */
export function createLogger(name: string, level: 'debug' | 'info' | 'warn' | 'error'): Logger {
  const pinoLogger: PinoLogger = pino(
    { name, level, base: { name } },
    pino.destination({ fd: 2, sync: true }),
  );
  return {
    debug: (message, fields = {}) => pinoLogger.debug(fields, message),
    info: (message, fields = {}) => pinoLogger.info(fields, message),
    warn: (message, fields = {}) => pinoLogger.warn(fields, message),
    error: (message, fields = {}) => pinoLogger.error(fields, message),
  };
}

/** Each line has these as well. */
export function withFields(logger: Logger, always: LogFields): Logger {
  return {
    debug: (message, fields) => logger.debug(message, { ...always, ...fields }),
    info: (message, fields) => logger.info(message, { ...always, ...fields }),
    warn: (message, fields) => logger.warn(message, { ...always, ...fields }),
    error: (message, fields) => logger.error(message, { ...always, ...fields }),
  };
}
