import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Attachment, type Place } from './asterisk/attach.js';
import { Forms } from './asterisk/forms.js';
import { Look } from './asterisk/look.js';
import { Operator } from './asterisk/operate.js';
import { apiRoutes } from './server/api.js';
import { readPage } from './server/files.js';
import { Live } from './server/live.js';
import { PageServer } from './server/serve.js';
import type { Settings } from './settings.js';

/** What is to be shown, and how; `access` is missing for the demo. */
export interface ExploreOptions extends Omit<Settings, 'access'> {
  readonly access: Pick<Place, 'url' | 'username' | 'password'> | undefined;
}

/** An explorer that runs. */
export interface Explorer extends AsyncDisposable {
  /** The address that lets one browser in. */
  readonly address: string;
  /** Resolves when the connection to Asterisk is over for good. */
  readonly over: Promise<Error | undefined>;
}

/** Of the history, in characters: a day of events stays below it. */
const MOST_CHARACTERS = 64 * 2 ** 20;

/** Connects to Asterisk, or makes the demo's, and serves the page. `say` is given what the user should read. */
export async function explore(options: ExploreOptions, say: (line: string) => void): Promise<Explorer> {
  const parts = new Parts();
  try {
    return await open(options, say, parts);
  } catch (error) {
    await parts.close();
    throw error;
  }
}

async function open(options: ExploreOptions, say: (line: string) => void, parts: Parts): Promise<Explorer> {
  const { apps, takeOver, readOnly, keep } = options;
  const demo = options.access ? undefined : parts.add(await (await import('./demo/demo.js')).Demo.make());
  const access = options.access ?? demo?.access;
  if (access === undefined) throw new Error('neither an Asterisk nor a demo');
  const bounds = { entries: keep, characters: MOST_CHARACTERS };
  const attachment = parts.add(await Attachment.make({ ...access, apps, takeOver }, bounds));
  const { client, aside, history, passing, about } = attachment;

  const run = randomUUID();
  const fixed = { run, readOnly, demo: demo !== undefined, keep };
  const live = new Live(history, () => ({ ...attachment.about, ...fixed, now: Date.now() }));
  const forms = new Forms(beside('operations'), about.release);
  const operator = new Operator(client, forms, readOnly);
  const server: PageServer = parts.add(
    await PageServer.listen(options.listening, {
      page: readPage(beside('page')),
      routes: apiRoutes({ operator, forms, look: new Look(aside, passing), history }),
      live,
      onBrowser: () => say(`A browser was let in. For another one: ${server.address}`),
      onError: (error) => say(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    }),
  );
  attachment.onEntry = () => live.wake();
  client.on('state', () => live.tell());
  await attachment.start();
  demo?.run(client);
  say(`Asterisk ${about.release} at ${about.server}, as ${apps.join(', ')}${readOnly ? ', read-only' : ''}`);
  say(server.address);
  return { address: server.address, over: client.closed, [Symbol.asyncDispose]: () => parts.close() };
}

/** What must be closed in the end, the latest first. */
class Parts {
  readonly #parts: AsyncDisposable[] = [];

  add<T extends AsyncDisposable>(part: T): T {
    this.#parts.unshift(part);
    return part;
  }

  async close(): Promise<void> {
    for (const part of this.#parts.splice(0)) await part[Symbol.asyncDispose]();
  }
}

/** A folder of what is built. */
function beside(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
