/** A step that did not work out, with what to do about it. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
  readonly mend: string;

  constructor(message: string, mend: string) {
    super(message);
    this.mend = mend;
  }
}
