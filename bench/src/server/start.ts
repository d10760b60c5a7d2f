import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Target } from '../subjects/subject.js';

interface Started {
  readonly target: Target;
  stop(): Promise<void>;
}

/** Starts the synthetic Asterisk in a process of its own. */
export function startSynthetic(): Promise<Started> {
  return start('main.js');
}

/** Starts the other end of media sockets in a process of its own. */
export function startMediaPeer(): Promise<Started> {
  return start('media-peer.js');
}

/** Starts the double as the other end of media sockets in a process of its own. */
export function startMediaDouble(): Promise<Started> {
  return start('media-double.js');
}

async function start(script: string): Promise<Started> {
  const child = fork(new URL(script, import.meta.url), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [port] = (await once(child, 'message')) as [number];
  return {
    target: { url: `http://127.0.0.1:${port}/`, username: 'bench', password: 'bench' },
    async stop() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
