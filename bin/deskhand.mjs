#!/usr/bin/env node
// The `deskhand` command: from the sources in a clone, compiled in an image.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const source = new URL('../src/cli/main.ts', import.meta.url);
if (isThere(source)) {
  (await import('../scripts/endWithNpm.mjs')).endWithNpm();
  // On a bare clone this may be the first command. What is installed is left alone: Deskhand may be running from it.
  if (!isThere(new URL('../node_modules/tsx', import.meta.url))) {
    await (await import('../scripts/prepare.mjs')).prepare();
  }
  await import('tsx');
  await import(source.href);
} else {
  await import(new URL('../dist/src/cli/main.js', import.meta.url).href);
}

function isThere(url) {
  return existsSync(fileURLToPath(url));
}
