import { silentLogger, type Logger } from '../client/logger.js';

/** Shorter than that, a password is a syllable of ordinary words; none of our messages holds one anyway. */
const shortest = 4;

/**
 * The application's logger behind a guard: secrets that found their way into a message (by a proxy that echoes headers,
 * by a listener's own error) do not get out, and a logger that throws stops nothing.
 */
export function guardLogger(logger: Logger, secrets: readonly string[]): Logger {
  if (logger === silentLogger) {
    return logger;
  }
  const hidden = secrets.filter(({ length }) => length >= shortest);
  const write = (level: keyof Logger, message: string): void => {
    try {
      logger[level](hidden.reduce((text, secret) => text.replaceAll(secret, '***'), message));
    } catch {
      // There is nowhere left to say so.
    }
  };
  return {
    debug: (message) => write('debug', message),
    info: (message) => write('info', message),
    warn: (message) => write('warn', message),
    error: (message) => write('error', message),
  };
}
