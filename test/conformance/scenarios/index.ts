import type { Scenario } from '../world.js';
import { bridges } from './bridges.js';
import { channels } from './channels.js';
import { media } from './media.js';
import { system } from './system.js';

/** All scenarios, in the order in which they are run and reported. */
export const scenarios: readonly Scenario[] = [...system, ...channels, ...bridges, ...media];
