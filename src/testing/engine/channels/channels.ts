import { AriFailure } from '../../http/failure.js';
import type { CallerId } from '../caller-id.js';
import { causeText } from '../causes.js';
import type { Engine } from '../parts.js';
import { type Source, source } from '../events.js';
import { type Change, changes } from './changes.js';
import { techCauseOf } from './hangup.js';
import { Channel, type ChannelInit, type DialplanPosition } from './channel.js';
import type { ChannelState } from './snapshot.js';

/** Every channel there is, and the changes to one that others hear of. */
export class Channels {
  readonly #engine: Engine;
  /** By their ids, whose case does not count. */
  readonly #channels = new Map<string, Channel>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Makes a channel known. */
  add(init: ChannelInit): Channel {
    if (this.#channels.has(keyOf(init.id))) throw new AriFailure(409, 'Channel with given unique ID already exists');
    const channel = new Channel(init);
    this.#channels.set(keyOf(channel.id), channel);
    this.publish(channel, 'ChannelCreated');
    this.#engine.endpoints.channelsChanged(channel.endpoint, true);
    return channel;
  }

  /** Makes one of Asterisk's own channels, of which nobody hears. */
  addInternal(init: ChannelInit): Channel {
    const channel = new Channel(init);
    channel.internal = true;
    this.#channels.set(keyOf(channel.id), channel);
    return channel;
  }

  has(id: string): boolean {
    return this.#channels.has(keyOf(id));
  }

  /** A channel by its id or by its name. */
  find(idOrName: string): Channel | undefined {
    return this.#channels.get(keyOf(idOrName)) ?? this.list().find((channel) => channel.name === idOrName);
  }

  /** Does something when a channel is no more. */
  onDestroyed(channel: Channel, action: () => void): void {
    channel.afterlife.push(action);
  }

  /** Every channel that is not one of Asterisk's own. */
  list(): Channel[] {
    return [...this.#channels.values()].filter((channel) => !channel.internal);
  }

  publish(channel: Channel, type: string, fields: Record<string, unknown> = {}): void {
    if (channel.internal) return;
    this.#engine.publish({ type, ...fields, channel: channel.shown }, sourcesOf(channel));
  }

  /** Looks at a channel anew. What others can see of it from now on, and what of that is told as a change. */
  update(channel: Channel): void {
    this.#tell(channel, this.#look(channel));
  }

  #look(channel: Channel): Iterable<Change> {
    const old = channel.shown;
    channel.shown = channel.snapshot();
    return changes(old, channel.shown);
  }

  #tell(channel: Channel, news: Iterable<Change>): void {
    for (const { type, fields } of news) this.publish(channel, type, fields);
  }

  setState(channel: Channel, state: ChannelState): void {
    if (channel.state === state) return;
    channel.state = state;
    this.update(channel);
    this.#engine.endpoints.channelsChanged(channel.endpoint, false);
    this.#engine.deviceStates.channelChanged(channel);
  }

  /** Moves a channel in the dialplan. That is told when there is an application, and the place or its presence is new. */
  setPosition(channel: Channel, change: Partial<DialplanPosition>): void {
    channel.position = { ...channel.position, ...change };
    this.update(channel);
  }

  setVariable(channel: Channel, name: string, value: string, look = false): void {
    channel.variables.set(name, value);
    if (look) this.update(channel);
    this.publish(channel, 'ChannelVarset', { variable: name, value });
  }

  /** Takes a variable away; that is told if there was one. */
  unsetVariable(channel: Channel, name: string): void {
    if (channel.variables.delete(name)) this.publish(channel, 'ChannelVarset', { variable: name, value: '' });
  }

  setCaller(channel: Channel, caller: CallerId): void {
    this.setParties(channel, caller, channel.connected);
  }

  setConnected(channel: Channel, connected: CallerId): void {
    this.setParties(channel, channel.caller, connected);
  }

  /** Says who calls and who is talked to; what is new of that is told. */
  setParties(channel: Channel, caller: CallerId, connected: CallerId): void {
    channel.caller = caller;
    channel.connected = connected;
    this.update(channel);
  }

  /** Takes a channel away for good: out of its bridge, its far side told, everybody told. */
  destroy(channel: Channel): void {
    if (channel.gone) return;
    channel.gone = true;
    channel.owner = undefined;
    channel.dial?.end();
    channel.position = { ...channel.position, ...channel.restingApp };
    this.#engine.bridges.leave(channel);
    channel.farEnd.hungUp(channel.hangupCause);
    this.#channels.delete(keyOf(channel.id));
    const cause = channel.hangupCause;
    const news = this.#look(channel);
    this.publish(channel, 'ChannelDestroyed', {
      cause,
      cause_txt: causeText(cause),
      ...techCauseOf(channel),
    });
    this.#tell(channel, news);
    this.#engine.endpoints.channelsChanged(channel.endpoint, true);
    this.#engine.deviceStates.channelChanged(channel);
    this.#engine.applications.forget(source.channel(channel.id));
    for (const action of channel.afterlife) action();
  }
}

/** Who listens to a channel's endpoint hears of the channel too. */
function sourcesOf({ id, endpoint }: Channel): Source[] {
  return [source.channel(id), ...(endpoint === undefined ? [] : [`endpoint:${endpoint}`])];
}

function keyOf(id: string): string {
  return id.toLowerCase();
}
