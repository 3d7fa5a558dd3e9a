import type { SharedValue, TaskRequest } from './messages.ts';

/** The values that every worker of a pool has a copy of. */
export interface SharedValues {
  /** Sends a value to the workers unless they have it. Throws what `send` throws. */
  add(value: object, send: (message: SharedValue) => void): void;
  /** Splits an input into what must be sent and the numbers of the properties whose values the workers have. */
  leaveOut(input: unknown): Pick<TaskRequest<unknown>, 'input' | 'shared'>;
}

/** Starts without values. */
export function createSharedValues(): SharedValues {
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
      const sent = properties.filter(([, value]) => !numbers.has(value));
      return { input: Object.fromEntries(sent), shared: Object.fromEntries(shared) };
    },
  };
}

/** Puts the properties that `leaveOut` left out back into the input of a message, which belongs to this worker. */
export function restoreShared({ input, shared }: TaskRequest<never>, values: ReadonlyMap<number, unknown>): never {
  for (const [name, number] of Object.entries(shared)) {
    Object.assign(input, { [name]: values.get(number) });
  }
  return input;
}
