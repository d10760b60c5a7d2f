import type { Handlers } from '../handler.js';
import { control } from './control.js';
import { create } from './create.js';
import { dial } from './dial.js';
import { externalMedia } from './external-media.js';
import { hangup } from './hangup.js';
import { leave } from './leave.js';
import { media } from './media.js';
import { originate } from './originate.js';
import { read } from './read.js';
import { snoop } from './snoop.js';
import { variables } from './variables.js';

export const channels: Handlers = {
  ...control,
  ...leave,
  ...media,
  ...read,
  ...variables,
  create,
  dial,
  externalMedia,
  hangup,
  originate,
  originateWithId: originate,
  snoopChannel: snoop,
  snoopChannelWithId: snoop,
};
