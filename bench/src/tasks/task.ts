import type { Subject } from '../subjects/subject.js';

/** What a task measured: numbers by name. */
export type Metrics = Readonly<Record<string, number>>;

/** One measurement of one subject, in a process of its own. */
export type Task<Input> = (subject: Subject, input: Input) => Promise<Metrics>;
