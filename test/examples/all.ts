import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'vitest';
import { demonstrate, type Example } from '../../examples/support/example.js';

/** How lines begin that a demonstration says among other things, in this order. */
const told: Readonly<Record<string, readonly string[]>> = {
  bridge: ['ChannelEnteredBridge ann holding bridge', 'bob calls', 'StasisEnd bob', 'BridgeDestroyed holding bridge'],
  cleanup: ['ann calls', 'bob presses #', 'PlaybackStarted sound:goodbye to bob', 'eve calls', 'StasisEnd eve'],
  'click-to-call': [
    'alice presses 1',
    'bob answers',
    'ChannelEnteredBridge bob mixing bridge',
    'BridgeDestroyed mixing bridge',
  ],
  conference: ['PlaybackStarted sound:conf-now-recording to a bridge', 'leader hangs up', 'StasisEnd guest'],
  'graceful-drain': ['bob calls', 'StasisEnd bob', 'ann hangs up', 'StasisEnd ann'],
  hello: ['PlaybackStarted sound:hello-world to ann', 'ChannelDtmfReceived ann #', 'StasisEnd ann'],
  ivr: ['PlaybackStarted digits:4711 to ann', 'bob speaks', 'PlaybackStarted sound:vm-goodbye to bob', 'StasisEnd bob'],
  originate: [
    'ChannelEnteredBridge bob mixing bridge',
    'ann hangs up',
    'bob declines',
    'Dial bob BUSY',
    'StasisEnd ann',
  ],
  playback: ['ann presses #', 'PlaybackFinished sound:demo-congrats to ann', 'StasisEnd ann'],
  queue: ['Dial alice BUSY', 'bob answers', 'ChannelEnteredBridge bob mixing bridge', 'StasisEnd ann'],
  recorder: ['StasisStart WebSocket', 'recorded ', 'BridgeDestroyed mixing bridge'],
  supervise: [
    'boss calls',
    'boss presses 2',
    'boss presses 3',
    'ChannelEnteredBridge boss mixing bridge',
    'StasisEnd boss',
  ],
  trace: ['ann calls', 'PlaybackFinished sound:hello-world to ann', 'StasisEnd ann'],
  'voice-bot': ['the bot heard 3000 ms', 'the bot interrupted after ', 'the bot heard 300 ms', 'StasisEnd WebSocket'],
  transfer: ['alice presses #', 'StasisEnd alice', 'alice presses *', 'alice hangs up', 'StasisEnd ann'],
};

/** Those of the files that are programs to start. */
export const names = readdirSync('examples')
  .filter((file) => file.endsWith('.ts') && file !== 'opentelemetry.ts')
  .map((file) => file.slice(0, -'.ts'.length));

/** Runs the demonstration of an example, and has it say what it should. */
export async function runExample(name: string, server: Parameters<typeof demonstrate>[1]): Promise<void> {
  const { default: example } = (await import(resolve(`examples/${name}.ts`))) as { default: Example };
  const lines: string[] = [];
  await demonstrate(example, server, (line) => lines.push(line.trim().replaceAll(/ +/g, ' ')));
  expect(lines.at(-1)).toBe('over');
  expect(inOrder(lines, told[name] ?? [])).toEqual(told[name]);
}

/** Those of the expected lines that are there, each after the one before. */
function inOrder(lines: readonly string[], expected: readonly string[]): string[] {
  let at = -1;
  return expected.filter((line) => {
    const next = lines.findIndex((each, index) => index > at && each.startsWith(line));
    if (next >= 0) at = next;
    return next >= 0;
  });
}
