import { refuseOption } from './check-option.js';

/** Where the client writes what it does; `console`, pino and others fit. Credentials never get there. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
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
