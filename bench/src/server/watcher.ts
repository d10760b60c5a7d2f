/** A worker that hears everything, so that what is not another one's has somebody to go to. */
import { connectFleet } from '../nats.js';
import { AriClient } from '../sdk.js';
import { obey } from './peer.js';

obey({
  async open({ servers, app }: { readonly servers: string; readonly app: string }) {
    await connectFleet({ client: AriClient, servers, apps: app, observe: true });
  },
});
