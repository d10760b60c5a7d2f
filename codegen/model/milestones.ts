/** Releases that brought much at once, one a branch. */
import type { Releases } from './correction-types.js';

/** Events of transfers. */
export const CHANNEL_TRANSFER: Releases = ['20.13.0', '21.8.0', '22.3.0', '23.0.0'];

/** Media over a WebSocket. */
export const MEDIA_WEBSOCKET: Releases = ['20.16.0', '21.11.0', '22.6.0', '23.0.0'];

/** Several variables at once, and variables of bridges. */
export const VARIABLES: Releases = ['20.20.0', '22.10.0', '23.4.0'];
