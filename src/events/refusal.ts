import type { IncomingMessage } from 'node:http';
import { errorFromStatus } from '../errors/from-status.js';
import type { AriHttpError } from '../errors/http-error.js';
import { AnswerBody } from '../rest/answer-body.js';
import { messageOf } from '../rest/server-message.js';
import type { SocketPurpose } from './socket-purpose.js';

/**
 * The error that a refused upgrade stands for. Its status says most: its words are read as far as they come in time.
 * @param patienceMs how long that may take, in milliseconds
 * @param redact takes secrets out of a text
 */
export async function readRefusal(
  response: IncomingMessage,
  { operation, path }: SocketPurpose,
  patienceMs: number,
  redact: (text: string) => string,
): Promise<AriHttpError> {
  const { statusCode: status = 0, headers } = response;
  const text = await readText(response, operation, patienceMs);
  const serverMessage = messageOf(text, headers['content-type'] ?? '', redact);
  return errorFromStatus({ operation, method: 'GET', path, status, serverMessage });
}

async function readText(response: IncomingMessage, operation: string, patienceMs: number): Promise<string> {
  const body = new AnswerBody(operation, true);
  const timer = setTimeout(() => response.destroy(), patienceMs);
  try {
    for await (const chunk of response) {
      if (!body.add(chunk as Buffer)) {
        break;
      }
    }
  } catch {
    // It was cut off: what has come must do.
  } finally {
    clearTimeout(timer);
  }
  try {
    return body.text(response.headers['content-encoding'] ?? '');
  } catch {
    return '';
  }
}
