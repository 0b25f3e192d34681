/** What goes between the runner and its threads. */
import type { ClassificationMemory } from '../classificationMemo';
import type { ScenarioContent } from '../load/loadScenarios';
import type { Played, PlayParts } from '../runScenarios';

export interface ScenarioThreadData {
  /** The policy's: each thread compiles it for itself, once. */
  readonly folder: string;
  readonly version: string;
  readonly memory: ClassificationMemory;
  readonly keeps: NonNullable<PlayParts['keeps']>;
}

export type ScenarioThreadTask = readonly ScenarioContent[];

/** In the order of the task; null: it has a message that is not remembered, and needs a classifier. */
export type PlayedInThread = readonly (Played | null)[];
