import { AriValidationError, type Channel } from 'asterisk-ari';
import {
  Conference,
  RecordingControl,
  type ConferenceChange,
  type ConferenceOptions,
  type JoinOptions,
} from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { endAfterEachRequest, Floor } from './support/floor.js';

const silent = { joinSound: false, leaveSound: false } as const;

/** A conference on a floor, and what became of its participants. */
class Room {
  readonly conference: Conference<Channel>;
  readonly floor: Floor;
  readonly news: string[] = [];
  readonly #over = new AbortController();

  constructor(floor: Floor, options: ConferenceOptions = silent) {
    this.floor = floor;
    this.conference = new Conference<Channel>(floor.client, options);
    floor.keepListener();
    void this.#read(this.conference.changes({ signal: this.#over.signal }));
  }

  async #read(changes: AsyncIterable<ConferenceChange<Channel>>): Promise<void> {
    for await (const change of changes) {
      const { participant, type } = change;
      const index = this.floor.callers.findIndex(({ channel }) => channel.id === participant.channel.id);
      this.news.push(`${index} ${type}${change.type === 'left' ? ` ${change.reason}` : ''}`);
    }
  }

  join(caller: number, options?: JoinOptions) {
    return this.conference.join(this.floor.caller(caller).channel, options);
  }

  channel(caller: number): Channel {
    return this.floor.caller(caller).channel;
  }

  /** Waits until something has become of a caller: `0 joined`. */
  async until(news: string): Promise<void> {
    await expect.poll(() => this.news).toContain(news);
  }
}

