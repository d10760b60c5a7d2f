import { find, type Where } from './find.js';
import type { Row } from '../rounds.js';

/** A line of the summary: what is compared, and with whom. */
interface Comparison {
  readonly what: string;
  readonly ours: Where;
  /** Who does it with nothing but what it takes. */
  readonly floor?: string;
  /** Whether ari-client does it too. */
  readonly rival: boolean;
}

/** How it is said that one is better, or worse, at a metric; less is better but for rates. */
const words: Readonly<Record<string, readonly [better: string, worse: string]>> = {
  cpuUs: ['less', 'more'],
  bytes: ['less', 'more'],
  ms: ['faster', 'slower'],
  perSecond: ['more', 'fewer'],
};

const rates = new Set(['perSecond']);

const overHttp = (place: string, where: string, concurrency: number): readonly Comparison[] => {
  const scenario = `${place}, ${concurrency} at a time`;
  const said = `over HTTP, ${concurrency} at a time${where}`;
  return [
    {
      what: `CPU of a request ${said}`,
      ours: ['requests', scenario, 'asterisk-ari http', 'cpuUs'],
      floor: 'node:http',
      rival: true,
    },
    {
      what: `Requests a second ${said}`,
      ours: ['requests', scenario, 'asterisk-ari http', 'perSecond'],
      floor: 'node:http',
      rival: true,
    },
  ];
};

const comparisons: readonly Comparison[] = [
  {
    what: 'CPU of an event, all types listened to',
    ours: ['events', 'all listened', 'asterisk-ari', 'cpuUs'],
    floor: 'ws + JSON.parse',
    rival: true,
  },
  {
    what: 'CPU of an event, one type of eight listened to',
    ours: ['events', 'one type of eight listened', 'asterisk-ari', 'cpuUs'],
    floor: 'ws + JSON.parse',
    rival: true,
  },
  {
    what: 'CPU of an event with 1,000 channels listened to',
    ours: ['objects', '1000 channels', 'asterisk-ari', 'cpuUs'],
    rival: true,
  },
  {
    what: 'Requests a second over the event connection, 20 at a time',
    ours: ['requests', 'synthetic, 20 at a time', 'asterisk-ari', 'perSecond'],
    floor: 'ws + JSON.parse',
    rival: true,
  },
  ...[1, 20, 100].flatMap((concurrency) => overHttp('synthetic', '', concurrency)),
  {
    what: 'Requests a second over HTTP, 20 at a time',
    ours: ['requests', 'synthetic, 20 at a time', 'asterisk-ari http', 'perSecond'],
    floor: 'undici',
    rival: false,
  },
  ...overHttp('Asterisk 22', ', on a real Asterisk', 20),
  {
    what: 'Calls a second on a real Asterisk, 10 at a time',
    ours: ['calls', '10 at a time', 'asterisk-ari', 'perSecond'],
    rival: true,
  },
  {
    what: 'Bytes from `connect()` to the first event',
    ours: ['connect', 'synthetic', 'asterisk-ari', 'bytes'],
    floor: 'ws + JSON.parse',
    rival: true,
  },
  {
    what: 'From `connect()` to the first event, in a fresh process',
    ours: ['connect', 'synthetic', 'asterisk-ari', 'ms'],
    floor: 'ws + JSON.parse',
    rival: true,
  },
  {
    what: 'Importing the package',
    ours: ['import', 'import()', 'asterisk-ari', 'ms'],
    floor: 'ws',
    rival: true,
  },
  {
    what: 'Heap of a live channel with three listeners',
    ours: ['heap', 'a channel of thousands', 'asterisk-ari', 'bytes'],
    rival: true,
  },
];

/** Who is better at what, in words, as Markdown; bold is where it is not us. Only what was measured. */
export function summary(rows: readonly Row[]): string {
  const lines = comparisons.flatMap(({ what, ours, floor, rival }) => {
    const us = find(rows, ours);
    if (us === undefined) {
      return [];
    }
    const beside = (subject: string | undefined): string =>
      subject === undefined ? '' : judge(ours[3], us, find(rows, [ours[0], ours[1], subject, ours[3]]));
    const floorCell = floor === undefined ? '' : `${beside(floor)} (${floor})`;
    return [`| ${what} | ${floorCell} | ${rival ? beside('ari-client') : ''} |`];
  });
  return ['| asterisk-ari | than the floor | than `ari-client` |', '| --- | --- | --- |', ...lines].join('\n');
}

/** `2.3 × faster`; where the other one is better, **in bold**. */
function judge(metric: string, ours: number, theirs: number | undefined): string {
  if (theirs === undefined) {
    return 'does not get there';
  }
  const [better, worse] = words[metric] ?? ['less', 'more'];
  const gain = rates.has(metric) ? ours / theirs : theirs / ours;
  if (gain > 0.98 && gain < 1.02) {
    return 'the same';
  }
  return gain > 1 ? `${times(gain)} ${better}` : `**${times(1 / gain)} ${worse}**`;
}

function times(ratio: number): string {
  return `${ratio.toFixed(ratio < 2 ? 2 : ratio < 20 ? 1 : 0)} ×`;
}
