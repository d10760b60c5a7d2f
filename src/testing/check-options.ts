import type { TestAsteriskOptions } from './options.js';

const KNOWN: Readonly<Record<keyof TestAsteriskOptions, true>> = {
  version: true,
  entityId: true,
  users: true,
  dialplan: true,
  endpoints: true,
  sounds: true,
  recordings: true,
  port: true,
  prefix: true,
  clock: true,
  autoAdvance: true,
  quietMs: true,
  speed: true,
  booted: true,
  sessionLimit: true,
  keepAliveMs: true,
  journalLimit: true,
  outbound: true,
  apiDocs: true,
};

/** The least that numbers may be. */
const LEAST = { port: 0, quietMs: 0, sessionLimit: 1, keepAliveMs: 0, journalLimit: 0 } as const;

/** Refuses an option that does not exist, or has a value that means nothing. */
export function checkOptions(options: TestAsteriskOptions): void {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(KNOWN, name));
  if (unknown !== undefined) throw refusal(unknown, `does not exist; allowed are ${Object.keys(KNOWN).join(', ')}`);
  const { version, clock, speed } = options;
  if (version !== undefined && !/^\d+(\.|$)/.test(version)) {
    throw refusal('version', `must be a branch or a release, such as 22 or 22.10.1, not ${version}`);
  }
  if (clock !== undefined && clock !== 'virtual' && clock !== 'real') {
    throw refusal('clock', `must be virtual or real, not ${String(clock)}`);
  }
  if (speed !== undefined && !(speed > 0)) throw refusal('speed', `must be more than 0, not ${speed}`);
  for (const [name, least] of Object.entries(LEAST)) {
    const value = options[name as keyof typeof LEAST];
    if (value !== undefined && !(value >= least)) throw refusal(name, `must be at least ${least}, not ${value}`);
  }
}

function refusal(name: string, why: string): Error {
  return new Error(`startAsterisk: option '${name}' ${why}`);
}
