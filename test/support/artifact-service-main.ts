/**
 * Starts the artifact service, prints the variables that an action needs to find it, a `KEY=VALUE` a line, and an empty
 * line when that is all; ends when standard input does, or at SIGTERM or SIGINT.
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
