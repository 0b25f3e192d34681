/** The pinned Temporal CLI, built from source by Go: several minutes, and no release archive needed. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { goModule } from './pinned';
import { sayingProgress, type OnProgress } from './progress';
import { StepFailed } from './stepFailed';

/**
 * Leaves the program in `folder` and returns its path.
 *
 * @throws StepFailed when the build fails, with the last lines Go said.
 */
export async function goInstallCli(
  go: string,
  folder: string,
  env: NodeJS.ProcessEnv,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<string> {
  const build = spawn(go, ['install', goModule], {
    // A cross-compiling environment would put the program elsewhere and make one that does not run here.
    env: { ...env, GOBIN: folder, GOOS: '', GOARCH: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  });
  let said: string[] = [];
  build.stderr.setEncoding('utf8');
  build.stderr.on('data', (chunk: string) => {
    said = [...said, ...chunk.split('\n').filter((line) => line.trim() !== '')].slice(-5);
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    build.once('error', reject);
    build.once('close', resolve);
  });
  const code = await sayingProgress('building Temporal with Go', onProgress, ended, () => said.at(-1) ?? '');
  if (code !== 0) {
    throw new StepFailed(
      `go install ${goModule} failed: ${said.join(' | ')}`,
      'see that Go is recent (https://go.dev/dl) and reaches its module proxy (go env GOPROXY)',
    );
  }
  return path.join(folder, process.platform === 'win32' ? 'temporal.exe' : 'temporal');
}
