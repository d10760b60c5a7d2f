import { AriFailure } from '../../http/failure.js';
import type { Bridge } from '../bridges/bridge.js';
import { addHelper } from '../bridges/helpers.js';
import type { Channel } from '../channels/channel.js';
import type { Engine } from '../parts.js';
import { source } from '../events.js';
import type { Stay } from '../channels/channel.js';
import { LiveRecording, type RecordingRequest } from './live-recording.js';
import { isInsideSpool } from './stored-recordings.js';

/** What a request says about a recording. */
export type RecordOptions = Omit<RecordingRequest, 'target' | 'obstacle' | 'tap'>;

/** Every recording in the making. */
export class LiveRecordings {
  readonly #engine: Engine;
  readonly #recordings = new Map<string, LiveRecording>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  find(name: string): LiveRecording | undefined {
    return this.#recordings.get(name);
  }

  get(name: string): LiveRecording {
    const recording = this.#recordings.get(name);
    if (!recording) throw new AriFailure(404, 'Recording not found');
    return recording;
  }

  ofChannel(channel: Channel, stay: Stay, options: RecordOptions): LiveRecording {
    this.#check(options);
    const request: RecordingRequest = {
      ...options,
      target: `channel:${channel.id}`,
      obstacle: () => (channel.bridge || channel.inDialBridge ? 'Cannot record channel while in bridge' : ''),
      tap: (listener) => {
        stay.digitTap = listener;
        stay.recording = listener && options.name;
      },
    };
    const recording = new LiveRecording(this.#engine, request, [source.channel(channel.id)], () =>
      this.#recordings.delete(options.name),
    );
    this.#recordings.set(options.name, recording);
    stay.commands.push(recording);
    return recording;
  }

  ofBridge(bridge: Bridge, options: RecordOptions): LiveRecording {
    this.#check(options);
    const { channel, commands } = addHelper(this.#engine, bridge, 'Recorder/ARI', () => {});
    const request: RecordingRequest = {
      ...options,
      target: `bridge:${bridge.id}`,
      obstacle: () => '',
      tap: () => {},
    };
    const recording = new LiveRecording(
      this.#engine,
      request,
      [source.channel(channel.id), source.bridge(bridge.id)],
      () => this.#recordings.delete(options.name),
    );
    this.#recordings.set(options.name, recording);
    commands.push(recording);
    return recording;
  }

  #check({ name, ifExists, maxDurationSeconds, maxSilenceSeconds }: RecordOptions): void {
    if (name === '' || maxDurationSeconds < 0 || maxSilenceSeconds < 0 || !isInsideSpool(name))
      throw new AriFailure(500, 'Error parsing request');
    const exists = ifExists === 'fail' && this.#engine.storedRecordings.find(name) !== undefined;
    if (exists || this.#recordings.has(name)) {
      throw new AriFailure(409, `Recording '${name}' already exists and can not be overwritten`);
    }
  }
}