describe('a conference', () => {
  it('lets channels talk to each other until they hang up, and leaves no bridge', async () => {
    await using floor = await Floor.begin(2);
    const room = new Room(floor);
    const stays = [room.join(0), room.join(1)];
    await room.until('0 joined');
    await room.until('1 joined');
    const [bridge] = await floor.client.bridges.list();
    expect(bridge?.channels).toHaveLength(2);
    floor.caller(0).phone.hangup();
    expect(await stays[0]).toEqual({ reason: 'hangup', joined: true });
    expect(room.conference.participants.map(({ channel }) => channel.id)).toEqual([room.channel(1).id]);
    floor.caller(1).phone.hangup();
    expect(await stays[1]).toEqual({ reason: 'hangup', joined: true });
    await room.until('1 left hangup');
    expect(room.news).toEqual(['0 joined', '1 joined', '0 left hangup', '1 left hangup']);
    expect(floor.requests.filter((request) => !request.startsWith('GET'))).toEqual([
      'POST /bridges/*',
      'POST /bridges/*/addChannel',
      'POST /bridges/*/addChannel',
      'DELETE /bridges/*',
    ]);
    await floor.expectNothingLeft();
  });

  it('begins anew after the last one has left', async () => {
    await using floor = await Floor.begin(2);
    const room = new Room(floor);
    for (const caller of [0, 1]) {
      const stay = room.join(caller);
      await room.until(`${caller} joined`);
      floor.caller(caller).phone.hangup();
      await stay;
    }
    expect(floor.asterisk.journal.eventsOf('BridgeCreated')).toHaveLength(2);
    await floor.expectNothingLeft();
  });

  it('has those who come wait with music for a moderator, and lets all in with them', async () => {
    await using floor = await Floor.begin(3);
    const room = new Room(floor, { ...silent, waitForModerator: true, musicClass: 'jazz' });
    const early = [room.join(0), room.join(1)];
    await room.until('0 waiting');
    await room.until('1 waiting');
    expect(floor.caller(0).phone.playing).toEqual(['moh:jazz']);
    expect(await floor.client.bridges.list()).toEqual([]);
    const moderator = room.join(2, { moderator: true });
    await room.until('1 joined');
    await room.until('0 joined');
    expect(room.conference.participants.map(({ waiting }) => waiting)).toEqual([false, false, false]);
    expect(floor.caller(0).phone.playing).toEqual([]);
    // They wait again when the moderator leaves.
    floor.caller(2).phone.hangup();
    await moderator;
    await expect.poll(() => room.news.filter((news) => news.endsWith('waiting'))).toHaveLength(4);
    expect(floor.caller(1).phone.playing).toEqual(['moh:jazz']);
    await room.conference.end();
    expect(await Promise.all(early)).toEqual([0, 1].map(() => ({ reason: 'ended', joined: true })));
    await floor.expectNothingLeft();
  });

  it('ends for all when the last moderator leaves, whether they had come in or waited', async () => {
    await using floor = await Floor.begin(3);
    const room = new Room(floor, { ...silent, endWithModerator: true });
    const [leader, other, guest] = [
      room.join(0, { moderator: true }),
      room.join(1, { moderator: true }),
      room.join(2),
    ] as const;
    for (const caller of [0, 1, 2]) {
      await room.until(`${caller} joined`);
    }
    floor.caller(0).phone.hangup();
    expect((await leader).reason).toBe('hangup');
    await room.conference.kick(room.channel(1));
    expect(await other).toEqual({ reason: 'kicked', joined: true });
    expect(await guest).toEqual({ reason: 'ended', joined: true });
    await floor.expectNothingLeft();
  });

  it('plays a sound when somebody comes, and to the others when somebody goes', async () => {
    await using floor = await Floor.begin(2);
    const room = new Room(floor, {});
    const stays = [room.join(0)];
    await floor.caller(0).phone.hears('sound:confbridge-join');
    const quiet = room.join(1, { quiet: true });
    await room.until('1 joined');
    floor.caller(0).phone.hangup();
    await stays[0];
    await floor.caller(1).phone.hears('sound:confbridge-leave');
    expect(floor.caller(1).phone.heard).toEqual(['sound:confbridge-leave']);
    floor.caller(1).phone.hangup();
    await quiet;
    expect(floor.asterisk.journal.requestsTo({ path: '/bridges/*/play' })).toHaveLength(2);
    await floor.expectNothingLeft();
  });

  it('mutes and unmutes, and hands the channel back as it was', async () => {
    await using floor = await Floor.begin(1);
    const room = new Room(floor);
    const stay = room.join(0, { muted: true });
    await room.until('0 joined');
    expect(room.conference.participants).toMatchObject([{ muted: true }]);
    expect(await room.conference.unmute(room.channel(0))).toBe(true);
    expect(await room.conference.mute(room.channel(0))).toBe(true);
    expect(await room.conference.mute({ id: 'nobody' })).toBe(false);
    expect(await room.conference.kick(room.channel(0))).toBe(true);
    expect((await stay).reason).toBe('kicked');
    expect(await room.conference.kick(room.channel(0))).toBe(false);
    const mutes = floor.requests.filter((request) => request.endsWith('/mute'));
    expect(mutes.map((request) => request.split(' ')[0])).toEqual(['POST', 'DELETE', 'POST', 'DELETE']);
    await floor.expectNothingLeft();
  });

  it('lets a mute end whose contrary came after it', async () => {
    await using floor = await Floor.begin(1);
    const room = new Room(floor);
    const stay = room.join(0);
    await room.until('0 joined');
    const { conference } = room;
    const wishes = [conference.mute(room.channel(0)), conference.unmute(room.channel(0))];
    expect(await Promise.all(wishes)).toEqual([true, true]);
    expect(conference.participants).toMatchObject([{ muted: false }]);
    await conference.end();
    await stay;
    await floor.expectNothingLeft();
  });

  it.each(['kick', 'end'] as const)('has them out when %s resolves, so that they may come again', async (how) => {
    await using floor = await Floor.begin(1);
    const room = new Room(floor);
    for (let times = 0; times < 3; times += 1) {
      const stay = room.join(0);
      await expect.poll(() => room.news.filter((news) => news === '0 joined')).toHaveLength(times + 1);
      await room.conference[how](room.channel(0));
      expect(room.conference.participants).toEqual([]);
      expect(await floor.client.bridges.list()).toEqual([]);
      void stay;
    }
    await floor.expectNothingLeft();
  });

  it('tells who talks', async () => {
    await using floor = await Floor.begin(1);
    const room = new Room(floor, { ...silent, detectTalking: { silenceMs: 500 } });
    const stay = room.join(0);
    await expect.poll(() => floor.requests.at(-1)).toBe('POST /channels/*/variable');
    floor.caller().phone.talk();
    await room.until('0 talking');
    expect(room.conference.participants).toMatchObject([{ talking: true }]);
    floor.caller().phone.talk(300);
    await room.until('0 quiet');
    await room.conference.end();
    expect((await stay).reason).toBe('ended');
    await floor.expectNothingLeft();
  });

  it('takes no more than it may, and nobody twice', async () => {
    await using floor = await Floor.begin(2);
    const room = new Room(floor, { ...silent, maxParticipants: 1 });
    const stay = room.join(0);
    expect(await room.join(1)).toEqual({ reason: 'full', joined: false });
    await expect(room.join(0)).rejects.toThrow(/is in the conference/);
    await room.until('0 joined');
    await room.conference.end();
    await stay;
    await floor.expectNothingLeft();
  });

  it('plays announcements to all, and says when nobody is there', async () => {
    await using floor = await Floor.begin(1);
    const room = new Room(floor);
    const { conference } = room;
    expect(await conference.announce({ media: 'sound:short' })).toEqual({ outcome: 'ended' });
    const stay = room.join(0);
    await room.until('0 joined');
    expect(await conference.announce({ media: 'sound:short' })).toEqual({ outcome: 'finished' });
    expect(await conference.announce({ media: 'sound:nothing' })).toEqual({
      outcome: 'failed',
      failedMedia: 'sound:nothing',
    });
    floor.asterisk.clock.autoAdvance = false;
    const controller = new AbortController();
    const aborted = conference.announce({ media: 'sound:long', signal: controller.signal });
    await floor.caller().phone.hears('sound:long');
    controller.abort();
    expect(await aborted).toEqual({ outcome: 'aborted' });
    const ended = conference.announce({ media: 'sound:again' });
    await floor.caller().phone.hears('sound:again');
    floor.caller().phone.hangup();
    await stay;
    expect(await ended).toEqual({ outcome: 'ended' });
    await floor.expectNothingLeft();
  });

  it('is recorded until nobody is left, or the signal stops it', async () => {
    await using floor = await Floor.begin(1);
    const room = new Room(floor);
    const { conference } = room;
    expect(await conference.record({ name: 'none' })).toEqual({ name: 'none', reason: 'ended', stored: false });
    const stay = room.join(0);
    await room.until('0 joined');
    const controller = new AbortController();
    const begun = floor.client.waitFor('RecordingStarted');
    const aborted = conference.record({ name: 'one', discardOnAbort: false, signal: controller.signal });
    await begun;
    controller.abort();
    expect(await aborted).toMatchObject({ reason: 'aborted', stored: true });
    const again = floor.client.waitFor('RecordingStarted');
    const control = new RecordingControl();
    const ended = conference.record({ name: 'two', control });
    await again;
    expect(await control.pause()).toBe(true);
    expect(await control.resume()).toBe(true);
    floor.caller().phone.hangup();
    await stay;
    expect(await ended).toMatchObject({ reason: 'ended', stored: true });
    await floor.expectNothingLeft();
  });

  it('is not recorded where all wait for a moderator', async () => {
    await using floor = await Floor.begin(2);
    const room = new Room(floor, { ...silent, waitForModerator: true });
    const stays = [room.join(0), room.join(1, { moderator: true })];
    await room.until('0 joined');
    await room.until('1 joined');
    const begun = floor.client.waitFor('RecordingStarted');
    const recording = room.conference.record({ name: 'one' });
    await begun;
    await room.conference.kick(room.channel(1));
    expect(await recording).toMatchObject({ reason: 'ended', stored: true });
    await room.until('0 waiting');
    expect(await room.conference.record({ name: 'two' })).toEqual({ name: 'two', reason: 'ended', stored: false });
    await room.conference.end();
    await Promise.all(stays);
    await floor.expectNothingLeft();
  });

  it.each([
    ['ended', (room: Room) => room.conference.end()],
    [
      'left by the last who hangs up',
      (room: Room) => Promise.resolve(room.floor.callers.forEach(({ phone }) => phone.hangup())),
    ],
    [
      'emptied by somebody else',
      async (room: Room) => {
        const [bridge] = await room.floor.client.bridges.list();
        await bridge!.removeChannel({ channel: [room.channel(0).id, room.channel(1).id] });
      },
    ],
    [
      'deprived of its bridge',
      async (room: Room) => {
        const [bridge] = await room.floor.client.bridges.list();
        await bridge!.destroy();
      },
    ],
  ])('says at once what was recorded where it is %s', async (_how, end) => {
    await using floor = await Floor.begin(2);
    const room = new Room(floor);
    const stays = [room.join(0), room.join(1)];
    await room.until('0 joined');
    await room.until('1 joined');
    const begun = floor.client.waitFor('RecordingStarted');
    const recording = room.conference.record({ name: 'one' });
    await begun;
    const since = performance.now();
    await end(room);
    expect(await recording).toMatchObject({ reason: 'ended', stored: true });
    expect(performance.now() - since).toBeLessThan(1_000);
    await Promise.all(stays);
    await floor.expectNothingLeft();
  });

  it('says that somebody else has taken a channel out, or has destroyed the bridge', async () => {
    await using floor = await Floor.begin(2);
    const room = new Room(floor);
    const stays = [room.join(0), room.join(1)];
    await room.until('0 joined');
    await room.until('1 joined');
    const [bridge] = await floor.client.bridges.list();
    await bridge?.removeChannel({ channel: room.channel(0).id });
    expect(await stays[0]).toEqual({ reason: 'removed', joined: true });
    await bridge?.destroy();
    expect(await stays[1]).toEqual({ reason: 'removed', joined: true });
    await floor.expectNothingLeft();
  });

  it('survives a connection that is lost, and learns who has gone meanwhile', async () => {
    await using floor = await Floor.begin(2);
    const room = new Room(floor);
    const stays = [room.join(0), room.join(1)];
    await room.until('0 joined');
    await room.until('1 joined');
    await floor.asterisk.faults.refuse();
    floor.caller(0).phone.hangup();
    await floor.asterisk.faults.accept();
    expect(await stays[0]).toEqual({ reason: 'hangup', joined: true });
    const [bridge] = await floor.client.bridges.list();
    floor.asterisk.faults.dropSocket();
    // While nobody hears of it.
    await bridge?.destroy();
    expect(await stays[1]).toEqual({ reason: 'removed', joined: true });
    await floor.expectNothingLeft();
  });

  it('fails for whom a request fails, and goes on for the others', async () => {
    await using floor = await Floor.begin(2);
    const room = new Room(floor);
    const stay = room.join(0);
    await room.until('0 joined');
    floor.asterisk.faults.next({ path: '/bridges/*/addChannel' }).fail(500);
    await expect(room.join(1)).rejects.toMatchObject({ name: 'ServerError' });
    expect(room.conference.participants).toHaveLength(1);
    await room.conference.end();
    expect((await stay).reason).toBe('ended');
    expect(room.news).toContain('1 left error');
    await floor.expectNothingLeft();
  });

  it.each(['/bridges/*', '/bridges/*/addChannel', '/channels/*/moh', '/channels/*/mute', '/channels/*/variable'])(
    'leaves nothing when the answer of %s is lost',
    async (path) => {
      await using floor = await Floor.begin(2);
      const { conference } = new Room(floor, everything);
      floor.asterisk.faults.next({ method: 'POST', path }).dropAnswer();
      const stays = [
        conference.join(floor.caller(0).channel, { muted: true }),
        conference.join(floor.caller(1).channel, { moderator: true }),
      ];
      await expect(Promise.race(stays)).rejects.toMatchObject({ name: 'AriConnectionError' });
      await conference.end();
      await Promise.allSettled(stays);
      await floor.expectNothingLeft();
    },
  );

  const everything = { waitForModerator: true, detectTalking: true } as const;

  /** One waits, then comes in muted with a moderator. */
  async function both(floor: Floor, signal: AbortSignal): Promise<unknown> {
    const { conference } = new Room(floor, everything);
    const [guest, moderator] = [floor.caller(0).channel, floor.caller(1).channel];
    return Promise.allSettled([
      conference.join(guest, { signal, muted: true }),
      conference.join(moderator, { signal, moderator: true }),
    ]).then((stays) => expect(stays.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']));
  }

  it.each([
    ['aborted', (_floor: Floor, controller: AbortController) => controller.abort()],
    [
      'left by one who hangs up, and then aborted',
      (floor: Floor, controller: AbortController) => {
        floor.caller(0).phone.hangup();
        setTimeout(() => controller.abort(), 20);
      },
    ],
    ['left by all', (floor: Floor) => floor.callers.forEach(({ phone }) => phone.hangup())],
  ])('leaves nothing when it is %s after any request', async (_how, end) => {
    expect(await endAfterEachRequest(() => Floor.begin(2), both, end)).toBeGreaterThanOrEqual(9);
  });

  it.each([
    [{ maxParticipants: 0 }, /option 'maxParticipants' must be a whole number, at least 1, not 0/],
    [{ joinSound: 'beep' }, /option 'joinSound' must be a media URI such as/],
    [{ musicClass: '' }, /option 'musicClass' must be a text that is not blank, not ""/],
    [{ detectTalking: 1 }, /option 'detectTalking' must be true or false, not 1/],
    [{ detectTalking: { silence: 1 } }, /option 'detectTalking.silence' does not exist; allowed are silenceMs, energy/],
    [{ beep: true }, /option 'beep' does not exist; allowed are waitForModerator/],
  ])('refuses %o', async (options, message) => {
    await using floor = await Floor.begin(0);
    const wrong = (): unknown => new Conference(floor.client, options as unknown as ConferenceOptions);
    expect(wrong).toThrow(AriValidationError);
    expect(wrong).toThrow(message);
  });

  it('refuses wrong options of its methods before anything is sent', async () => {
    await using floor = await Floor.begin(1);
    const { conference } = new Room(floor);
    const { channel } = floor.caller();
    await expect(conference.join(channel, { mute: true } as JoinOptions)).rejects.toThrow(
      "option 'mute' does not exist; allowed are moderator, muted, quiet, signal",
    );
    await expect(conference.join({} as Channel)).rejects.toThrow(/channel must be a channel of the client/);
    await expect(conference.announce({ media: [] })).rejects.toThrow(/option 'media' must be a media URI/);
    expect(() => conference.changes({ timeout: 1 } as object)).toThrow(/option 'timeout' does not exist/);
    await expect(conference.mute(undefined as unknown as Channel)).rejects.toThrow(
      /channel must be a channel, not undefined/,
    );
    expect(floor.requests).toEqual([]);
  });

  it('refuses what is no options, and no value of one, before anything is sent', async () => {
    await using floor = await Floor.begin(1);
    const conference = new Conference<Channel>(floor.client, silent);
    const { channel } = floor.caller();
    const wrong = (value: unknown): never => value as never;
    expect(() => new Conference(floor.client, wrong(null))).toThrow(
      /Conference: options must be an object with .*not null/,
    );
    expect(() => new Conference(floor.client, wrong({ joinSound: null }))).toThrow(/option 'joinSound' must be/);
    const refusals: [Promise<unknown>, RegExp][] = [
      [conference.join(channel, wrong(null)), /join: options must be an object with moderator, .*, not null/],
      [conference.announce(wrong(undefined)), /announce: options must be an object with media, .*, not undefined/],
      [
        conference.announce(wrong({ media: 'sound:x', lang: 5 })),
        /^announce: option 'lang' must be a text that is not blank, not 5/,
      ],
      [conference.record(wrong(undefined)), /record: options must be an object with name, .*, not undefined/],
      [conference.record(wrong({ name: '../x' })), /option 'name' must not lead out of its folder, not "..\/x"/],
      [conference.mute(channel, wrong('no')), /option 'muted' must be true or false, not "no"/],
      [conference.mute(wrong(null)), /mute: channel must be a channel, not null/],
    ];
    for (const [refusal, message] of refusals) {
      await expect(refusal).rejects.toThrow(AriValidationError);
      await expect(refusal).rejects.toThrow(message);
    }
    expect(floor.requests).toEqual([]);
  });
});
