/** Events after which an object of that kind sends no other: what listens to it is let go. */
export const lastEvents: Readonly<Record<string, string>> = {
  ChannelDestroyed: 'Channel',
  BridgeDestroyed: 'Bridge',
  PlaybackFinished: 'Playback',
  RecordingFinished: 'LiveRecording',
  RecordingFailed: 'LiveRecording',
};
