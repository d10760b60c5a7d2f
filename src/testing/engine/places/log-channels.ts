import { AriFailure } from '../../http/failure.js';

export interface LogChannel {
  readonly channel: string;
  readonly type: string;
  readonly status: string;
  readonly configuration: string;
}

const FOLDER = '/var/log/asterisk/';

/** Where Asterisk logs to. */
export class LogChannels {
  readonly #channels = new Map<string, LogChannel & { readonly added: boolean }>();

  constructor() {
    this.#put(`${FOLDER}full`, 'NOTICE WARNING ERROR VERBOSE DTMF ', false);
  }

  list(): LogChannel[] {
    return [...this.#channels.values()].toReversed().map(({ added: _added, ...shown }) => shown);
  }

  add(name: string, configuration: string): void {
    if (configuration === '') throw new AriFailure(400, 'Configuration levels are required');
    const path = pathOf(name);
    if (this.#channels.has(path)) throw new AriFailure(409, 'Log channel already exists');
    this.#put(path, `${configuration.toUpperCase().split(',').join(' ')} `, true);
  }

  delete(name: string): void {
    const path = pathOf(name);
    if (this.#channels.get(path)?.added !== true) throw new AriFailure(404, 'Log channel does not exist');
    this.#channels.delete(path);
  }

  /** Begins a new file. The logger is loaded anew for that, and what was added while it ran is forgotten. */
  rotate(name: string): void {
    if (!this.#channels.has(pathOf(name))) throw new AriFailure(404, 'Log channel does not exist');
    for (const [path, { added }] of this.#channels) if (added) this.#channels.delete(path);
  }

  #put(channel: string, configuration: string, added: boolean): void {
    this.#channels.set(channel, { channel, type: 'File', status: 'Enabled', configuration, added });
  }
}

function pathOf(name: string): string {
  return name.startsWith('/') ? name : FOLDER + name;
}
