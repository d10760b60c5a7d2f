import { connect, type AriClient, type Channel } from 'asterisk-ari';
import { Conference, gather, play } from 'asterisk-ari/flows';

/** Rooms by the digits that are typed; whoever types the PIN after them, `100*4711`, is a moderator. */
export class Rooms {
  readonly #client: AriClient;
  readonly #pin: string;
  readonly #rooms = new Map<string, Conference<Channel>>();

  constructor(client: AriClient, pin: string) {
    this.#client = client;
    this.#pin = pin;
  }

  /** Somebody calls: asks for the room, and has them in it. */
  async serve(channel: Channel): Promise<void> {
    await channel.answer();
    const { digits, reason } = await gather(channel, { prompt: 'sound:conf-getconfno', tries: 3, minDigits: 3 });
    if (reason === 'hangup') {
      return;
    }
    const [number = '', pin] = digits.split('*');
    const stay = await this.#room(number).join(channel, { moderator: pin === this.#pin });
    if (stay.reason !== 'hangup') {
      await play(channel, { media: stay.reason === 'full' ? 'sound:conf-full' : 'sound:vm-goodbye' });
      await channel.hangup().catch(() => undefined);
    }
  }

  #room(number: string): Conference<Channel> {
    const room =
      this.#rooms.get(number) ??
      new Conference<Channel>(this.#client, { waitForModerator: true, endWithModerator: true, maxParticipants: 20 });
    this.#rooms.set(number, room);
    return room;
  }
}

const { ARI_URL, ARI_USERNAME = '', ARI_PASSWORD = '' } = process.env;
if (ARI_URL !== undefined && import.meta.filename === process.argv[1]) {
  const client = await connect(ARI_URL, ARI_USERNAME, ARI_PASSWORD);
  const rooms = new Rooms(client, '4711');
  client.channels.on('StasisStart', (channel) => rooms.serve(channel));
  await client.run('conference');
}
