import type { PackedError } from './pack-error.ts';

/** Functions that worker threads run, by name. Inputs and results are structured-cloned; shared memory is not copied. */
export type TaskTable = Readonly<Record<string, (input: never) => TaskResult<unknown>>>;

/** What a task gives back; buffers in `transfer` move to the main thread instead of being copied. */
export interface TaskResult<T> {
  readonly value: T;
  readonly transfer?: readonly ArrayBuffer[];
}

export type TaskInput<Tasks extends TaskTable, Name extends keyof Tasks> = Parameters<Tasks[Name]>[0];
export type TaskOutput<Tasks extends TaskTable, Name extends keyof Tasks> = ReturnType<Tasks[Name]>['value'];

/** Messages between the pool and its workers. */
export interface TaskRequest {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
  /** Properties of the input that the worker has been sent before, with the number of the value of each. */
  readonly shared: Readonly<Record<string, number>>;
}
/** Sent ahead of the first task that needs it. */
export interface SharedValue {
  /** The value's number. */
  readonly share: number;
  readonly value: unknown;
}
export type TaskMessage = TaskRequest | SharedValue;
export type TaskResponse =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: PackedError };
