import type { Operation } from '../contract/operation.js';
import type { RawEvent } from '../events/carried-objects.js';
import type { Topic } from '../events/topic.js';
import type { ValidationIssue } from '../contract/validation.js';

/** One of the ways of looking at what Asterisk sends. Empty lists are what it should find. */
export interface MessageCheck {
  event(topic: Topic, event: RawEvent): readonly ValidationIssue[];
  answer(operation: Operation, data: unknown): readonly ValidationIssue[];
}

export const noIssues: readonly ValidationIssue[] = [];
