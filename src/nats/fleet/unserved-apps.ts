import type { FleetNode } from './node.js';
import type { CommonSettings } from './options.js';

/** Least time for relays to tell what they serve, in milliseconds. */
const leastMs = 100;

/** Says in the log which applications of a worker no relay serves, once there has been time for all to announce themselves. */
export class UnservedApps {
  readonly #settings: Pick<CommonSettings<object>, 'apps' | 'discoverMs' | 'logger'>;
  readonly #nodes: ReadonlyMap<string, FleetNode<unknown>>;
  #told = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(
    settings: Pick<CommonSettings<object>, 'apps' | 'discoverMs' | 'logger'>,
    nodes: ReadonlyMap<string, FleetNode<unknown>>,
  ) {
    this.#settings = settings;
    this.#nodes = nodes;
  }

  /** Relays are announcing themselves, or have been asked to. */
  look(): void {
    this.close();
    this.#timer = setTimeout(() => this.#tell(), Math.max(leastMs, this.#settings.discoverMs)).unref();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #tell(): void {
    const { apps, logger } = this.#settings;
    const served = new Set([...this.#nodes.values()].flatMap((node) => node.apps));
    const missing = apps.filter((app) => !served.has(app)).join(', ');
    const words =
      served.size === 0
        ? `no relay has announced itself yet: nobody serves ${missing}`
        : `no relay serves ${missing}; served are ${[...served].join(', ')}`;
    if (missing !== '' && words !== this.#told) {
      this.#told = words;
      logger.warn(words);
    }
  }
}
