import type { Scenario } from '../../world.js';
import { audio } from './audio.js';
import { connections } from './connections.js';
import { examples } from './examples.js';
import { flow } from './flow.js';

export const mediaSockets: readonly Scenario[] = [...audio, ...flow, ...connections, ...examples];
