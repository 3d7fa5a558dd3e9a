import type { MessagePort } from 'node:worker_threads';
import type { TaskMessage, TaskResponse, TaskResult } from './messages.ts';
import { packError } from './pack-error.ts';
import { putBack } from './shared.ts';

/** The worker's side of the pool: runs each task that arrives at the port and answers with its result or error. */
export function serveTasks(
  port: MessagePort,
  tasks: Readonly<Record<string, (input: never) => TaskResult<unknown>>>,
): void {
  const shared = new Map<number, unknown>();
  port.on('message', (request: TaskMessage) => {
    if ('share' in request) {
      shared.set(request.share, request.value);
      return;
    }
    const answer = (response: TaskResponse, transfer: readonly ArrayBuffer[] = []): void =>
      port.postMessage(response, [...transfer]);
    try {
      const run: (input: never) => TaskResult<unknown> = tasks[request.name];
      const { value, transfer } = Reflect.apply(run, undefined, [putBack(request, shared)]);
      answer({ id: request.id, value }, transfer);
    } catch (error) {
      answer({ id: request.id, error: packError(error) });
    }
  });
}
