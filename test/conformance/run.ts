import type { AriClient, ConnectOptions, Credentials } from 'asterisk-ari';
import { describe, it } from 'vitest';
import { sendRaw } from './raw.js';
import { scenarios } from './scenarios/index.js';
import { Recorder } from './trace/recorder.js';
import type { Trace } from './trace/trace.js';
import type { Scenario, Server, World } from './world.js';

/** Makes a client of the bindings under test. */
export type Connect = (options: ConnectOptions & Credentials) => Promise<AriClient>;

declare module 'vitest' {
  interface TaskMeta {
    /** Which scenario this was, on what, and what was asked and heard; for scripts/conformance.ts. */
    conformance?: { readonly server: string; readonly scenario: string; readonly trace?: Trace };
  }
}

/** Set by scripts/conformance.ts: traces cost a moment of silence after each scenario. */
const tracing = process.env['CONFORMANCE_TRACES'] !== undefined;

let count = 0;

/**
 * Runs every scenario that the server's branch has what it needs for, each in an application of its own.
 * @param excluded names of scenarios, with their areas, that are about something else
 */
export function runScenarios(
  title: string,
  major: number,
  server: () => Server,
  connect: Connect,
  excluded: (name: string) => boolean = () => false,
): void {
  describe(title, () => {
    for (const scenario of scenarios) {
      const name = `${scenario.area}: ${scenario.name}`;
      if (major >= (scenario.since ?? 0) && !excluded(name)) {
        it(name, async ({ task }) => {
          task.meta.conformance = { server: title, scenario: name };
          count += 1;
          const app = `scenario-${process.pid}-${count}`;
          const recorder = tracing ? new Recorder(app) : undefined;
          try {
            await play(scenario, app, server(), connect, recorder, (trace) => {
              task.meta.conformance = { server: title, scenario: name, trace };
            });
          } finally {
            recorder?.close();
          }
        });
      }
    }
  });
}

async function play(
  scenario: Scenario,
  app: string,
  server: Server,
  connect: Connect,
  recorder: Recorder | undefined,
  onTrace: (trace: Trace) => void,
): Promise<void> {
  const { url, username, password } = server;
  const clients: AriClient[] = [];
  const connectAnother = async (options: Partial<ConnectOptions & Credentials> = {}): Promise<AriClient> => {
    // What does not fit the bindings is neither delivered nor answered, so that the scenario fails.
    const client = await connect({ url, username, password, validation: 'full', whenInvalid: 'drop', ...options });
    clients.push(client);
    return client;
  };
  const raw: World['raw'] = async (method, path, options) => {
    const answer = await sendRaw(server, method, path, options);
    recorder?.raw(method, path, answer);
    return answer;
  };
  try {
    const client = await connectAnother();
    await client.start(app);
    await scenario.run({ server, client, app, connect: connectAnother, raw });
    if (recorder) {
      onTrace(await recorder.finish());
    }
  } finally {
    await Promise.all(clients.map((client) => client.close()));
  }
}
