import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Target } from '../subjects/subject.js';

/** Starts the synthetic Asterisk in a process of its own. */
export async function startSynthetic(): Promise<{ readonly target: Target; stop(): Promise<void> }> {
  const child = fork(new URL('main.js', import.meta.url), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [port] = (await once(child, 'message')) as [number];
  return {
    target: { url: `http://127.0.0.1:${port}/`, username: 'bench', password: 'bench' },
    async stop() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
