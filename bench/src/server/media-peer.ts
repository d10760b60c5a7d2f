/**
 * The other end of many media sockets, a process of its own: each is a channel that sends a frame every 20 ms, and is to
 * be sent the same frame back. `/bench/play` has all of them send for a while, and tells how late frames came back.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import { clock, frameMs, MediaLine } from './media-line.js';

/** What came of a while of audio. */
export interface MediaReport {
  readonly frames: number;
  readonly lost: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** How often it is looked which frames are due, in milliseconds. */
const lookMs = 2;

/** How long the last frames may be on their way, in milliseconds. */
const patienceMs = 1_000;

const lines: MediaLine[] = [];
const upgrades = new WebSocketServer({ noServer: true, perMessageDeflate: false });

const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? '', 'http://bench');
  void play(Number(searchParams.get('ms'))).then((outcome) => response.end(JSON.stringify(outcome)));
});

server.on('upgrade', (request, socket, head) => {
  const id = request.url?.split('/').at(-1) ?? '';
  upgrades.handleUpgrade(request, socket, head, (opened) => {
    const line = new MediaLine(opened, id);
    lines.push(line);
    opened.on('close', () => lines.splice(lines.indexOf(line), 1));
  });
});

async function play(ms: number): Promise<MediaReport> {
  for (const line of lines) {
    line.sent = 0;
    line.late.length = 0;
  }
  const begun = clock();
  for (let now = clock(); now < begun + ms; now = clock()) {
    lines.forEach((line, index) => run(line, begun + (index / lines.length) * frameMs, now));
    await sleep(lookMs);
  }
  await sleep(patienceMs);
  return report();
}

/** All that is due by now: a frame that this process is late with is late, and not left out. */
function run(line: MediaLine, first: number, now: number): void {
  for (let due = first + line.sent * frameMs; due <= now; due = first + line.sent * frameMs) {
    line.play();
    line.send(due);
  }
}

function report(): MediaReport {
  const late = Float64Array.from(lines.flatMap((line) => line.late)).sort();
  const sent = lines.reduce((sum, line) => sum + line.sent, 0);
  const at = (part: number): number => late[Math.min(late.length - 1, Math.floor(late.length * part))] ?? NaN;
  return { frames: late.length, lost: sent - late.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
