/** Answers what comes over NATS with as much as Asterisk's answer to a ping, and does nothing else. */
import { connect } from '@nats-io/transport-node';
import { obey } from './peer.js';

const answer = JSON.stringify({ type: 'RESTResponse', status_code: 200, message_body: '-'.repeat(100) });

obey({
  async open({ servers, subject }: { readonly servers: string; readonly subject: string }) {
    const connection = await connect({ servers });
    connection.subscribe(subject, { callback: (_error, message) => void message.respond(answer) });
    await connection.flush();
  },
});
