import type { AriClient } from 'asterisk-ari';
import { bindings } from '../../generated/v22/bindings.js';

/** Somebody listens to everything that can be heard of one channel, of all channels and of the client, and to more. */
export function listenEverywhere(client: AriClient): void {
  const channel = client.channels.handle('1');
  for (const [type, fields] of Object.entries(bindings.events)) {
    client.on(type as 'StasisStart', () => undefined);
    if (Object.values(fields).includes('Channel')) {
      channel.on(type as 'StasisStart', () => undefined);
      client.channels.on(type as 'StasisStart', () => undefined);
    }
  }
  client.endpoints.on('EndpointStateChange', () => undefined);
  client.endpoints.handle('PJSIP', 'alice').on('EndpointStateChange', () => undefined);
  client.deviceStates.handle('Stasis:1').on('DeviceStateChanged', () => undefined);
  client.playbacks.handle('1').on('PlaybackFinished', () => undefined);
  client.recordings.liveRecordingHandle('1').on('RecordingFinished', () => undefined);
  client.bridges.handle('1').on('BridgeDestroyed', () => undefined);
}
