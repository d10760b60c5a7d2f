import { applications } from './applications.js';
import { asterisk } from './asterisk.js';
import { bridges } from './bridges/index.js';
import { channels } from './channels/index.js';
import { deviceStates } from './device-states.js';
import { endpoints } from './endpoints.js';
import { events } from './events.js';
import type { Handler, Handlers } from './handler.js';
import { mailboxes } from './mailboxes.js';
import { playbacks } from './playbacks.js';
import { recordings } from './recordings.js';
import { ownValue } from '../params/own-value.js';
import { sounds } from './sounds.js';

const RESOURCES = new Map<string, Handlers>(
  Object.entries({
    applications,
    asterisk,
    bridges,
    channels,
    deviceStates,
    endpoints,
    events,
    mailboxes,
    playbacks,
    recordings,
    sounds,
  }),
);

/** What carries out the operation called `resource.nickname`; `undefined` if the double does not know it. */
export function findHandler(name: string): Handler | undefined {
  const [resource = '', nickname = ''] = name.split('.');
  return ownValue(RESOURCES.get(resource) ?? {}, nickname);
}
