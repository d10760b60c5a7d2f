/**
 * The audio of channels: over a WebSocket, which either side may open, or by AudioSocket. It works with the client of
 * whatever bindings.
 */
export { alaw, ulaw, type G711 } from './audio/g711.js';
export { WavFile, type WavFileOptions } from './audio/wav-file.js';
export type { ChannelOf, MediaChannel, MediaChannelSnapshot, MediaClient } from './open/client.js';
export { openMedia, type OpenMedia } from './open/open-media.js';
export type { OpenMediaOptions } from './open/options.js';
export { encodeCommand, type ControlFormat, type MediaCommand, type MediaDirection } from './protocol/commands.js';
export type {
  BufferingCompletedEvent,
  DtmfEndEvent,
  MalformedMedia,
  MarkProcessedEvent,
  MediaErrorEvent,
  MediaEvent,
  MediaStartEvent,
  MediaStatusEvent,
  MediaXoffEvent,
  MediaXonEvent,
  QueueDrainedEvent,
  UnknownMediaEvent,
} from './protocol/events.js';
export { parseEvent, type ParsedMessage } from './protocol/parse.js';
export {
  startAudioSocketServer,
  type AudioSocketServer,
  type AudioSocketServerOptions,
} from './server/audio-socket-server.js';
export { startMediaServer, type MediaServer, type MediaServerOptions } from './server/media-server.js';
export type { MediaServerEvents } from './server/server-events.js';
export type { HttpServer } from '../support/own-server.js';
export type { MediaListenerFailure } from './session/emitter.js';
export type { MediaEvents } from './session/events.js';
export type { MediaInfo } from './session/info.js';
export type { Media } from './session/media.js';
export type { MediaOptions } from './session/options.js';
export type { Outcome } from './session/outcome.js';
export type { AudioSource, Played, PlayOptions } from './session/play.js';
export type { DroppedNotice } from './session/receiver.js';
export type { Utterance } from './session/utterance.js';
export { connectMedia, type ConnectMediaOptions } from './websocket/connect.js';
