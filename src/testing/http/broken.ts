import { AriFailure } from './failure.js';
import { htmlReply } from './html.js';
import { failureReply, type Reply } from './reply.js';

/** The answer to what the parser could not read, by its code for that. */
export function describeBroken(code: string | undefined, server: string): Reply {
  switch (code) {
    case 'HPE_INVALID_TRANSFER_ENCODING':
      return htmlReply(501, 'Unimplemented', 'Unsupported Transfer-Encoding.', server);
    case 'HPE_INVALID_CONTENT_LENGTH':
      return htmlReply(400, 'Bad Request', 'Invalid Content-Length in request!', server);
    case 'HPE_INVALID_CHUNK_SIZE':
      return failureReply(new AriFailure(400, 'Error parsing request body'));
    default:
      return htmlReply(400, 'Bad Request', 'Invalid Request', server);
  }
}
