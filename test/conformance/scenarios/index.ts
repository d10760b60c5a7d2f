import type { Scenario } from '../world.js';
import { bridges } from './bridges/index.js';
import { channels } from './channels/index.js';
import { media } from './media/index.js';
import { mediaSockets } from './media-sockets/index.js';
import { system } from './system/index.js';

/** All scenarios, in the order in which they are run and reported. */
export const scenarios: readonly Scenario[] = [...system, ...channels, ...bridges, ...media, ...mediaSockets];
