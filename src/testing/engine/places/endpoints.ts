import { AriFailure } from '../../http/failure.js';
import type { Channel } from '../channels/channel.js';
import type { FarEnd } from '../channels/far-end.js';
import type { Engine } from '../parts.js';
import { source } from '../events.js';

/** Whether an endpoint can be reached, as Asterisk shows it. */
export type EndpointState = 'online' | 'offline' | 'unknown';

/** An endpoint to begin with. */
export interface EndpointData {
  /** `PJSIP` of `PJSIP/alice`. */
  readonly technology: string;
  /** `alice` of `PJSIP/alice`. */
  readonly resource: string;
  /** `offline` without it. */
  readonly state?: EndpointState;
}

/** What is behind an endpoint: a telephone, mostly. */
export interface Device {
  /** A side for a channel that Asterisk is about to make; `attach` follows when it exists. */
  newLeg(): FarEnd & { attach(channel: Channel): void };
  /** A text message arrives. */
  message?(from: string, body: string, variables: Readonly<Record<string, string>>): void;
  /** It is asked to call somebody. */
  refer?(to: string): void;
}

interface Endpoint {
  readonly technology: string;
  readonly resource: string;
  state: EndpointState;
  device: Device | undefined;
  /** The device state that was told last. */
  told: string | undefined;
}

/** Technologies that exist although no endpoint of theirs is configured. */
const TECHNOLOGIES = ['PJSIP'];

/** The endpoints that Asterisk knows. */
export class Endpoints {
  readonly #engine: Engine;
  readonly #endpoints = new Map<string, Endpoint>();

  constructor(engine: Engine, initial: readonly EndpointData[]) {
    this.#engine = engine;
    for (const { technology, resource, state = 'offline' } of initial) this.#put(technology, resource, state);
  }

  /** Connects a device to an endpoint, which is there then if it was not. */
  connect(technology: string, resource: string, device: Device): void {
    const endpoint = this.#find(technology, resource) ?? this.#put(technology, resource, 'offline');
    endpoint.device = device;
    this.#setState(endpoint, 'online');
  }

  disconnect(technology: string, resource: string): void {
    const endpoint = this.#find(technology, resource);
    if (!endpoint) return;
    endpoint.device = undefined;
    this.#setState(endpoint, 'offline');
  }

  /** Makes a channel to an endpoint; `undefined` if nothing is there. */
  request(technology: string, resource: string, id: string): Channel | undefined {
    const leg = this.#find(technology, resource)?.device?.newLeg();
    if (!leg) return undefined;
    const channel = this.#newChannel(technology, resource, leg, { id, state: 'Down', exten: 's' });
    leg.attach(channel);
    return channel;
  }

  /** Makes the channel of a call that comes from an endpoint. */
  incoming(technology: string, resource: string, leg: FarEnd, to: { exten: string; context: string }): Channel {
    return this.#newChannel(technology, resource, leg, { id: '', state: 'Ring', ...to });
  }

  list(technology?: string): Record<string, unknown>[] {
    if (technology !== undefined && !this.isTechnology(technology)) {
      throw new AriFailure(404, `No Endpoints found - invalid tech ${technology}`);
    }
    return [...this.#endpoints.values()]
      .filter((endpoint) => technology === undefined || endpoint.technology === technology)
      .map((endpoint) => this.#describe(endpoint));
  }

  get(technology: string, resource: string): Record<string, unknown> {
    const endpoint = this.#find(technology, resource);
    if (!endpoint) throw new AriFailure(404, 'Endpoint not found');
    return this.#describe(endpoint);
  }

  /** Whether there is one of exactly this name. */
  has(technology: string, resource: string): boolean {
    return this.#endpoints.has(`${technology}/${resource}`);
  }

  device(technology: string, resource: string): Device | undefined {
    return this.#find(technology, resource)?.device;
  }

  isTechnology(name: string): boolean {
    return TECHNOLOGIES.includes(name) || [...this.#endpoints.values()].some(({ technology }) => technology === name);
  }

  /** The state of the device `TECH/RESOURCE`; `undefined` where there is no such endpoint. */
  deviceState(name: string): string | undefined {
    const [technology = '', resource = ''] = name.split('/');
    const endpoint = this.#find(technology, resource);
    if (!endpoint) return undefined;
    if (endpoint.state === 'offline') return 'UNAVAILABLE';
    const states = this.#channelsOf(endpoint).map((channel) => channel.state);
    if (states.includes('Ringing')) return states.includes('Up') ? 'RINGINUSE' : 'RINGING';
    return states.length > 0 ? 'INUSE' : 'NOT_INUSE';
  }

  /** The channels of an endpoint are others than before, or in other states. */
  channelsChanged(name: string | undefined, others: boolean): void {
    const [technology = '', resource = ''] = name?.split('/') ?? [];
    const endpoint = name === undefined ? undefined : this.#find(technology, resource);
    if (!endpoint) return;
    if (others) this.#publish(endpoint);
    this.#tellDeviceState(endpoint);
  }

  #newChannel(
    technology: string,
    resource: string,
    farEnd: FarEnd,
    place: { id: string; state: 'Down' | 'Ring'; exten: string; context?: string },
  ): Channel {
    return this.#engine.channels.add({
      id: place.id || this.#engine.ids.channel(),
      name: `${technology}/${resource}-${this.#engine.ids.next(technology)}`,
      technology,
      created: this.#engine.clock.now(),
      state: place.state,
      context: place.context ?? 'default',
      exten: place.exten,
      farEnd,
      endpoint: `${technology}/${resource}`,
      protocolId: this.#engine.ids.uuid(),
    });
  }

  #put(technology: string, resource: string, state: EndpointState): Endpoint {
    const endpoint: Endpoint = { technology, resource, state, device: undefined, told: undefined };
    this.#endpoints.set(`${technology}/${resource}`, endpoint);
    return endpoint;
  }

  #find(technology: string, resource: string): Endpoint | undefined {
    const isWanted = (endpoint: Endpoint): boolean =>
      endpoint.technology.toLowerCase() === technology.toLowerCase() && endpoint.resource === resource;
    return [...this.#endpoints.values()].find(isWanted);
  }

  #setState(endpoint: Endpoint, state: EndpointState): void {
    if (endpoint.state === state) return;
    endpoint.state = state;
    this.#publish(endpoint);
    this.#tellDeviceState(endpoint);
  }

  #publish(endpoint: Endpoint): void {
    const event = { type: 'EndpointStateChange', endpoint: this.#describe(endpoint) };
    this.#engine.publish(event, [source.endpoint(endpoint.technology, endpoint.resource)]);
  }

  #tellDeviceState(endpoint: Endpoint): void {
    const name = `${endpoint.technology}/${endpoint.resource}`;
    const state = this.deviceState(name);
    if (state === undefined || state === endpoint.told) return;
    endpoint.told = state;
    this.#engine.soon(() => this.#engine.deviceStates.changed(name, state));
  }

  #describe(endpoint: Endpoint): Record<string, unknown> {
    const { technology, resource, state } = endpoint;
    return { technology, resource, state, channel_ids: this.#channelsOf(endpoint).map((channel) => channel.id) };
  }

  #channelsOf({ technology, resource }: Endpoint): Channel[] {
    return this.#engine.channels.list().filter((channel) => channel.endpoint === `${technology}/${resource}`);
  }
}
