import { normalize } from 'node:path/posix';
import { AriAbortError } from '../../errors/abort-error.js';
import { ConflictError } from '../../errors/conflict-error.js';
import { AriValidationError } from '../../errors/validation-error.js';
import { checkChoice, checkGivenOptions } from '../../support/check-option.js';
import { describe } from '../../support/describe.js';
import { checkParty } from '../check.js';
import { runFlow } from '../run-flow.js';
import { pause } from '../../support/pause.js';
import type { CallOptions } from '../parties.js';
import { persist } from '../persist.js';
import { unlessGone } from '../watch.js';
import type { RecordingStore, StoredTeller } from './parties.js';
import { nameOfRecording, type RecordingOrName } from './recording-name.js';

/** Options of {@link saveRecording}. */
export interface SaveRecordingOptions {
  /** What is done if there is a recording of the new name. @default `fail` */
  readonly ifExists?: 'fail' | 'overwrite' | undefined;
  /** Gives it up, as long as nothing has been done. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Gives a stored recording another name, which may have folders.
 * @param recording it, such as what `recordMessage` gives, or its name
 * @throws {AriValidationError} for wrong options, before anything is sent; what the requests throw, such as
 *   {ConflictError} for a name that is taken and {NotFoundError} if there is no such recording
 */
export async function saveRecording(
  client: RecordingStore,
  recording: RecordingOrName,
  name: string,
  options: SaveRecordingOptions = {},
): Promise<void> {
  return runFlow('saveRecording', () => save(client, recording, name, options));
}

async function save(
  client: RecordingStore,
  recording: RecordingOrName,
  name: string,
  options: SaveRecordingOptions,
): Promise<void> {
  checkParty('saveRecording', 'client', client, [
    'recordings.copyStored',
    'recordings.deleteStored',
    'recordings.getStored',
  ]);
  const recordingName = nameOfRecording('saveRecording', recording);
  checkGivenOptions('saveRecording', options, ['ifExists', 'signal']);
  const ifExists = checkChoice('ifExists', options.ifExists, ['fail', 'overwrite']);
  if (typeof name !== 'string' || name.trim() === '' || fileOf(name) === fileOf(recordingName)) {
    throw new AriValidationError(`saveRecording: name must be another name, not ${describe(name)}`, 'name');
  }
  const { recordings } = client;
  unlessAborted(options.signal);
  try {
    await copyUnlessTaken(client, recordingName, name);
  } catch (error) {
    if (!(error instanceof ConflictError) || ifExists === 'fail') {
      throw error;
    }
    if (isDotted(name)) {
      // Asterisk was not asked for the copy, by which it says that there is nothing to copy.
      await recordings.getStored({ recordingName });
    }
    unlessAborted(options.signal);
    // From here on it is done to the end: what was there before is gone.
    await remove(recordings, name, undefined);
    await recordings.copyStored(copyOf(recordingName, name));
  }
  await remove(recordings, recordingName, undefined);
}

/** @throws {ConflictError} */
async function copyUnlessTaken(client: RecordingStore, recordingName: string, name: string): Promise<void> {
  if (isDotted(name) && (await isStored(client, name))) {
    throw new ConflictError({
      operation: 'recordings.copyStored',
      method: 'POST',
      path: `/recordings/stored/${encodeURIComponent(recordingName)}/copy`,
      status: 409,
      serverMessage: 'A recording with the same name already exists on the system',
    });
  }
  await client.recordings.copyStored(copyOf(recordingName, name));
}

/**
 * Asterisk stores a copy under what is left of its name before the last dot, as if the rest were an extension, but looks
 * whether the whole of it is taken: as `a.wav`, it would replace what is stored as `a`, be that the original.
 */
function isDotted(name: string): boolean {
  return name.includes('.');
}

/** A last dot of its own is what is taken off. */
function copyOf(recordingName: string, name: string): Parameters<RecordingStore['recordings']['copyStored']>[0] {
  return { recordingName, destinationRecordingName: isDotted(name) ? `${name}.` : name };
}

/** @throws {AriAbortError} */
function unlessAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw new AriAbortError('saveRecording was aborted', 'notSent', { cause: signal.reason });
  }
}

/** Whether a recording is stored, which Asterisk does not always tell of its end. */
export function isStored(client: StoredTeller, recordingName: string): Promise<boolean> {
  return unlessGone(client.recordings.getStored({ recordingName }));
}

/** Removes a stored recording, whose end is no event: false if there is none. */
function remove(
  recordings: Pick<RecordingStore['recordings'], 'deleteStored'>,
  recordingName: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const wait = ({ timeoutMs }: CallOptions): Promise<void> => pause(timeoutMs ?? 0, signal);
  return unlessGone(
    persist(`recording ${recordingName} may be left`, wait, () =>
      recordings.deleteStored({ recordingName }, { signal }),
    ),
  );
}

/** The file that a name stands for: `a//b` and `./a/b` are `a/b`. */
function fileOf(name: string): string {
  return normalize(name).replace(/^\/+/, '');
}

/**
 * Throws a stored recording away; false if there is none.
 * @param recording it, such as what `recordMessage` gives, or its name
 * @throws {AriValidationError} for wrong options, before anything is sent; what the request throws
 */
export async function discardRecording(
  client: RecordingStore,
  recording: RecordingOrName,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<boolean> {
  return runFlow('discardRecording', async () => {
    checkParty('discardRecording', 'client', client, ['recordings.deleteStored']);
    const name = nameOfRecording('discardRecording', recording);
    checkGivenOptions('discardRecording', options, ['signal']);
    return remove(client.recordings, name, options.signal);
  });
}
