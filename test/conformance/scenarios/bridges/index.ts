import type { Scenario } from '../../world.js';
import { life } from './life.js';
import { bridgeMedia } from './media.js';
import { members } from './members.js';

export const bridges: readonly Scenario[] = [...life, ...members, ...bridgeMedia];
