import type { AriEvent } from 'asterisk-ari';

/** What there is too much of to be read. */
const unsaid: readonly AriEvent['type'][] = [
  'ChannelVarset',
  'ChannelDialplan',
  'ChannelConnectedLine',
  'ChannelCallerId',
];

/** Whose channel it is: `ann` of `Local/ann@stasis-hello-00000001;2`. */
export function partyOf({ name }: { readonly name: string }): string {
  return /^Local\/([^@]+)@/.exec(name)?.[1] ?? name;
}

/**
 * An event as one line; undefined for what nobody wants to read.
 * @param partyAt who is at the other end of a channel, by its id
 */
export function describeEvent(event: AriEvent, partyAt: (channelId: string) => string | undefined): string | undefined {
  if (unsaid.includes(event.type)) return undefined;
  return `${event.type.padEnd(22)} ${details(event, partyAt).join('  ')}`.trimEnd();
}

function details(event: AriEvent, partyAt: (channelId: string) => string | undefined): string[] {
  /** `to ann` of `channel:1234.5`. */
  const to = (uri = ''): string => {
    const [, kind = '', id = ''] = /^(\w+):(.*)$/.exec(uri) ?? [];
    return `to ${partyAt(id) ?? `a ${kind}`}`;
  };
  const words: string[] = [];
  if ('channel' in event && event.channel !== undefined) words.push(partyOf(event.channel));
  if ('digit' in event) words.push(event.digit);
  if (event.type === 'ChannelStateChange') words.push(event.channel.state);
  if (event.type === 'Dial') words.push(partyOf(event.peer), event.dialstatus);
  if ('playback' in event) words.push(event.playback.media_uri, to(event.playback.target_uri));
  if ('recording' in event) words.push(event.recording.name, to(event.recording.target_uri));
  if ('bridge' in event && event.bridge !== undefined) words.push(`${event.bridge.bridge_type} bridge`);
  return words;
}
