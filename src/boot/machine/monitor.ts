import { once } from 'node:events';
import { connect } from 'node:net';

/**
 * Presses the power button of a machine, by QEMU's monitor (docs/interop/qmp-spec.rst). A machine that is already off has no
 * monitor, which is no error.
 *
 * @param path of the monitor's socket.
 */
export async function pressPowerButton(path: string): Promise<void> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    // The monitor greets, and answers each command with a line; nothing is to be learned from them.
    for (const execute of ['qmp_capabilities', 'system_powerdown']) {
      await once(socket, 'data');
      socket.write(`${JSON.stringify({ execute })}\n`);
    }
    await once(socket, 'data');
  } catch {
    // It ended.
  } finally {
    socket.destroy();
  }
}
