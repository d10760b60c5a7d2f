import type { AriClient, Channel } from 'asterisk-ari';
import {
  attendedTransfer,
  blindTransfer,
  Conference,
  connect,
  detectTalking,
  dial,
  DigitBuffer,
  discardRecording,
  gather,
  hold,
  menu,
  onTransferRequested,
  play,
  positionMedia,
  Queue,
  recorded,
  recordMessage,
  saveRecording,
  say,
  supervise,
  tone,
  unhold,
} from 'asterisk-ari/flows';

/** What wrong values are given to. */
type Try = (value: never) => unknown;

/** A call, by the name that its errors have. */
export interface Call {
  /** What it takes besides options, by its name in errors. */
  readonly takes?: Readonly<Record<string, Try>>;
  /** Calls it with options. */
  readonly call?: Try;
  /** Options that are right, to which a wrong one is added. @default none */
  readonly right?: object;
  /** Options within options, by their name in errors: right ones, and the options that have them. */
  readonly within?: Readonly<Record<string, readonly [right: object, holder: (inner: unknown) => object]>>;
}

/** Whom the calls are about. */
export interface Parties {
  readonly client: AriClient;
  readonly channel: Channel;
  readonly other: Channel;
}

/** Everything that `asterisk-ari/flows` exports, and what it has to refuse. */
export function wrongRows({ client, channel, other }: Parties) {
  const name = 'message';
  const app = 'flow';
  const choices = { 1: () => 1 };
  const targets = 'PJSIP/alice';
  const dialing = { targets, app };
  const moving = { ...dialing, transferee: channel, transferrer: other };
  const supervising = { supervisor: channel, channel: other, app };
  const inTargets = {
    'targets[0]': [{ endpoint: targets }, (target: unknown) => ({ app, targets: [target] })],
  } as const;
  const inMoving = {
    'targets[0]': [{ endpoint: targets }, (target: unknown) => ({ ...moving, targets: [target] })],
  } as const;
  const room = new Conference<Channel>(client);
  const queue = new Queue(client, { app });
  return {
    play: {
      play: {
        takes: { channel: (it) => play(it, { media: 'sound:short' }) },
        call: (options) => play(channel, options),
        right: { media: 'sound:short' },
      },
    },
    gather: {
      gather: { takes: { channel: (it) => gather(it) }, call: (options) => gather(channel, options) },
    },
    menu: {
      menu: {
        takes: { channel: (it) => menu(it, { choices }) },
        call: (options) => menu(channel, options),
        right: { choices },
      },
    },
    recordMessage: {
      recordMessage: {
        takes: { channel: (it) => recordMessage(it, { name }) },
        call: (options) => recordMessage(channel, options),
        right: { name },
        within: {
          snoop: [{ app }, (snoop) => ({ name, snoop })],
          review: [{ prompt: 'sound:short' }, (review) => ({ name, review })],
        },
      },
    },
    saveRecording: {
      saveRecording: {
        takes: {
          client: (it) => saveRecording(it, { name }, 'kept'),
          recording: (it) => saveRecording(client, it, 'kept'),
          name: (it) => saveRecording(client, { name }, it),
        },
        call: (options) => saveRecording(client, { name }, 'kept', options),
      },
    },
    discardRecording: {
      discardRecording: {
        takes: { client: (it) => discardRecording(it, { name }), recording: (it) => discardRecording(client, it) },
        call: (options) => discardRecording(client, { name }, options),
      },
    },
    dial: {
      dial: {
        takes: { client: (it) => dial(it, dialing as never) },
        call: (options) => dial(client, options),
        right: dialing,
        within: inTargets,
      },
    },
    connect: {
      connect: {
        takes: { client: (it) => connect(it, { channels: [channel, other] }) },
        call: (options) => connect(client, options),
        right: { channels: [channel, other] },
        within: {
          'warnings[0]': [
            { beforeMs: 1, media: 'sound:short' },
            (warning) => ({ channels: [channel, other], limitMs: 10, warnings: [warning] }),
          ],
        },
      },
    },
    hold: { hold: { takes: { channel: (it) => hold(it) }, call: (options) => hold(channel, options) } },
    unhold: { unhold: { takes: { channel: (it) => unhold(it) }, call: (options) => unhold(channel, options) } },
    blindTransfer: {
      blindTransfer: {
        takes: { client: (it) => blindTransfer(it, moving as never) },
        call: (options) => blindTransfer(client, options),
        right: moving,
        within: inMoving,
      },
    },
    attendedTransfer: {
      attendedTransfer: {
        takes: { client: (it) => attendedTransfer(it, moving as never) },
        call: (options) => attendedTransfer(client, options),
        right: moving,
        within: inMoving,
      },
    },
    onTransferRequested: {
      onTransferRequested: {
        takes: {
          client: (it) => onTransferRequested(it, () => undefined),
          listener: (it) => onTransferRequested(client, it),
        },
        call: (options) => onTransferRequested(client, () => undefined, options),
      },
    },
    detectTalking: {
      detectTalking: {
        takes: { channel: (it) => detectTalking(it) },
        call: (options) => detectTalking(channel, options),
      },
    },
    Conference: {
      Conference: {
        takes: { client: (it) => new Conference(it) },
        call: (options) => new Conference(client, options),
        within: { detectTalking: [{}, (talking) => ({ detectTalking: talking })] },
      },
      join: { takes: { channel: (it) => room.join(it) }, call: (options) => room.join(channel, options) },
      announce: { call: (options) => room.announce(options), right: { media: 'sound:short' } },
      record: { call: (options) => room.record(options), right: { name } },
      changes: { call: (options) => room.changes(options) },
      mute: { takes: { channel: (it) => room.mute(it), muted: (it) => room.mute(channel, it) } },
      kick: { takes: { channel: (it) => room.kick(it) } },
    },
    Queue: {
      Queue: {
        takes: { client: (it) => new Queue(it, { app }) },
        call: (options) => new Queue(client, options),
        right: { app },
      },
      enter: { takes: { channel: (it) => queue.enter(it) }, call: (options) => queue.enter(channel, options) },
      addAgent: {
        takes: { endpoint: (it) => queue.addAgent(it) },
        call: (options) => queue.addAgent(targets, options),
      },
      pauseAgent: { takes: { paused: (it) => queue.pauseAgent(targets, it) } },
    },
    supervise: {
      supervise: {
        takes: { client: (it) => supervise(it, supervising as never) },
        call: (options) => supervise(client, options),
        right: supervising,
      },
    },
    DigitBuffer: { DigitBuffer: { takes: { channel: (it) => new DigitBuffer(it) } } },
    positionMedia: {
      positionMedia: {
        takes: {
          place: (it) => positionMedia(it),
          'place.position': (it) => positionMedia({ position: it, waitedMs: 0, estimatedMs: undefined }),
          'place.estimatedMs': (it) => positionMedia({ position: 1, waitedMs: 0, estimatedMs: it }),
        },
      },
    },
    say: { say: { takes: { value: (it) => say(it), as: (it) => say(1, it) } } },
    tone: { tone: { takes: { name: (it) => tone(it), zone: (it) => tone('ring', it) } } },
    recorded: { recorded: { takes: { recording: (it) => recorded(it) } } },
    // It takes nothing.
    RecordingControl: {},
  } satisfies Record<string, Record<string, Call>>;
}
