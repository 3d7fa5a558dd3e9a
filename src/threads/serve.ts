import type { MessagePort } from 'node:worker_threads';
import type { TaskMessage, TaskResponse, TaskTable } from './messages.ts';
import { packError } from './pack-error.ts';
import { restoreShared } from './shared.ts';

/** The worker's side of the pool: runs each task that arrives at the port, and answers with its result or its error. */
export function serveTasks(port: MessagePort, tasks: TaskTable): void {
  const sharedValues = new Map<number, unknown>();
  const answer = (response: TaskResponse<unknown>, transfer: readonly ArrayBuffer[] = []): void =>
    port.postMessage(response, [...transfer]);

  port.on('message', (message: TaskMessage<never>) => {
    if ('share' in message) {
      sharedValues.set(message.share, message.value);
      return;
    }
    const { id, name } = message;
    try {
      const task = tasks[name];
      if (task === undefined) {
        throw new Error(`This worker has no task ${name}.`);
      }
      const { value, transfer } = task(restoreShared(message, sharedValues));
      answer({ id, value }, transfer);
    } catch (error) {
      answer({ id, error: packError(error) });
    }
  });
}
