/**
 * Starts the artifact service and prints the variables that an action needs, one `KEY=VALUE` per line, followed by an empty
 * line. Stops at the end of standard input, SIGTERM or SIGINT.
 */
import { startArtifactService } from './artifact-service.ts';

const service = await startArtifactService();
const lines = Object.entries(service.environment).map(([name, value]) => `${name}=${value}\n`);
process.stdout.write(`${lines.join('')}\n`);

const stop = async (): Promise<void> => {
  await service.stop();
  process.exit(0);
};
process.stdin.on('end', stop).resume();
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
