import { createHash } from 'node:crypto';
import type { ApiDocuments } from '../parse/types.js';
import { facts, factsText } from './facts.js';

/** sha256 in hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Identifies an interface by its facts: the same for Asterisk's own documents and for our copy of their facts. */
export function factsDigest(api: ApiDocuments): string {
  return sha256([...facts(api)].map(([file, json]) => `${file}\n${factsText(json)}`).join(''));
}
