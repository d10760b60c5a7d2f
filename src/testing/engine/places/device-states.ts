import { Counts } from '../../../support/counts.js';
import { AriFailure } from '../../http/failure.js';
import type { Channel } from '../channels/channel.js';
import type { Engine } from '../parts.js';
import { source } from '../events.js';

const STATES = new Set(['NOT_INUSE', 'INUSE', 'BUSY', 'INVALID', 'UNAVAILABLE', 'RINGING', 'RINGINUSE', 'ONHOLD']);

/** Applications may set the states of devices with this prefix, and of no others. */
const CONTROLLED = 'Stasis:';

/** States of devices: those that applications set, and those of endpoints. */
export class DeviceStates {
  readonly #engine: Engine;
  readonly #states = new Map<string, string>();
  /** How many channels use a device that is no endpoint. */
  readonly #uses = new Counts();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** A state, whether the device is known or not. */
  stateOf(name: string): string {
    const set = this.#states.get(name);
    if (set !== undefined) return set;
    if (/^(?:stasis|custom):/i.test(name)) return 'UNKNOWN';
    return this.#engine.endpoints.deviceState(name) ?? this.#localState(name) ?? 'INVALID';
  }

  list(): { name: string; state: string }[] {
    return [...this.#states].map(([name, state]) => ({ name, state }));
  }

  update(name: string, state: string): void {
    this.#requireControlled(name);
    if (!STATES.has(state)) throw new AriFailure(500, 'Unknown device');
    this.#states.set(name, state);
    this.#engine.soon(() => this.changed(name, state));
  }

  delete(name: string): void {
    this.#requireControlled(name);
    this.#states.delete(name);
  }

  /** Tells that a device is in another state now. */
  changed(name: string, state: string): void {
    this.#engine.publish({ type: 'DeviceStateChanged', device_state: { name, state } }, [source.deviceState(name)]);
  }

  /** A channel changed its state, or is no more. Devices of Local channels are looked up for those who want to know. */
  channelChanged(channel: Channel): void {
    if (channel.internal || channel.technology !== 'Local') return;
    const name = deviceOf(channel);
    if (!this.#engine.applications.isWanted(source.deviceState(name))) return;
    this.#engine.soon(() => this.changed(name, this.stateOf(name)));
  }

  /** The device of a channel is in use as long as that is there. */
  use(channel: Channel): void {
    const device = deviceOf(channel);
    this.#uses.more(device);
    this.#engine.channels.onDestroyed(channel, () => this.#uses.less(device));
  }

  /** A place in the dialplan, as Local channels reach it. */
  #localState(name: string): string | undefined {
    const [, device = '', exten = '', context = ''] = /^(Local\/([^@/]+)@([^/]+))(?:\/\w*)?$/.exec(name) ?? [];
    if (this.#uses.has(device)) return 'INUSE';
    return this.#engine.dialplan.exists({ context, exten }) ? 'NOT_INUSE' : undefined;
  }

  #requireControlled(name: string): void {
    if (!name.startsWith(CONTROLLED)) throw new AriFailure(409, 'Uncontrolled device specified');
    if (name === CONTROLLED) throw new AriFailure(404, 'Device name is missing');
  }
}

/** `Local/wait@default` of `Local/wait@default-00000001;1`. */
function deviceOf({ name }: Channel): string {
  return name.slice(0, name.lastIndexOf('-'));
}
