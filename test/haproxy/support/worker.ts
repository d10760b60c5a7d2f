/**
 * A worker in a process of its own: takes calls that Asterisk connects for, tells of them on standard output, line by
 * line, and drains on SIGTERM.
 */
import { AriClient } from 'asterisk-ari';
import { serve } from 'asterisk-ari/outbound';

const [port = ''] = process.argv.slice(2);

function tell(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

const worker = await serve(
  { client: AriClient, port: Number(port), path: '/ari', username: 'asterisk', password: 'worker-secret' },
  async (connection) => {
    if (connection.kind !== 'perCall') return;
    const { client } = connection;
    const { channel, adopted } = await connection.call();
    channel.on('ChannelDtmfReceived', (_channel, { digit }) => tell({ digit, channel: channel.id }));
    if (!adopted) {
      await channel.answer();
      const bridge = await client.bridges.create({ type: 'mixing', name: channel.id });
      await bridge.addChannel({ channel });
    }
    const bridges = (await client.bridges.list()).filter(({ channels }) => channels.includes(channel.id));
    tell({ call: channel.id, adopted, bridges: bridges.length });
  },
);
tell({ ready: worker.port });
process.once('SIGTERM', () => void worker.drain({ timeoutMs: 20_000 }).then((left) => tell({ drained: left })));
