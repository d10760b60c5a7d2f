import type { Reply } from './reply.js';

/** An error page, which is what the HTTP server below ARI answers with. */
export function htmlReply(status: number, reason: string, text: string, server: string): Reply {
  const page = [
    '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">',
    '<html><head>',
    `<title>${status} ${reason}</title>`,
    '</head><body>',
    `<h1>${reason}</h1>`,
    `<p>${text}</p>`,
    '<hr />',
    `<address>${server}</address>`,
    '</body></html>',
    '',
  ].join('\r\n');
  return { status, reason, bytes: { type: 'text/html', content: Buffer.from(page) } };
}
