import { silentLogger, type Logger } from '../support/logger.js';
import { watchOutcome } from '../support/watch-outcome.js';
import type { Redact } from './redact.js';

/** The application's logger behind a guard: no secret gets out, and a logger that fails, at once or later, stops nothing. */
export function guardLogger(logger: Logger, redact: Redact): Logger {
  if (logger === silentLogger) {
    return logger;
  }
  const write = (level: keyof Logger, message: string): void => {
    try {
      watchOutcome(logger[level](redact(message)), giveUp);
    } catch {
      giveUp();
    }
  };
  return {
    debug: (message) => write('debug', message),
    info: (message) => write('info', message),
    warn: (message) => write('warn', message),
    error: (message) => write('error', message),
  };
}

/** There is nowhere left to say so. */
function giveUp(): void {}
