/** Work that nobody waits for before the desk stops. Each piece tells of its failure itself. */
export class UnderWay {
  private readonly works = new Set<Promise<void>>();

  follow(work: Promise<unknown>): void {
    const done = work
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => this.works.delete(done));
    this.works.add(done);
  }

  async ended(): Promise<void> {
    await Promise.all(this.works);
  }
}
