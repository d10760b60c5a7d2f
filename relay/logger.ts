/** How much is written, from the least. */
export const levels = ['error', 'warn', 'info', 'debug'] as const;

export type Level = (typeof levels)[number];

export type Logger = Record<Level, (message: string) => void>;

/** Writes each message as one line of JSON: time, level, message. */
export function jsonLogger(upTo: Level, write: (line: string) => void): Logger {
  const log = (level: Level) => (message: string) => {
    if (levels.indexOf(level) <= levels.indexOf(upTo)) {
      write(`${JSON.stringify({ time: new Date().toISOString(), level, message })}\n`);
    }
  };
  return { error: log('error'), warn: log('warn'), info: log('info'), debug: log('debug') };
}
