import type { AriClient, Bridge, Channel } from 'asterisk-ari';

/** Calls as people write them, whose parameters are hovered over. */
export async function calls(client: AriClient, channel: Channel, bridge: Bridge): Promise<void> {
  await channel.play({ media: 'sound:hello-world', offsetms: 500 });
  await channel.hangup({ reason_code: 17 });
  await channel.snoopChannel({ app: 'hello', spy: 'both', appArgs: 'a' });
  await channel.externalMedia({
    app: 'hello',
    external_host: 'a:1',
    format: 'ulaw',
    encapsulation: 'rtp',
    transport: 'udp',
  });
  await channel.continueInDialplan({ context: 'x', extension: 'y', priority: 1 });
  await bridge.addChannel({ channel, absorbDTMF: true });
  await client.channels.originate({ endpoint: 'PJSIP/a', app: 'x', callerId: 'c', timeout: 3 });
  await client.channels.originate({ endpoint: 'PJSIP/a', extension: 'x', context: 'y' });
}
