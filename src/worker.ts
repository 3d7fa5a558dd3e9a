import { parentPort } from 'node:worker_threads';
import { imageTasks } from './image/image-tasks.ts';
import { serveTasks } from './threads/serve.ts';
import { treeTasks } from './tree/tree-tasks.ts';
import { verifyTasks } from './verify/verify-tasks.ts';

/** All tasks of the worker threads. */
const tasks = { ...treeTasks, ...imageTasks, ...verifyTasks };

export type WorkerTasks = typeof tasks;

if (parentPort !== null) {
  serveTasks(parentPort, tasks);
}
