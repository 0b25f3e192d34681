/** What of the policy, and of the company's switch, changes in a life while the ticket is open. */
import type { Step } from '../../../src/core/effects';
import { isAllAuto, isStricter, type Mode, type Modes } from '../../../src/core/modes/mode';
import type { PolicySettings } from '../../../src/core/policy/plan';
import { writes } from '../support/engine';
import { promised, settings, silenceRule } from './sayings';

export class Rules {
  companyMode: Mode = 'auto';
  hasSilenceRule = false;
  promises = false;

  get settings(): PolicySettings {
    const modes: Modes = { company: this.companyMode, intents: {} };
    return {
      ...settings,
      ...(this.hasSilenceRule ? silenceRule : {}),
      ...(this.promises ? promised : {}),
      ...(isAllAuto(modes) ? {} : { modes }),
    };
  }

  /** As the activities' last look. */
  forbid(step: Step): boolean {
    const { strictest } = ('within' in step ? step.within : undefined) ?? { strictest: 'draft' };
    return writes(step) && isStricter(this.companyMode, strictest);
  }
}
