import type { SharedValue, TaskRequest } from './messages.ts';

/** What the main thread knows of the values that its workers have. */
export interface Shared {
  /** Has the message sent that brings a value to the workers, unless they have it. Throws what `send` throws. */
  add(value: object, send: (message: SharedValue) => void): void;
  /** Leaves out of a task's input the properties that are such values, and tells their numbers. */
  leaveOut(input: unknown): Pick<TaskRequest, 'input' | 'shared'>;
}

/** Begins with no values. */
export function createShared(): Shared {
  const numbers = new Map<unknown, number>();
  return {
    add(value, send) {
      if (numbers.has(value)) {
        return;
      }
      send({ share: numbers.size, value });
      numbers.set(value, numbers.size);
    },
    leaveOut(input) {
      if (typeof input !== 'object' || input === null) {
        return { input, shared: {} };
      }
      const properties = Object.entries(input);
      const shared = properties.flatMap(([name, value]) => {
        const number = numbers.get(value);
        return number === undefined ? [] : [[name, number] as const];
      });
      if (shared.length === 0) {
        return { input, shared: {} };
      }
      const copied = properties.filter(([, value]) => !numbers.has(value));
      return { input: Object.fromEntries(copied), shared: Object.fromEntries(shared) };
    },
  };
}

/** The input as it was before `leaveOut`, given the values that a worker has by their numbers. */
export function putBack({ input, shared }: TaskRequest, values: ReadonlyMap<number, unknown>): unknown {
  const left = Object.entries(shared).map(([name, number]) => [name, values.get(number)] as const);
  return left.length === 0 ? input : Object.assign({}, input, Object.fromEntries(left));
}
