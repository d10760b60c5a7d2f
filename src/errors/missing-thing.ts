/** What Asterisk may not have found. */
export type MissingThing =
  | 'application'
  | 'bridge'
  | 'channel'
  | 'configClass'
  | 'configObject'
  | 'deviceState'
  | 'endpoint'
  | 'label'
  | 'logChannel'
  | 'mailbox'
  | 'module'
  | 'objectType'
  | 'playback'
  | 'recording'
  | 'sound'
  | 'statistics'
  | 'technology'
  | 'variable';

/** How Asterisk begins to say that there is no such thing (seen on 16.28 and 22.10, where these words are the same). */
const beginnings: readonly (readonly [words: string, thing: MissingThing])[] = [
  ['Application ', 'application'],
  ['Bridge ', 'bridge'],
  ['Callee ', 'channel'],
  ['Channel ', 'channel'],
  ['configClass ', 'configClass'],
  ['Device name ', 'deviceState'],
  ['Endpoint ', 'endpoint'],
  ['Log channel ', 'logChannel'],
  ['Mailbox ', 'mailbox'],
  ['Module ', 'module'],
  ['No Endpoints found - invalid tech', 'technology'],
  ['No sounds ', 'sound'],
  ['Object with id ', 'configObject'],
  ['objectType ', 'objectType'],
  ['Playback ', 'playback'],
  ['Provided bridge ', 'bridge'],
  ['Provided channel ', 'channel'],
  ['Provided variable ', 'variable'],
  ['RTP info ', 'statistics'],
  ['Recording ', 'recording'],
  ['Requested label ', 'label'],
  ['Sound ', 'sound'],
];

/** What a 404 is about, by Asterisk's own words; nothing where they are not Asterisk's. */
export function missingThing(serverMessage: string): MissingThing | undefined {
  return beginnings.find(([words]) => serverMessage.startsWith(words))?.[1];
}
