/** A real Asterisk for tests: the same as the command line, for use from a program. */
export type { Credentials } from './credentials.js';
export type { Choice } from './exclusively.js';
export { knownAsterisks, type KnownAsterisk } from './known.js';
export type { Release } from './release.js';
export { restartAsterisk } from './restart.js';
export type { RunningAsterisk } from './running.js';
export { startAsterisk, type StartOptions } from './start.js';
export { killAsterisk, stopAsterisk } from './stop.js';
