import { AriFailure } from '../../http/failure.js';
import { wavDurationMs } from './wav.js';

export interface StoredRecording {
  readonly name: string;
  readonly format: string;
  readonly content: Buffer;
}

/** The recordings that lie in Asterisk's spool, as files in memory. */
export class StoredRecordings {
  readonly #recordings = new Map<string, StoredRecording>();

  constructor(initial: Readonly<Record<string, Buffer>>) {
    for (const [name, content] of Object.entries(initial)) this.store({ name, format: 'wav', content });
  }

  store(recording: StoredRecording): void {
    this.#recordings.set(recording.name, recording);
  }

  find(name: string): StoredRecording | undefined {
    return this.#recordings.get(name);
  }

  get(name: string): StoredRecording {
    const recording = this.#recordings.get(name);
    if (!recording) throw new AriFailure(404, 'Recording not found');
    return recording;
  }

  list(): StoredRecording[] {
    return [...this.#recordings.values()];
  }

  delete(name: string): void {
    this.get(name);
    this.#recordings.delete(name);
  }

  copy(from: string, to: string): StoredRecording {
    const original = this.get(from);
    if (this.#recordings.has(to)) {
      throw new AriFailure(409, 'A recording with the same name already exists on the system');
    }
    if (to === '') throw new AriFailure(400, 'Invalid destination recording name');
    if (!isInsideSpool(to)) throw new AriFailure(403, 'Destination file path is forbidden');
    const copy = { ...original, name: withoutExtension(to) };
    // It makes a file that is no recording, and has nothing to show.
    if (/(^|\/)$/.test(copy.name)) throw new AriFailure(500, 'Error building response');
    this.store(copy);
    return copy;
  }

  durationOf(name: string): number | undefined {
    const recording = this.#recordings.get(name);
    return recording && wavDurationMs(recording.content);
  }
}

/** What comes after the last dot is taken for the file's extension, whatever it is, be it the dot of a folder. */
function withoutExtension(name: string): string {
  const at = name.lastIndexOf('.');
  return at < 0 ? name : name.slice(0, at);
}

/** Whether a name stays in the spool folder. */
export function isInsideSpool(name: string): boolean {
  let depth = 0;
  // Only folders are looked at, and a slash in front leads nowhere.
  for (const part of name.split('/').slice(0, -1)) {
    if (part === '..') depth -= 1;
    else if (part !== '' && part !== '.') depth += 1;
    if (depth < 0) return false;
  }
  return true;
}
