/** The part that is used of it: its own types lean on packages that it carries inside and does not bring. */
declare module '@energetic-ai/core' {
  /** Resolves when WebAssembly has started, and computing can begin. */
  export function ready(): Promise<void>;
}
