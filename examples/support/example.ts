/**
 * What starts every example in the same way, so that each has nothing but what it shows:
 *
 *     npx tsx examples/hello.ts            telephones of its own call it, on a double of Asterisk that it brings
 *     ARI_URL=… npx tsx examples/hello.ts  the same on that Asterisk; ARI_USERNAME and ARI_PASSWORD say who we are there
 *     ARI_URL=… npx tsx examples/hello.ts --serve
 *                                          serves whoever calls there, until it is interrupted
 */
import { realpathSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { connect, type AriClient, type Credentials } from 'asterisk-ari';
import { startAsterisk } from 'asterisk-ari/testing';
import { describeEvent } from './describe-event.js';
import { Phones } from './phones.js';

export interface Example {
  /** Name of the application: `Stasis(NAME)` of the dialplan leads there. */
  readonly app: string;
  /**
   * Listens for callers. It may return what ends it in an orderly way.
   * @param endpoint the endpoint of a telephone by its name: `PJSIP/NAME`, or one of the example's own
   */
  start(client: AriClient, endpoint: (name: string) => string, say: Say): Stop | void;
  /** What it does by itself, once it is connected. */
  connected?(client: AriClient, endpoint: (name: string) => string, say: Say): Promise<void>;
  /** Telephones that show what it does. When this is over, all calls must be. */
  demo(phones: Phones, running: Running): Promise<void>;
}

type Stop = () => Promise<void>;

/** Writes a line. */
type Say = (line: string) => void;

/** An example that is running. */
interface Running {
  readonly client: AriClient;
  /** Ends it as `start` said, before the end of the demonstration. */
  readonly stop: Stop;
}

/** Runs it, if its file is the program that was started. */
export function example(url: string, example: Example): Example {
  const [, program = '', mode] = process.argv;
  if (program !== '' && url === pathToFileURL(realpathSync(program)).href) {
    main(example, mode).catch((error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    });
  }
  return example;
}

async function main(example: Example, mode: string | undefined): Promise<void> {
  const { ARI_URL, ARI_USERNAME = '', ARI_PASSWORD = '' } = process.env;
  if (mode !== undefined && mode !== '--serve') throw new Error(`${mode} is not known: there is only --serve`);
  if (ARI_URL !== undefined) {
    const server = { url: ARI_URL, username: ARI_USERNAME, password: ARI_PASSWORD };
    await (mode === '--serve' ? serve(example, server) : demonstrate(example, server, console.log));
    return;
  }
  if (mode === '--serve') throw new Error('--serve needs an Asterisk: set ARI_URL, ARI_USERNAME and ARI_PASSWORD');
  // A double whose time passes quickly: nobody hears how long its prompts take.
  await using double = await startAsterisk({ clock: 'real', speed: 10, sounds: { 'asterisk-friend': 2180 } });
  await demonstrate(example, double, console.log);
}

/** Whoever calls, until SIGINT or SIGTERM; a second one ends the program at once. */
async function serve(example: Example, server: Credentials): Promise<void> {
  const endpoint = (name: string): string => `PJSIP/${name}`;
  await using client = await connect(server.url, server.username, server.password, { logger: console });
  const stop = example.start(client, endpoint, console.log);
  /** Calls that are still to end need the connection. */
  const end = async (): Promise<void> => {
    try {
      await stop?.();
    } finally {
      await client.stop();
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      console.log(`${signal}: ends as soon as it may, or at once with another one`);
      process.once(signal, () => process.exit(1));
      void end();
    });
  }
  client.onApplicationRegistered(example.app, () => console.log(`Stasis(${example.app}) leads here; Ctrl-C ends it`));
  await client.start(example.app);
  const [error] = await Promise.all([client.closed, example.connected?.(client, endpoint, console.log)]);
  if (error !== undefined) throw error;
}

/** Its own telephones call it; says what happens, line by line. Fails if a listener does, or if calls are left. */
export async function demonstrate(example: Example, server: Credentials, say: Say): Promise<void> {
  await using client = await connect(server.url, server.username, server.password);
  say(`Asterisk ${client.asteriskVersion} at ${server.url}, application ${example.app}`);
  const failed = new Promise<never>((_resolve, reject) => {
    client.on('listenerError', ({ error }) => reject(error));
  });
  await using phones = await Phones.connect(client, server, example.app, say);
  client.on('*', (event) => {
    const line = describeEvent(event, phones.partyAt);
    if (line !== undefined) say(`    ${line}`);
  });
  const recordings = new Set<string>();
  client.on('RecordingFinished', ({ recording }) => void recordings.add(recording.name));
  const ends = example.start(client, phones.endpoint, say);
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => (stopped ??= ends?.());
  // What an earlier demonstration left that was cut short is not this one's.
  const before = new Set<string>();
  const present = client.on('present', ({ channels, bridges }) => {
    for (const id of [...channels, ...bridges]) before.add(id);
  });
  await client.start(example.app);
  present.close();
  const shown = example.demo(phones, { client, stop });
  await Promise.race([failed, Promise.all([example.connected?.(client, phones.endpoint, say), shown])]);
  await stop();
  await client.idle({ timeoutMs: 10_000 });
  await nothingLeft(client, example.app, before);
  // What telephones of a demonstration said is a message for nobody.
  await Promise.all([...recordings].map((recordingName) => client.recordings.deleteStored({ recordingName })));
  say('over');
}

/** A channel or a bridge that an example leaves is one too many. */
async function nothingLeft(client: AriClient, applicationName: string, before: ReadonlySet<string>): Promise<void> {
  for (let attempts = 100; ; attempts -= 1) {
    const { channel_ids: channels, bridge_ids: bridges } = await client.applications.get({ applicationName });
    const left = [...channels, ...bridges].filter((id) => !before.has(id));
    if (left.length === 0) return;
    if (attempts === 0) throw new Error(`left behind: ${left.join(', ')}`);
    await setTimeout(50);
  }
}
