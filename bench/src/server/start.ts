import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Target } from '../subjects/subject.js';

/** A running synthetic Asterisk. */
export interface SyntheticServer extends AsyncDisposable {
  readonly target: Target;
}

export async function startSynthetic(): Promise<SyntheticServer> {
  const child: ChildProcess = fork(new URL('main.js', import.meta.url), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [port] = (await once(child, 'message')) as [number];
  return {
    target: { url: `http://127.0.0.1:${port}/`, username: 'bench', password: 'bench' },
    async [Symbol.asyncDispose]() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
