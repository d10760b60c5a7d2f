/** A real Asterisk for tests: the same as the command line, for use from a program. */
export type { Credentials } from './credentials.js';
export {
  killAsterisk,
  knownAsterisks,
  restartAsterisk,
  startAsterisk,
  stopAsterisk,
  type Choice,
  type KnownAsterisk,
  type StartOptions,
} from './lifecycle.js';
export type { Release } from './release.js';
export type { RunningAsterisk } from './running.js';
