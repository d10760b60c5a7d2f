import { map, number, text, type PxField } from '../fields.js';

/** How a channel is created. */
export const creating: Readonly<Record<string, PxField>> = {
  'channel_create_request.endpoint': text('endpoint'),
  'channel_create_request.app': text('app'),
  'channel_create_request.appArgs': text('appArgs'),
  'channel_create_request.channelId': text('channelId'),
  'channel_create_request.otherChannelId': text('otherChannelId'),
  'channel_create_request.originator': text('originator'),
  'channel_create_request.formats': text('formats'),
};

/** How a call is placed. */
export const originating: Readonly<Record<string, PxField>> = {
  'originate_request.endpoint': text('endpoint'),
  'originate_request.timeout': number('timeout'),
  'originate_request.callerId': text('callerId'),
  'originate_request.context': text('context'),
  'originate_request.extension': text('extension'),
  'originate_request.priority': number('priority'),
  'originate_request.label': text('label'),
  'originate_request.app': text('app'),
  'originate_request.appArgs': text('appArgs'),
  'originate_request.formats': text('formats'),
  'originate_request.channelId': text('channelId'),
  'originate_request.otherChannelId': text('otherChannelId'),
  'originate_request.originator': text('originator'),
  'originate_request.variables': map('variables'),
};

/** How a channel is listened to. */
export const snooping: Readonly<Record<string, PxField>> = {
  snoop_id: text('snoopId'),
  'options.app': text('app'),
  'options.appArgs': text('appArgs'),
  'options.spy': text('spy'),
  'options.whisper': text('whisper'),
};

/** How media goes to and comes from somewhere else. */
export const externalMedia: Readonly<Record<string, PxField>> = {
  'options.channelId': text('channelId'),
  'options.app': text('app'),
  'options.external_host': text('external_host', 'ExternalHost is mandatory'),
  'options.encapsulation': text('encapsulation'),
  'options.transport': text('transport'),
  'options.connection_type': text('connection_type'),
  'options.format': text('format', 'Format is mandatory'),
  'options.direction': text('direction'),
  'options.variables': map('variables'),
};
