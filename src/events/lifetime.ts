/** Events after which an object of that kind sends no other: what listens to it is let go. */
export const lastEvents: ReadonlyMap<string, string> = new Map([
  ['ChannelDestroyed', 'Channel'],
  ['BridgeDestroyed', 'Bridge'],
  ['PlaybackFinished', 'Playback'],
  ['RecordingFinished', 'LiveRecording'],
  ['RecordingFailed', 'LiveRecording'],
]);

/**
 * Events after which nothing more comes of an object of that kind, unless the application watches it for some other
 * reason: of a channel that entered through the dialplan and then hangs up, `StasisEnd` is the last one.
 */
export const partingEvents: ReadonlyMap<string, string> = new Map([
  ['StasisEnd', 'Channel'],
  ['ChannelLeftBridge', 'Bridge'],
]);
