import type { Channel } from '../channels/channel.js';
import { NOWHERE } from '../channels/far-end.js';
import type { Engine } from '../parts.js';
import { CommandQueue } from '../stasis/command-queue.js';
import type { Bridge, Helper } from './bridge.js';

const MEMBERSHIP = { role: '', absorbDtmf: false, mute: false, inhibitConnectedLineUpdates: true } as const;

/** Puts one of Asterisk's own channels into a bridge. */
export function addHelperChannel(engine: Engine, bridge: Bridge, name: string): Channel {
  const channel = engine.channels.addInternal({
    id: engine.ids.channel(),
    name: `${name}-${engine.ids.unreal()};2`,
    technology: name.split('/')[0] ?? '',
    created: engine.clock.now(),
    state: 'Up',
    context: 'default',
    exten: 's',
    farEnd: NOWHERE,
  });
  engine.bridges.join(bridge, channel, MEMBERSHIP);
  return channel;
}

/** A helper that goes away when it has nothing more to do. */
export function addHelper(engine: Engine, bridge: Bridge, name: string, gone: () => void): Helper {
  const channel = addHelperChannel(engine, bridge, name);
  const end = (): void =>
    commands.close(() => {
      gone();
      engine.channels.destroy(channel);
    });
  const commands = new CommandQueue((work) => engine.soon(work), end);
  channel.owner = { hungUp: end };
  return { channel, commands };
}

/** The announcer of a bridge: the one that is there, or a new one. */
export function announcerOf(engine: Engine, bridge: Bridge): Helper {
  bridge.announcer ??= addHelper(engine, bridge, 'Announcer/ARI', () => {
    bridge.announcer = undefined;
  });
  return bridge.announcer;
}
