import type { Operation } from '../contract/operation.js';
import type { RawEvent } from '../events/carried-objects.js';
import type { Topic } from '../events/topic.js';
import { readableIssue } from './issues.js';
import { noIssues, type MessageCheck } from './message-check.js';
import type { SchemaLike, SchemaTables } from '../contract/schema-tables.js';
import type { ValidationIssue } from '../contract/validation.js';

/** Looks at everything that the bindings describe. */
export class SchemaCheck implements MessageCheck {
  readonly #events: ReadonlyMap<string, SchemaLike>;
  readonly #answers: ReadonlyMap<string, SchemaLike>;

  constructor({ events, answers }: SchemaTables) {
    this.#events = new Map(Object.entries(events as Readonly<Record<string, SchemaLike>>));
    this.#answers = new Map(Object.entries(answers as Readonly<Record<string, SchemaLike>>));
  }

  event({ name }: Topic, event: RawEvent): readonly ValidationIssue[] {
    return issuesOf(this.#events.get(name), event);
  }

  answer({ name }: Operation, data: unknown): readonly ValidationIssue[] {
    return issuesOf(this.#answers.get(name), data);
  }
}

function issuesOf(schema: SchemaLike | undefined, data: unknown): readonly ValidationIssue[] {
  if (schema === undefined || schema.validate(data)) {
    return noIssues;
  }
  return schema.safeParse(data).error?.issues.map((issue) => readableIssue(issue, data)) ?? noIssues;
}
