import type { Channel } from '../channels/channel.js';
import type { Heard, Signal } from '../channels/far-end.js';
import { farSideHungUp } from '../channels/hangup.js';
import { localPeer } from '../channels/local.js';
import type { AudioFrame } from '../media/audio-frame.js';
import { receiveAudio } from '../media/receive-audio.js';
import type { Engine } from '../parts.js';
import { source } from '../events.js';
import { Bridge, type BridgeType, type Membership, type VideoMode } from './bridge.js';
import { exchangeConnectedLines, updatePeerVariables } from './peers.js';

const CAUSE_NORMAL = 16;

/** Signals with which a call ends that nobody has answered: the cause, and what a SIP telephone is answered. */
const REFUSALS: Partial<Record<Signal, { readonly cause: number; readonly answer: number }>> = {
  busy: { cause: 17, answer: 486 },
  congestion: { cause: 34, answer: 503 },
};

/** Every bridge there is, who is in it, and what others hear of that. */
export class Bridges {
  readonly #engine: Engine;
  readonly #bridges = new Map<string, Bridge>();
  /** The bridge that a channel is in. */
  readonly #around = new Map<Channel, Bridge>();
  /** What those hear who wait in a bridge. */
  readonly #music = new Map<Channel, Heard>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  find(id: string): Bridge | undefined {
    return this.#bridges.get(id);
  }

  /** Whether a bridge has this id, whatever the case of its letters. */
  isTaken(id: string): boolean {
    return this.list().some((bridge) => bridge.id.toLowerCase() === id.toLowerCase());
  }

  list(): Bridge[] {
    return [...this.#bridges.values()];
  }

  /** `types` is a comma-separated list, as a request gives it; nothing comes of one that no bridge can be. */
  create(id: string, name: string, types: string): Bridge | undefined {
    const wanted = types.split(',').map((type) => type.trim());
    const mixes = types === '' || wanted.includes('mixing') || wanted.includes('video_sfu');
    const holds = wanted.includes('holding');
    if (mixes === holds) return undefined;
    const type: BridgeType = holds ? 'holding' : 'mixing';
    const videoMode: VideoMode = wanted.includes('video_sfu')
      ? 'sfu'
      : wanted.includes('video_single')
        ? 'single'
        : 'talker';
    const bridge = new Bridge(id, name, type, videoMode, this.#engine.clock.now());
    this.#bridges.set(id, bridge);
    this.publish(bridge, 'BridgeCreated');
    return bridge;
  }

  /** Puts a channel into a bridge, out of the one that it may be in. */
  join(bridge: Bridge, channel: Channel, membership: Membership): void {
    this.remove(channel);
    // Once for the bridge, once for the channel's stay there: whoever unsubscribes once still hears.
    this.#subscribe(channel, bridge);
    this.#subscribe(channel, bridge);
    channel.bridge = bridge;
    channel.inDialBridge = false;
    this.#around.set(channel, bridge);
    bridge.add(channel, membership);
    this.publish(bridge, 'ChannelEnteredBridge', channel);
    if (bridge.type === 'holding' && membership.role === 'holding_participant') this.#startMusic(channel);
    this.#settle(bridge);
  }

  /** Takes a channel out of the bridge that it is in, if any; its application hears no more of that bridge. */
  remove(channel: Channel): void {
    const bridge = this.#around.get(channel);
    this.leave(channel);
    if (bridge) this.#unsubscribe(channel, bridge);
  }

  /**
   * A channel goes from the bridge that it is in, if any, because it goes from its application, which stays subscribed to
   * the bridge.
   */
  leave(channel: Channel): void {
    const bridge = this.#around.get(channel);
    if (!bridge) return;
    if (channel.variables.get('BRIDGEPEER')) this.#engine.channels.setVariable(channel, 'BRIDGEPEER', '');
    channel.bridge = undefined;
    this.#around.delete(channel);
    bridge.members.delete(channel);
    this.#endMusic(channel);
    // Whoever goes from a bridge gets a cause there, for want of another one.
    channel.hangupCause ||= CAUSE_NORMAL;
    if (bridge.videoSource === channel) this.setVideoSource(bridge, undefined);
    this.publish(bridge, 'ChannelLeftBridge', channel);
    this.#unsubscribe(channel, bridge);
    if (bridge.destroyed) return;
    this.#settle(bridge);
    if (!channel.internal) this.#engine.soon(() => this.#dismissHelpers(bridge));
  }

  /** Shows one channel's video to all; none is whoever talks. */
  setVideoSource(bridge: Bridge, channel: Channel | undefined): void {
    const old = bridge.videoSource;
    bridge.videoMode = channel ? 'single' : 'talker';
    bridge.videoSource = channel;
    bridge.videoCleared = false;
    if (old === channel) return;
    const event = { type: 'BridgeVideoSourceChanged', bridge: bridge.snapshot() };
    this.#engine.publish({ ...event, ...(old && { old_video_source_id: old.id }) }, [source.bridge(bridge.id)]);
  }

  destroy(bridge: Bridge): void {
    if (bridge.destroyed) return;
    bridge.destroyed = true;
    this.#bridges.delete(bridge.id);
    for (const channel of Array.from(bridge.members.keys())) {
      if (channel.internal) this.#dismiss(channel);
      else this.remove(channel);
    }
    this.publish(bridge, 'BridgeDestroyed');
    this.#engine.applications.forget(source.bridge(bridge.id));
  }

  /** With the last channel go those of Asterisk's own that play or record; what comes into an empty bridge stays. */
  #dismissHelpers(bridge: Bridge): void {
    const members = Array.from(bridge.members.keys());
    if (!members.every((channel) => channel.internal)) return;
    bridge.music = undefined;
    for (const channel of members) this.#dismiss(channel);
  }

  #dismiss(channel: Channel): void {
    if (channel.owner) channel.owner.hungUp();
    else this.#engine.channels.destroy(channel);
  }

  /** A digit that a channel received goes on to the others. */
  passDigit(from: Channel, digit: string, durationMs: number): void {
    const bridge = this.#around.get(from);
    if (!bridge || bridge.type !== 'mixing' || bridge.members.get(from)?.absorbDtmf === true) return;
    for (const channel of bridge.members.keys()) {
      if (channel !== from) channel.farEnd.digit(digit, durationMs);
    }
  }

  /** Audio that a channel received goes on to the others as it is: nothing is mixed. */
  passAudio(from: Channel, frame: AudioFrame): void {
    const bridge = this.#around.get(from);
    if (!bridge || bridge.type !== 'mixing' || bridge.members.get(from)?.mute === true) return;
    for (const channel of bridge.members.keys()) {
      if (channel !== from) channel.farEnd.audio(frame);
    }
  }

  /** How the dialling of a channel gets on is told to the others; that ends who is not answered himself, if it failed. */
  passSignal(from: Channel, signal: Signal): void {
    const bridge = this.#around.get(from);
    if (!bridge || bridge.type !== 'mixing') return;
    const refusal = REFUSALS[signal];
    for (const channel of Array.from(bridge.members.keys())) {
      if (channel === from || channel.internal) continue;
      channel.farEnd.signal(signal);
      if (!refusal || channel.state === 'Up' || localPeer(channel)) continue;
      channel.hangupCause = refusal.cause;
      if (channel.technology === 'PJSIP') channel.techCause = refusal.answer;
      farSideHungUp(this.#engine, channel, refusal.cause);
    }
  }

  publish(bridge: Bridge, type: string, channel?: Channel): void {
    bridge.showVariables();
    if (channel?.internal === true) return;
    const event = { type, bridge: bridge.snapshot(), ...(channel && { channel: channel.shown }) };
    this.#engine.publish(event, [source.bridge(bridge.id)]);
  }

  /** A bridge that mixes sends audio to all, be it silence. */
  #mix(bridge: Bridge): void {
    for (const channel of bridge.members.keys()) {
      const half = localPeer(channel);
      if (half) receiveAudio(this.#engine, half);
    }
  }

  /** Whoever is in a bridge now: that is how it is mixed, and whom each of them talks to. */
  #settle(bridge: Bridge): void {
    if (bridge.videoCleared) {
      bridge.videoCleared = false;
      bridge.videoMode = 'talker';
      bridge.videoSource = undefined;
    }
    bridge.technology = bridge.suitableTechnology();
    if (bridge.technology === 'softmix') this.#mix(bridge);
    updatePeerVariables(this.#engine, bridge);
    exchangeConnectedLines(this.#engine, bridge);
  }

  /** Whoever waits by this role hears music; who only is in such a bridge hears nothing. */
  #startMusic(channel: Channel): void {
    const music = { media: `moh:${channel.functions.get('CHANNEL(musicclass)') || 'default'}` };
    this.#music.set(channel, music);
    channel.farEnd.hear(music);
  }

  #endMusic(channel: Channel): void {
    const music = this.#music.get(channel);
    this.#music.delete(channel);
    if (music) channel.farEnd.hearEnd(music);
  }

  #subscribe(channel: Channel, bridge: Bridge): void {
    const application = channel.stasis?.application;
    if (application !== undefined) this.#engine.applications.subscribe(application, source.bridge(bridge.id));
  }

  #unsubscribe(channel: Channel, bridge: Bridge): void {
    const application = channel.stasis?.application;
    if (application !== undefined) this.#engine.applications.unsubscribe(application, source.bridge(bridge.id));
  }
}
