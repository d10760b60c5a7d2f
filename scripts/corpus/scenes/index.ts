import type { SceneScript } from '../scene.js';
import { applications } from './applications.js';
import { bridges } from './bridges.js';
import { channels } from './channels.js';
import { endpoints } from './endpoints.js';
import { media } from './media.js';
import { sockets } from './sockets.js';
import { system } from './system.js';
import { transfers } from './transfers.js';

/** Everything that is done for the corpus, in this order. */
export const scenes: readonly SceneScript[] = [
  ...system,
  ...applications,
  ...channels,
  ...bridges,
  ...media,
  ...endpoints,
  ...transfers,
  ...sockets,
];
