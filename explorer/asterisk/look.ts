import type { Data, ObjectsNow } from '../shared/objects.js';
import type { Client } from './connect.js';
import type { Passing } from './passing.js';

/** Most objects of a list that a page gets. */
const MOST = 2000;

/**
 * Asks Asterisk what there is. Pages that ask at the same time are asked for once.
 */
export class Look {
  readonly #client: Client;
  readonly #passing: Passing;
  #running: Promise<ObjectsNow> | undefined;

  /** @param client one of its own, whose requests are not in the record */
  constructor(client: Client, passing: Passing) {
    this.#client = client;
    this.#passing = passing;
  }

  now(): Promise<ObjectsNow> {
    this.#running ??= this.#ask().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #ask(): Promise<ObjectsNow> {
    const { channels, bridges, applications, endpoints, recordings } = this.#client;
    const refused: Record<string, string> = {};
    const list = async (
      name: string,
      ask: () => Promise<readonly { toJSON(): unknown }[]>,
    ): Promise<readonly Data[]> => {
      try {
        return (await ask()).slice(0, MOST).map((object) => object.toJSON() as Data);
      } catch (error) {
        refused[name] = error instanceof Error ? error.message : String(error);
        return [];
      }
    };
    const [channelList, bridgeList, applicationList, endpointList, storedList] = await Promise.all([
      list('channels', () => channels.list()),
      list('bridges', () => bridges.list()),
      list('applications', () => applications.list()),
      list('endpoints', () => endpoints.list()),
      list('storedRecordings', () => recordings.listStored()),
    ]);
    return {
      channels: channelList,
      bridges: bridgeList,
      applications: applicationList,
      endpoints: endpointList,
      storedRecordings: storedList,
      playbacks: [...this.#passing.playbacks.values()],
      liveRecordings: [...this.#passing.recordings.values()],
      refused,
    };
  }
}
