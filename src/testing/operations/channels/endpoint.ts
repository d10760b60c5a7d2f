import type { ChannelIds } from '../../engine/channels/local.js';
import { AriFailure } from '../../http/failure.js';
import { strip } from '../../params/values.js';
import type { Params } from '../../params/params.js';

const MAX_ID_LENGTH = 149;

/** Formats that Asterisk knows by name. */
const FORMATS = new Set(
  'alaw amr amrwb codec2 g719 g722 g723 g726 g729 gsm ilbc lpc10 opus silk8 silk12 silk16 silk24 siren7 siren14 slin slin12 slin16 slin24 slin32 slin44 slin48 slin96 slin192 speex speex16 speex32 ulaw adpcm none h261 h263 h263p h264 h265 mpeg4 vp8 vp9 jpeg png t38 red t140'.split(
    ' ',
  ),
);

/** Takes `TECH/RESOURCE` apart. */
export function readEndpoint(endpoint: string): { technology: string; resource: string } {
  const slash = endpoint.indexOf('/');
  if (slash <= 0 || slash === endpoint.length - 1) throw new AriFailure(400, 'Invalid endpoint specified');
  return { technology: endpoint.slice(0, slash), resource: endpoint.slice(slash + 1) };
}

/** The ids that a request chose for its channels. */
export function readIds(params: Params): ChannelIds {
  const ids = { id: params.text('channelId'), otherId: params.text('otherChannelId') };
  if (ids.id.length > MAX_ID_LENGTH || ids.otherId.length > MAX_ID_LENGTH) {
    throw new AriFailure(400, `Uniqueid length exceeds maximum of ${MAX_ID_LENGTH}`);
  }
  return ids;
}

/** Refuses formats that nobody knows, and formats beside an originator. */
export function requireFormats(params: Params): void {
  const formats = params.text('formats');
  if (formats === '') return;
  refuseBoth(params);
  for (const format of formats.split(',').map(strip)) {
    if (!isFormat(format)) throw new AriFailure(400, `Provided format (${format}) was not found`);
  }
}

export function refuseBoth(params: Params): void {
  if (params.text('formats') !== '' && params.text('originator') !== '') {
    throw new AriFailure(400, "Originator and formats can't both be specified");
  }
}

export function isFormat(name: string): boolean {
  return FORMATS.has(name);
}
