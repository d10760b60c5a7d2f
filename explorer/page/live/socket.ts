import { about, announcement, isOnline } from '../state.js';
import type { Acknowledgement, LiveMessage } from '../../shared/protocol.js';
import type { Entry } from '../../shared/entry.js';
import { log } from './log.js';
import { setProgramClock } from './program-clock.js';

const FIRST_RETRY_MS = 300;
const LAST_RETRY_MS = 5000;

/** The program's run, and how far the page is in it. */
let run = '';
let position = 0;
let retryMs = FIRST_RETRY_MS;

/** Connects to the program, and again whenever that breaks; goes on where it was. */
export function connect(): void {
  const url = new URL(`/live?run=${run}&after=${position}`, location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  const socket = new WebSocket(url);
  socket.addEventListener('open', () => {
    isOnline.value = true;
    retryMs = FIRST_RETRY_MS;
  });
  socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
    take(JSON.parse(data) as LiveMessage);
    const dealtWith: Acknowledgement = { position };
    if (position > 0) socket.send(JSON.stringify(dealtWith));
  });
  socket.addEventListener('close', () => {
    if (isOnline.value) announcement.value = 'ari-explorer has gone';
    isOnline.value = false;
    setTimeout(connect, retryMs);
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  });
}

function take(message: LiveMessage): void {
  if (message.type === 'about') {
    if (message.about.run !== run) {
      run = message.about.run;
      position = 0;
      log.clear();
    }
    log.keep = message.about.keep;
    setProgramClock(message.about.now);
    about.value = message.about;
    return;
  }
  position = message.position;
  if (message.skipped > 0) announcement.value = `${message.skipped} entries were skipped`;
  log.add(message.entries as readonly Entry[], message.skipped);
}
