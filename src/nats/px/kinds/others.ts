import { count, text } from '../fields.js';
import { binding, command, list, reading, type PxKind } from '../kind.js';

const device = '/deviceStates/{deviceName}';
const mailbox = '/mailboxes/{mailboxName}';
const playback = '/playbacks/{playbackId}';
const live = '/recordings/live/{recordingName}';
const stored = '/recordings/stored/{recordingName}';

const mediaKinds: readonly PxKind[] = [
  ...reading('playback', 'Playback', 'playbacks.get', `GET ${playback}`),
  command('playback', 'PlaybackControl', 'playbacks.control', `POST ${playback}/control`, {
    member: 'playback_control',
    fields: { command: text('operation', 'command is mandatory') },
  }),
  command('playback', 'PlaybackStop', 'playbacks.stop', `DELETE ${playback}`),
  binding('playback', 'PlaybackSubscribe'),
  ...reading('liverecording', 'RecordingLive', 'recordings.getLive', `GET ${live}`),
  command('liverecording', 'RecordingLiveStop', 'recordings.stop', `POST ${live}/stop`),
  command('liverecording', 'RecordingLivePause', 'recordings.pause', `POST ${live}/pause`),
  command('liverecording', 'RecordingLiveResume', 'recordings.unpause', `DELETE ${live}/pause`),
  command('liverecording', 'RecordingLiveMute', 'recordings.mute', `POST ${live}/mute`),
  command('liverecording', 'RecordingLiveUnmute', 'recordings.unmute', `DELETE ${live}/mute`),
  command('liverecording', 'RecordingLiveScrap', 'recordings.cancel', `DELETE ${live}`),
  binding('liverecording', 'RecordingLiveSubscribe'),
  ...reading('storedrecording', 'RecordingStored', 'recordings.getStored', `GET ${stored}`),
  list('storedrecording', 'RecordingStoredList', 'recordings.listStored', 'GET /recordings/stored', { blocking: true }),
  command('storedrecording', 'RecordingStoredDelete', 'recordings.deleteStored', `DELETE ${stored}`),
  command('storedrecording', 'RecordingStoredCopy', 'recordings.copyStored', `POST ${stored}/copy`, {
    member: 'recording_stored_copy',
    fields: { destination: text('destinationRecordingName', 'destination is mandatory') },
    answer: { is: 'made', of: 'storedrecording', id: 'destinationRecordingName' },
    blocking: true,
  }),
  // There is no other way to ask whether there is a sound.
  ...reading('sound', 'Sound', 'sounds.get', 'GET /sounds/{soundId}').slice(0, 1),
  list('sound', 'SoundList', 'sounds.list', 'GET /sounds', {
    member: 'sound_list',
    fields: { 'filters.lang': text('lang'), 'filters.format': text('format') },
  }),
];

const stateKinds: readonly PxKind[] = [
  ...reading('devicestate', 'DeviceState', 'deviceStates.get', `GET ${device}`),
  list('devicestate', 'DeviceStateList', 'deviceStates.list', 'GET /deviceStates'),
  command('devicestate', 'DeviceStateUpdate', 'deviceStates.update', `PUT ${device}`, {
    member: 'device_state_update',
    fields: { state: text('deviceState', 'state is mandatory') },
  }),
  command('devicestate', 'DeviceStateDelete', 'deviceStates.delete', `DELETE ${device}`),
  ...reading('mailbox', 'Mailbox', 'mailboxes.get', `GET ${mailbox}`),
  list('mailbox', 'MailboxList', 'mailboxes.list', 'GET /mailboxes'),
  command('mailbox', 'MailboxUpdate', 'mailboxes.update', `PUT ${mailbox}`, {
    member: 'mailbox_update',
    fields: { new: count('newMessages'), old: count('oldMessages') },
  }),
  command('mailbox', 'MailboxDelete', 'mailboxes.delete', `DELETE ${mailbox}`),
  ...reading('endpoint', 'Endpoint', 'endpoints.get', 'GET /endpoints/{tech}/{resource}'),
  list('endpoint', 'EndpointList', 'endpoints.list', 'GET /endpoints'),
  list('endpoint', 'EndpointListByTech', 'endpoints.listByTech', 'GET /endpoints/{tech}', {
    member: 'endpoint_list_by_tech',
    fields: { tech: text('tech', 'tech is mandatory') },
  }),
];

/** Of media, and of states of what is outside. */
export const otherKinds: readonly PxKind[] = [...mediaKinds, ...stateKinds];
