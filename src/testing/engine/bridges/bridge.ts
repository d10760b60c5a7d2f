import type { Channel } from '../channels/channel.js';
import type { CommandQueue } from '../stasis/command-queue.js';
import { timestamp } from '../timestamp.js';

export type BridgeType = 'mixing' | 'holding';
export type VideoMode = 'none' | 'talker' | 'single' | 'sfu';

/** How a channel takes part in a bridge. */
export interface Membership {
  readonly role: string;
  readonly absorbDtmf: boolean;
  readonly mute: boolean;
  readonly inhibitConnectedLineUpdates: boolean;
}

/** One of Asterisk's own channels in a bridge, which plays or records there. */
export interface Helper {
  readonly channel: Channel;
  readonly commands: CommandQueue;
}

/** A bridge: channels that hear each other. Plain state; what happens to it is done by `Bridges`. */
export class Bridge {
  readonly id: string;
  readonly name: string;
  readonly type: BridgeType;
  readonly created: number;
  /** It mixes whatever the number of channels. */
  readonly alwaysMixes: boolean;
  technology: string;
  /** The video that it shows. What was cleared still shows until the bridge is otherwise changed. */
  videoMode: VideoMode;
  videoSource: Channel | undefined;
  videoCleared = false;
  /** Who is in it, in the order in which Asterisk names them. */
  members = new Map<Channel, Membership>();
  readonly variables = new Map<string, string>();
  /** Variables that its events carry. */
  readonly reported = new Set<string>();
  /** Those as they were when others last got to see the bridge. */
  shownVariables: Readonly<Record<string, string>> = {};
  announcer: Helper | undefined;
  music: Channel | undefined;
  destroyed = false;

  constructor(id: string, name: string, type: BridgeType, videoMode: VideoMode, created: number) {
    this.id = id;
    this.name = name;
    this.type = type;
    this.videoMode = videoMode;
    this.created = created;
    this.alwaysMixes = videoMode === 'sfu';
    this.technology = this.suitableTechnology();
  }

  /** Takes a channel in. Of two the second stands last; every further one stands first. */
  add(channel: Channel, membership: Membership): void {
    const entry: [Channel, Membership] = [channel, membership];
    this.members = new Map(this.members.size < 2 ? [...this.members, entry] : [entry, ...this.members]);
  }

  /** What Asterisk would mix its channels with. */
  suitableTechnology(): string {
    if (this.type === 'holding') return 'holding_bridge';
    return this.alwaysMixes || this.members.size > 2 ? 'softmix' : 'simple_bridge';
  }

  /** Sets a variable, or takes it away. Whether events carry it is as the last setting of it says. */
  setVariable(name: string, value: string | undefined, report: boolean): void {
    this.variables.delete(name);
    this.reported.delete(name);
    if (value !== undefined) this.variables.set(name, value);
    if (report) this.reported.add(name);
  }

  /** Others get to see the variables that they are to see, as they are now. */
  showVariables(): void {
    const reported = [...this.reported]
      .map((name) => [name, this.variables.get(name) ?? ''])
      .filter(([, value]) => value !== '');
    this.shownVariables = Object.fromEntries(reported) as Record<string, string>;
  }

  snapshot(): Record<string, unknown> {
    return {
      id: this.id,
      technology: this.technology,
      bridge_type: this.type,
      bridge_class: 'stasis',
      creator: 'Stasis',
      name: this.name,
      channels: [...this.members.keys()]
        .filter((channel) => !channel.internal)
        .map((channel) => channel.id)
        .sort(),
      creationtime: timestamp(this.created),
      video_mode: this.videoMode,
      ...(this.videoSource && { video_source_id: this.videoSource.id }),
      ...(Object.keys(this.shownVariables).length > 0 && { bridgevars: this.shownVariables }),
    };
  }
}
