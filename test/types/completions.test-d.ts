import type { AriClient, Channel } from 'asterisk-ari';

/** What is completed in an editor: after the dot, and within the quotes. */
export async function completed(client: AriClient, channel: Channel): Promise<void> {
  await client.channels.list();
  channel.on('StasisEnd', () => undefined);
}
