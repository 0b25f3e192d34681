import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { learnedFile } from '../../src/classify/embedded/learnedCache';
import { embeddingsOf } from './embeddings';
import { readTestRun } from './testRun';

/** Puts there what a worker keeps in its state folder: one that starts there starts as if it had run before. */
export async function fillStateFolder(folder: string): Promise<void> {
  const { bundle } = readTestRun();
  await mkdir(folder, { recursive: true });
  await copyFile(bundle, path.join(folder, path.basename(bundle)));
  const embeddings = embeddingsOf('demo-shop');
  const own = path.join(folder, 'embeddings.json');
  await copyFile(embeddings, own);
  await copyFile(learnedFile(embeddings), learnedFile(own));
}
