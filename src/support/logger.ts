import { refuseOption } from './check-option.js';

/** Where the client writes what it does; `console`, pino and others fit. Credentials never get there. */
export interface Logger {
  /** A line for each request and each repetition. */
  debug(message: string): void;
  /** What changes and is as it should be: the state of a connection. */
  info(message: string): void;
  /** What goes wrong and may come right by itself: attempts, gaps, stalls. */
  warn(message: string): void;
  /** What somebody should look at: a listener that failed, an event that was lost. */
  error(message: string): void;
}

const nothing = (): void => undefined;

/** Writes nowhere: the default. */
export const silentLogger: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** @throws {AriValidationError} */
export function checkLogger(logger: Logger = silentLogger): Logger {
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    if (typeof logger?.[level] !== 'function') {
      throw refuseOption('logger', 'must have the methods debug, info, warn and error');
    }
  }
  return logger;
}

/** Writes where another one does, each message with the same beginning. */
export function prefixed(logger: Logger, beginning: string): Logger {
  return {
    debug: (message) => logger.debug(beginning + message),
    info: (message) => logger.info(beginning + message),
    warn: (message) => logger.warn(beginning + message),
    error: (message) => logger.error(beginning + message),
  };
}
