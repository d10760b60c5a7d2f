import { z } from 'zod';
import { mustBe } from '../../support/describe.js';
import type { TestAsteriskOptions } from '../options.js';
import { isStep } from '../engine/dialplan/data.js';
import {
  anyText,
  bytes,
  choice,
  duration,
  fields,
  flag,
  kind,
  listOf,
  milliseconds,
  named,
  numberFrom,
  text,
  textOf,
  whole,
} from './kinds.js';

/** Steps of an extension. */
export const steps = listOf(
  "a list of dialplan steps such as 'Playback(hello-world)'",
  kind("a dialplan step such as 'Playback(hello-world)'", isStep),
);

const user = fields({ password: anyText, readOnly: flag.optional() });

const endpoint = fields({
  technology: text,
  resource: text,
  state: choice('online', 'offline', 'unknown').optional(),
});

const format = fields({ language: text, format: text });

const soundDetails = fields({
  durationMs: duration,
  text: anyText.optional(),
  formats: listOf('a list of formats', format).optional(),
});

const sound = z.union([duration, soundDetails], {
  error: ({ input }) => mustBe('its length in milliseconds, or an object with durationMs, text, formats', input),
});

const outbound = fields({
  uri: kind('a ws: or wss: URL', isWebSocketUrl),
  username: anyText.optional(),
  password: anyText.optional(),
  connectionType: choice('persistent', 'per_call_config').optional(),
  apps: listOf('a list of names of applications', text),
  subscribeAll: flag.optional(),
  localAriUser: text.optional(),
  reconnectInterval: milliseconds.optional(),
  reconnectAttempts: whole(0).optional(),
});

/** What `startAsterisk` takes. */
export const asteriskOptions = fields({
  version: textOf("a branch or a release in quotes, such as '22' or '22.10.1'", /^\d+(\.[\w.-]+)?$/).optional(),
  entityId: text.optional(),
  users: named('users by name', user).optional(),
  dialplan: named('contexts by name', named('extensions by name', steps)).optional(),
  endpoints: listOf('a list of endpoints', endpoint).optional(),
  sounds: named('sounds by name', sound).optional(),
  recordings: named('WAV files by name', bytes).optional(),
  port: whole(0, 65_535).optional(),
  prefix: anyText.optional(),
  clock: choice('virtual', 'real').optional(),
  autoAdvance: flag.optional(),
  quietMs: milliseconds.optional(),
  speed: numberFrom('a number, more than 0', Number.MIN_VALUE).optional(),
  booted: flag.optional(),
  sessionLimit: whole(1).optional(),
  keepAliveMs: milliseconds.optional(),
  journalLimit: whole(0).optional(),
  outbound: listOf('a list of connections', outbound).optional(),
  apiDocs: text.optional(),
})
  .refine(hasClockFor('real', 'speed'), { path: ['speed'], error: "is for a clock: 'real' alone" })
  .refine(hasClockFor('virtual', 'autoAdvance'), { path: ['autoAdvance'], error: "is for a clock: 'virtual' alone" })
  .refine(hasClockFor('virtual', 'quietMs'), { path: ['quietMs'], error: "is for a clock: 'virtual' alone" })
  .optional();

/** Whether an option that only one clock heeds is given with that one. */
function hasClockFor(clock: 'virtual' | 'real', name: keyof TestAsteriskOptions) {
  return (options: unknown): boolean => {
    const given = options as TestAsteriskOptions;
    return given[name] === undefined || (given.clock ?? 'virtual') === clock;
  };
}

function isWebSocketUrl(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value) && /^wss?:$/.test(new URL(value).protocol);
}
