import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** What is sent to a peer, and what it answers. */
interface Question {
  readonly command: string;
  readonly input: unknown;
}

type Answer = { readonly result: unknown } | { readonly failure: string };

/** A process that a measurement starts beside its own: it does what it is told, one thing at a time. */
export class Peer implements AsyncDisposable {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Starts a script of this folder; resolves when it has done its first command, `open`. */
  static async start(script: string, input: unknown): Promise<Peer> {
    const peer = new Peer(fork(new URL(script, import.meta.url), { execArgv: [] }));
    await peer.ask('open', input);
    return peer;
  }

  async ask<Result>(command: string, input?: unknown): Promise<Result> {
    const answered = Promise.race([once(this.#child, 'message'), once(this.#child, 'exit')]);
    this.#child.send({ command, input } satisfies Question);
    const [answer] = (await answered) as [Answer | number | null];
    if (typeof answer !== 'object' || answer === null || 'failure' in answer) {
      throw new Error(`${command} of a peer: ${typeof answer === 'object' ? answer?.failure : `exit ${answer}`}`);
    }
    return answer.result as Result;
  }

  /** CPU time of user and system so far, in microseconds. */
  cpuUs(): Promise<number> {
    return this.ask('cpuUs');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.disconnect();
    await gone;
  }
}

/** The other side: obeys the process that has started this one, and ends with it. */
export function obey(commands: Readonly<Record<string, (input: never) => unknown>>): void {
  const all: typeof commands = { cpuUs: ownCpuUs, ...commands };
  const answer = async ({ command, input }: Question): Promise<void> => {
    try {
      process.send?.({ result: (await all[command]?.(input as never)) ?? null } satisfies Answer);
    } catch (error) {
      process.send?.({ failure: String(error) } satisfies Answer);
    }
  };
  process.on('message', (question: Question) => void answer(question));
  process.on('disconnect', () => process.exit());
}

function ownCpuUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
