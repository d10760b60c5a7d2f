/** How a call leaves: hung up and watched by the application, or on in the dialplan, after which nothing more comes. */
export type Way = 'hangup' | 'continue';

/** Events of one call; what the soak listens to of it, and what it does not. */
export function callEvents(number: number, way: Way): object[] {
  const id = `soak-${number}`;
  const channel = { ...channelData, id, name: `Local/${id}@default;1` };
  const playback = { id: `play-${number}`, media_uri: 'sound:tt-weasels', target_uri: `channel:${id}`, language: 'en' };
  const events = [
    { type: 'StasisStart', args: [], channel },
    { type: 'ChannelVarset', variable: 'SOAK', value: String(number), channel },
    { type: 'PlaybackStarted', playback: { ...playback, state: 'playing' } },
    { type: 'ChannelDtmfReceived', digit: '1', duration_ms: 100, channel },
    { type: 'PlaybackFinished', playback: { ...playback, state: 'done' } },
    { type: 'ChannelDtmfReceived', digit: '2', duration_ms: 100, channel },
  ];
  const end = { type: 'StasisEnd', channel };
  return way === 'continue'
    ? [...events, end]
    : [
        ...events,
        { type: 'ChannelHangupRequest', channel },
        end,
        { type: 'ChannelDestroyed', cause: 16, cause_txt: 'Normal Clearing', channel },
      ];
}

/** Every other call leaves the other way. */
export function wayOf(number: number): Way {
  return number % 2 === 0 ? 'hangup' : 'continue';
}

const party = { name: '', number: '' };

const channelData = {
  state: 'Up',
  protocol_id: '',
  caller: party,
  connected: party,
  accountcode: '',
  dialplan: { context: 'default', exten: 's', priority: 1, app_name: 'Stasis', app_data: 'soak' },
  creationtime: '2026-11-23T01:23:45.000+0000',
  language: 'en',
};
