import type { PlayOptions } from '../engine/playbacks/playbacks.js';
import type { RecordOptions } from '../engine/recordings/live-recordings.js';
import { AriFailure } from '../http/failure.js';
import type { OperationCall } from './handler.js';

/** Formats of files that a stock Asterisk writes. */
const FILE_FORMATS = new Set(
  'wav wav16 wav49 WAV gsm slin sln sln12 sln16 sln24 sln32 sln44 sln48 sln96 sln192 raw alaw al alw ulaw ul mu pcm au g719 g722 g723 g723sf g726-16 g726-24 g726-32 g726-40 g729 ilbc siren7 siren14 vox ogg opus spx h263 h264'.split(
    ' ',
  ),
);

/** What a request says about a playback; `refusal` is what Asterisk says when there is nothing to play. */
export function readPlay({ params }: OperationCall, refusal: AriFailure): PlayOptions {
  const media = params.list('media');
  if (media.length === 0 || media.includes('')) throw refusal;
  return {
    id: params.text('playbackId'),
    media,
    language: params.text('lang'),
    skipMs: params.number('skipms'),
    offsetMs: params.number('offsetms'),
  };
}

/** What a request says about a recording. */
export function readRecord({ params }: OperationCall): RecordOptions {
  const terminateOn = params.text('terminateOn') || 'none';
  const ifExists = params.text('ifExists') || 'fail';
  if (!/^(none|any|[*#])$/i.test(terminateOn)) throw new AriFailure(400, 'terminateOn invalid');
  if (!['fail', 'overwrite', 'append'].includes(ifExists)) throw new AriFailure(400, 'ifExists invalid');
  requireFileFormat(params.text('format'));
  return {
    name: params.text('name'),
    format: params.text('format'),
    maxDurationSeconds: params.number('maxDurationSeconds'),
    maxSilenceSeconds: params.number('maxSilenceSeconds'),
    ifExists,
    terminateOn,
    beep: params.flag('beep'),
  };
}

export function requireFileFormat(format: string): void {
  if (!FILE_FORMATS.has(format)) throw new AriFailure(422, 'specified format is unknown on this system');
}
