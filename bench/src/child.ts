/** One measurement in a process of its own: `child.js SUBJECT TASK INPUT`, the result by IPC. */
import { loadSubject, type SubjectName } from './subjects/index.js';
import { tasks, type TaskName } from './tasks/index.js';
import type { Task } from './tasks/task.js';

const [subjectName, taskName, input] = process.argv.slice(2) as [SubjectName, TaskName, string];
const task = tasks[taskName] as Task<unknown>;

const metrics = await task(await loadSubject(subjectName), JSON.parse(input));
process.send?.(metrics, () => process.exit());
