import type { Scenario } from '../../world.js';
import { playbacks } from './playbacks.js';
import { recordings } from './recordings.js';
import { sounds } from './sounds.js';

export const media: readonly Scenario[] = [...playbacks, ...recordings, ...sounds];
