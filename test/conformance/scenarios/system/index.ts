import type { Scenario } from '../../world.js';
import { applications } from './applications.js';
import { asterisk } from './asterisk.js';
import { connecting } from './connect.js';
import { events } from './events.js';
import { http } from './http.js';
import { missing } from './missing.js';
import { odd } from './odd.js';
import { places } from './places.js';
import { requests } from './requests.js';
import { sockets } from './sockets.js';

export const system: readonly Scenario[] = [
  ...connecting,
  ...http,
  ...asterisk,
  ...applications,
  ...missing,
  ...odd,
  ...places,
  ...events,
  ...requests,
  ...sockets,
];
