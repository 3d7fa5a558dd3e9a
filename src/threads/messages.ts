import type { PackedError } from './pack-error.ts';

/** Functions that worker threads run, by name. Inputs and results are structured-cloned; shared memory is not copied. */
export type TaskTable = Readonly<Record<string, (input: never) => TaskResult<unknown>>>;

/** What a task returns; buffers in `transfer` move to the main thread instead of being copied. */
export interface TaskResult<T> {
  readonly value: T;
  readonly transfer?: readonly ArrayBuffer[];
}

export type TaskInput<Tasks extends TaskTable, Name extends keyof Tasks> = Parameters<Tasks[Name]>[0];
export type TaskOutput<Tasks extends TaskTable, Name extends keyof Tasks> = ReturnType<Tasks[Name]>['value'];

/**
 * A message from the pool to a worker. `Input` is `unknown` where a message is sent. Where one is received it is
 * `never`: its type depends on `name`, so it can be passed to the task of that name and used for nothing else.
 */
export type TaskMessage<Input> = TaskRequest<Input> | SharedValue;

export interface TaskRequest<Input> {
  readonly id: number;
  readonly name: string;
  readonly input: Input;
  /** Properties left out of the input because the worker already has their values, with the number of each value. */
  readonly shared: Readonly<Record<string, number>>;
}

/** Sent before the first task that needs the value. */
export interface SharedValue {
  /** The number of the value. */
  readonly share: number;
  readonly value: unknown;
}

/** A message from a worker to the pool. As for an input, a value that is received is of type `never`. */
export type TaskResponse<Value> =
  | { readonly id: number; readonly value: Value }
  | { readonly id: number; readonly error: PackedError };
