import type { Scenario } from '../../world.js';
import { args } from './arguments.js';
import { commands } from './commands.js';
import { dialling } from './dial.js';
import { earlyMedia } from './early-media.js';
import { hangups } from './hangup.js';
import { leaving } from './leave.js';
import { life } from './life.js';
import { mediaChannels } from './media-channels.js';
import { originate } from './originate.js';
import { talk } from './talk.js';
import { transfers } from './transfer.js';
import { variables } from './variables.js';

export const channels: readonly Scenario[] = [
  ...life,
  ...originate,
  ...args,
  ...dialling,
  ...commands,
  ...variables,
  ...talk,
  ...leaving,
  ...hangups,
  ...mediaChannels,
  ...transfers,
  ...earlyMedia,
];
