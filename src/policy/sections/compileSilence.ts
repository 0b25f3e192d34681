/** policy.yaml's `silence`: what is written to any customer who does not answer, where a rule says nothing of it. */
import { readWait } from '../hours/durations';
import type { SilenceRules } from '../policy';
import { noSuchTemplate, type Mistake } from '../policyError';
import type { PolicyContent } from '../schema';
import type { Path, PolicyFile } from '../load/policyFiles';

/** @param templates - those of the first language. */
export function compileSilence(
  { content, file }: { readonly content: PolicyContent; readonly file: PolicyFile },
  templates: readonly string[],
  mistakes: Mistake[],
): SilenceRules {
  for (const { with: template, at } of silencesOf(content)) {
    if (templates.includes(template)) continue;
    mistakes.push({ ...file.placeOf([...at, 'with']), message: noSuchTemplate(template, templates) });
  }
  for (const name of ['after-question', 'after-answer'] as const) {
    const early = (content.silence?.[name] ?? []).slice(0, -1).findIndex(({ then }) => then === 'close');
    if (early === -1) continue;
    const message =
      'is followed by another one after the ticket was solved. Only the last may have then: close';
    mistakes.push({ ...file.placeOf(['silence', name, early, 'then']), message });
  }
  return {
    afterQuestion: compiled(content.silence?.['after-question']),
    afterAnswer: compiled(content.silence?.['after-answer']),
  };
}

type Written = NonNullable<NonNullable<PolicyContent['silence']>['after-answer']>;

function compiled(written: Written = []): SilenceRules['afterAnswer'] {
  return written.map(({ after, with: template, then }) => ({
    ...readWait(after),
    template,
    close: then === 'close',
  }));
}

/** Each with its place in policy.yaml. */
export function silencesOf({ silence = {} }: Pick<PolicyContent, 'silence'>): readonly {
  readonly after: string;
  readonly with: string;
  readonly at: Path;
}[] {
  return (['after-question', 'after-answer'] as const).flatMap((name) =>
    (silence[name] ?? []).map((one, index) => ({ ...one, at: ['silence', name, index] })),
  );
}
