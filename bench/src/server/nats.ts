import { tsImport } from 'tsx/esm/api';

/** As much as is needed here of what `scripts/nats` starts. */
export interface NatsServer extends AsyncDisposable {
  readonly url: string;
}

/** Starts a real NATS server, as the tests do. */
export async function startNats(): Promise<NatsServer> {
  const scripts = (await tsImport('../../../scripts/nats/index.ts', import.meta.url)) as {
    readonly NatsServer: { start(): Promise<NatsServer> };
  };
  return scripts.NatsServer.start();
}
