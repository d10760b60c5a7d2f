/** The releases that the testbed can run: the newest LTS, and one that old installations still have. */
export type Release = '22' | '16';

interface ReleaseFacts {
  /** The Debian suite that carries the release. */
  suite: string;
  /** Ports tried first; a taken one is replaced by the next free one. */
  httpPort: number;
  sipPort: number;
  /** Asterisk itself passes over taken ports in this range, so several instances may share it. */
  rtpPorts: { first: number; last: number };
}

export const RELEASES: Record<Release, ReleaseFacts> = {
  '22': {
    suite: 'sid',
    httpPort: 18088,
    sipPort: 18060,
    rtpPorts: { first: 18200, last: 18399 },
  },
  '16': {
    suite: 'bullseye',
    httpPort: 16088,
    sipPort: 16060,
    rtpPorts: { first: 16200, last: 16399 },
  },
};

export function isRelease(text: string): text is Release {
  return Object.hasOwn(RELEASES, text);
}
