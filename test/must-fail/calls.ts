import { connect, type AriEvent } from 'asterisk-ari';

const client = await connect('http://localhost:8088/', 'hey', 'peekaboo');
await client.channels.answer({}); // TS2741
client.channels.on('PlaybackStarted', () => undefined); // TS2345
await client.channels.mute({ channelId: 'x', direction: 'sideways' }); // TS2322
await client.events.userEvent({ eventName: 'e', application: 'a', source: client.deviceStates.handle('Stasis:a') }); // TS2322

export function exhaustive(event: AriEvent): string {
  switch (event.type) {
    case 'StasisStart':
      return event.channel.id;
    default:
      event satisfies never; // TS1360
      return '';
  }
}
