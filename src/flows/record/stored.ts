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

/** Options of {@link saveRecording}. */
export interface SaveRecordingOptions {
  /** What is done if there is a recording of the new name. @default `fail` */
  readonly ifExists?: 'fail' | 'overwrite' | undefined;
  /** Gives it up, as long as nothing has been done. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Gives a stored recording another name, which may have folders.
 * @param recording what `recordMessage` gives will do
 * @throws {AriValidationError} for wrong options, before anything is sent; what the requests throw, such as
 *   {ConflictError} for a name that is taken and {NotFoundError} if there is no such recording
 */
export async function saveRecording(
  client: RecordingStore,
  recording: { readonly name: string },
  name: string,
  options: SaveRecordingOptions = {},
): Promise<void> {
  return runFlow('saveRecording', () => save(client, recording, name, options));
}

async function save(
  client: RecordingStore,
  recording: { readonly name: string },
  name: string,
  options: SaveRecordingOptions,
): Promise<void> {
  check('saveRecording', client, recording, ['recordings.copyStored', 'recordings.deleteStored']);
  checkGivenOptions('saveRecording', options, ['ifExists', 'signal']);
  const ifExists = checkChoice('ifExists', options.ifExists, ['fail', 'overwrite']);
  if (typeof name !== 'string' || name === '' || fileOf(name) === fileOf(recording.name)) {
    throw new AriValidationError(`saveRecording: name must be another name, not ${describe(name)}`, 'name');
  }
  const { recordings } = client;
  const copy = { recordingName: recording.name, destinationRecordingName: name };
  unlessAborted(options.signal);
  try {
    await recordings.copyStored(copy);
  } catch (error) {
    if (!(error instanceof ConflictError) || ifExists === 'fail') {
      throw error;
    }
    unlessAborted(options.signal);
    // From here on it is done to the end: what was there before is gone.
    await remove(recordings, name, undefined);
    await recordings.copyStored(copy);
  }
  await remove(recordings, recording.name, undefined);
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
 * @param recording what `recordMessage` gives will do
 * @throws {AriValidationError} for wrong options, before anything is sent; what the request throws
 */
export async function discardRecording(
  client: RecordingStore,
  recording: { readonly name: string },
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<boolean> {
  return runFlow('discardRecording', async () => {
    check('discardRecording', client, recording, ['recordings.deleteStored']);
    checkGivenOptions('discardRecording', options, ['signal']);
    return remove(client.recordings, recording.name, options.signal);
  });
}

function check(flow: string, client: RecordingStore, recording: unknown, methods: readonly string[]): void {
  checkParty(flow, 'client', client, methods);
  const { name } = (recording ?? {}) as { readonly name?: unknown };
  if (typeof name !== 'string' || name === '') {
    throw new AriValidationError(`${flow}: recording must have a name, not ${describe(recording)}`, 'recording');
  }
}
