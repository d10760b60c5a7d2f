import type { AriClient } from 'asterisk-ari';
import type { TestAsterisk } from 'asterisk-ari/testing';
import {
  cutCall,
  html,
  ladder,
  mermaid,
  parse,
  record,
  replay,
  traceOf,
  withLadder,
  type TraceEntry,
} from 'asterisk-ari/trace';

declare const client: AriClient;
declare const asterisk: TestAsterisk;

export const recorder = record({ clients: { ivr: client } });

export function typeOf(entry: TraceEntry): string | undefined {
  // @ts-expect-error -- only events have a type
  const wrong: unknown = entry.type;
  return entry.kind === 'event' ? entry.type : String(wrong);
}

export const pictures: readonly string[] = [
  ladder(recorder.entries),
  mermaid(parse('')),
  html(traceOf(asterisk.journal), { title: 'a call' }),
];

export const report: Promise<string> = replay(parse(''), asterisk).then(String);

export const result: Promise<number> = withLadder(asterisk, async () => 1);

// @ts-expect-error -- there is no such option
record({ client });
// @ts-expect-error -- a trace is not its text
ladder('{}');
// @ts-expect-error -- the call's channel is missing
cutCall(recorder.entries);
