import { AriFailure } from '../../http/failure.js';
import type { Engine } from '../engine.js';
import { source } from '../events.js';

const STATES = new Set(['NOT_INUSE', 'INUSE', 'BUSY', 'INVALID', 'UNAVAILABLE', 'RINGING', 'RINGINUSE', 'ONHOLD']);

/** Applications may set the states of devices with this prefix, and of no others. */
const CONTROLLED = 'Stasis:';

/** States of devices: those that applications set, and those of endpoints. */
export class DeviceStates {
  readonly #engine: Engine;
  readonly #states = new Map<string, string>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** A state, whether the device is known or not. */
  stateOf(name: string): string {
    const set = this.#states.get(name);
    if (set !== undefined) return set;
    if (name.startsWith(CONTROLLED)) return 'UNKNOWN';
    return this.#engine.endpoints.deviceState(name) ?? 'INVALID';
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

  #requireControlled(name: string): void {
    if (!name.startsWith(CONTROLLED)) throw new AriFailure(409, 'Uncontrolled device specified');
    if (name === CONTROLLED) throw new AriFailure(404, 'Device name is missing');
  }
}
