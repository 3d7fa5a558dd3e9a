// @module-tag system
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { runAction } from '../support/action.ts';
import { sampleClosure } from '../support/nix-store.ts';
import { startReleaseService } from '../support/release-service.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** Starts a proxy that tunnels to the ports of this machine, whatever the name of the host, and records the requests. */
async function startProxy(): Promise<{ readonly url: string; readonly targets: readonly string[] }> {
  const targets: string[] = [];
  const server = createServer().on('connect', ({ url = '' }, client, head) => {
    targets.push(url);
    const target = connect(Number(url.split(':')[1]), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.write(head);
      target.pipe(client).pipe(target);
    });
    target.on('error', () => client.destroy());
    client.on('error', () => target.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `http://127.0.0.1:${port}`, targets };
}

test('a release is reached through a proxy', async () => {
  const service = await startReleaseService();
  onTestFinished(() => service.stop());
  const proxy = await startProxy();
  // A name that nothing resolves: only the proxy leads there.
  const api = new URL(service.environment.GITHUB_API_URL ?? '');
  api.hostname = 'github.invalid';
  const run = await runAction(
    { 'store-paths': sampleClosure().root, 'release-tag': 'v1.0', 'github-token': service.token },
    {
      directory: temporaryDirectory(),
      environment: { ...service.environment, GITHUB_API_URL: api.href.replace(/\/$/, ''), http_proxy: proxy.url },
    },
  );
  expect(run).toMatchObject({ exitCode: 0 });
  expect(proxy.targets).toContain(api.host);
  const [release] = service.store.releases();
  expect(service.store.assetsOf(release?.id ?? 0).map(({ name }) => name)).toContain('nixos.img.zst');
});
