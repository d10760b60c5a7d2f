import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** The soak's Asterisk, seen from the process that is measured. */
export class SoakAsterisk {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.url = `http://127.0.0.1:${port}/`;
  }

  static async start(): Promise<SoakAsterisk> {
    const child = fork(new URL('./server.ts', import.meta.url), { stdio: 'inherit' });
    const [{ port }] = (await once(child, 'message')) as [{ port: number }];
    return new SoakAsterisk(child, port);
  }

  /** Has the calls from one number up to, not including, another; resolves with the number of events sent. */
  async run(from: number, to: number): Promise<number> {
    this.#child.send({ from, to });
    const [{ sent }] = (await once(this.#child, 'message')) as [{ sent: number }];
    return sent;
  }

  stop(): void {
    this.#child.disconnect();
  }
}
