import { bothModes, modeWords, type Mode, type Modes } from '../../core/modes/mode';
import { modesOf, type SwitchedMode, type SwitchedModes } from '../../core/modes/modeSwitch';
import { textTable } from '../textTable';

/** @param policy - the modes of the policy in force; null: it cannot be read from here. */
export function modeLines(switched: SwitchedModes, policy: Modes | null): readonly string[] {
  const known: Modes = policy ?? { company: 'auto', intents: {} };
  const holds = bothModes(known, modesOf(switched));
  const row = (what: string, mode: Mode, ofPolicy: Mode | undefined, own: SwitchedMode | undefined) => [
    what,
    mode,
    policy === null ? '?' : (ofPolicy ?? '-'),
    own === undefined ? '-' : switchedText(own),
  ];
  return [
    modeWords[holds.company],
    '',
    textTable(
      ['FOR', 'HOLDS', 'POLICY', 'SWITCH'],
      [
        row('company', holds.company, known.company, switched.company ?? undefined),
        ...Object.entries(holds.intents)
          .toSorted(([one], [other]) => (one < other ? -1 : 1))
          .map(([intent, mode]) => row(intent, mode, known.intents[intent], switched.intents[intent])),
      ],
    ),
    'Of the modes of company, intent and ticket the strictest holds.',
    ...(policy === null
      ? ["The policy's own modes cannot be read from here: no version is in the store."]
      : []),
  ];
}

function switchedText({ mode, by, at, reason }: SwitchedMode): string {
  const when = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  return `${mode}, by ${by} ${when} UTC${reason === null ? '' : `: ${reason}`}`;
}
