import { readPresence } from '../messages.js';
import type { RelayParts } from './reconciler.js';

/** Told of a worker that is gone, and of the calls that it has left. */
type OnGone = (worker: string, channelIds: readonly string[]) => void;

/** A worker that has not answered so often is gone. */
const maxSilent = 3;

/**
 * Looks after workers that have calls. NATS tells at once that nobody is there; who is there and silent has three rounds.
 */
export class WorkerWatch {
  readonly #parts: RelayParts;
  readonly #onGone: OnGone;
  readonly #silent = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(parts: RelayParts, onGone: OnGone) {
    this.#parts = parts;
    this.#onGone = onGone;
  }

  start(): void {
    this.#next(this.#parts.settings.workerCheckMs);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #round(): Promise<void> {
    const { link, calls } = this.#parts;
    const begin = performance.now();
    if (link.isConnected) {
      await Promise.all([...calls.workers().keys()].map((worker) => this.#look(worker)));
    }
    // One that waited for an answer until the next is due is followed by it at once.
    this.#next(this.#parts.settings.workerCheckMs - (performance.now() - begin));
  }

  #next(delayMs: number): void {
    if (!this.#isStopped) {
      this.#timer = setTimeout(() => void this.#round(), Math.max(0, delayMs));
    }
  }

  async #look(worker: string): Promise<void> {
    const { link, calls, settings } = this.#parts;
    const answer = await link.ask(settings.subjects.worker(worker), '', settings.workerCheckMs);
    if (typeof answer !== 'string' && readPresence(answer.data) !== undefined) {
      this.#silent.delete(worker);
      return;
    }
    if (answer === 'disconnected' || answer === 'unconnected') {
      return;
    }
    // Where NATS itself is silent, nothing is known of who is behind it.
    if (answer === 'timeout' && !(await link.answers(settings.workerCheckMs))) {
      return;
    }
    const silent = (this.#silent.get(worker) ?? 0) + 1;
    this.#silent.set(worker, silent);
    if (answer === 'nobody' || silent >= maxSilent) {
      this.#silent.delete(worker);
      const left = calls.of(worker);
      settings.logger.warn(`the worker ${worker} is gone and has left ${left.length} calls`);
      this.#onGone(worker, left);
    }
  }
}
