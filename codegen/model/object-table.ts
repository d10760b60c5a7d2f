import type { DomainObject } from './types.js';

/**
 * The kinds of domain object, one row a kind: where its instances live and what identifies them. A kind that a release
 * has no path or no model for is left out there.
 */
export const OBJECT_TABLE: readonly DomainObject[] = [
  row('Channel', 'channels', '/channels/{channelId}', { id: 'channelId' }, 'channel', 'channel'),
  row('Bridge', 'bridges', '/bridges/{bridgeId}', { id: 'bridgeId' }, 'bridge', 'bridge'),
  row(
    'Endpoint',
    'endpoints',
    '/endpoints/{tech}/{resource}',
    { technology: 'tech', resource: 'resource' },
    'endpoint',
    'endpoint',
  ),
  row('Playback', 'playbacks', '/playbacks/{playbackId}', { id: 'playbackId' }, 'playback'),
  row('LiveRecording', 'recordings', '/recordings/live/{recordingName}', { name: 'recordingName' }, 'recording'),
  row('StoredRecording', 'recordings', '/recordings/stored/{recordingName}', { name: 'recordingName' }, 'recording'),
  row(
    'DeviceState',
    'deviceStates',
    '/deviceStates/{deviceName}',
    { name: 'deviceName' },
    'device_state',
    'deviceState',
  ),
  row('Mailbox', 'mailboxes', '/mailboxes/{mailboxName}', { name: 'mailboxName' }, 'mailbox'),
  row('Sound', 'sounds', '/sounds/{soundId}', { id: 'soundId' }, 'sound'),
  row('Application', 'applications', '/applications/{applicationName}', { name: 'applicationName' }, 'application'),
  row('Module', 'asterisk', '/asterisk/modules/{moduleName}', { name: 'moduleName' }, 'module'),
  row('LogChannel', 'asterisk', '/asterisk/logging/{logChannelName}', { channel: 'logChannelName' }, 'log_channel'),
];

function row(
  name: string,
  resource: string,
  path: string,
  keys: Readonly<Record<string, string>>,
  eventField: string,
  sourceScheme?: string,
): DomainObject {
  return {
    name,
    resource,
    path,
    keys: Object.entries(keys).map(([field, parameter]) => ({ field, parameter })),
    eventField,
    ...(sourceScheme === undefined ? {} : { sourceScheme }),
  };
}
