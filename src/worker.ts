import { parentPort } from 'node:worker_threads';
import { imageTasks } from './image/tasks.ts';
import { proofTasks } from './proof/tasks.ts';
import { serveTasks } from './threads/serve.ts';
import { treeTasks } from './tree/tasks.ts';

/** Everything that worker threads do. */
const tasks = { ...treeTasks, ...imageTasks, ...proofTasks };

export type WorkerTasks = typeof tasks;

if (parentPort !== null) serveTasks(parentPort, tasks);
