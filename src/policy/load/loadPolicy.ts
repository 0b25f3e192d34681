/** From a folder of YAML to a policy that can be evaluated, or to every mistake in it at once. */
import type { z } from 'zod';
import { hasCode } from '../../contracts/errorCode';
import { durationMs, readWait } from '../hours/durations';
import { hoursMistakes, waitsWithoutHours } from '../hours/hoursMistakes';
import { openSchedule } from '../hours/schedule';
import { codeMailMistakes, isOfCodeMail } from './codeMail';
import { compileRules } from './compileRules';
import { expandIncludes, isShared } from './includes';
import { withConditionsWrittenOut } from './namedConditions';
import { greeting, signOff, type LoadedPolicy, type Template } from '../policy';
import { didYouMean, listNames, PolicyError, type Mistake } from '../policyError';
import { readPolicyFiles, type PolicyFile } from './policyFiles';
import {
  intentsSchema,
  policySchema,
  rulesSchema,
  templatesSchema,
  type IntentsContent,
  type PolicyContent,
  type TemplatesContent,
} from '../schema';
import { checkFile } from './schemaCheck';
import { channelMistakes, compileChannels } from '../sections/channels';
import { compileSilence } from '../sections/compileSilence';
import { holdingTemplate, outageMistakes } from '../sections/holdingReply';
import { compileTiers } from '../sla/tiers';
import { ownFrame } from '../templates/ownFrame';
import { createTemplateEngine, isCompiled } from '../templates/templates';
import type { TemplateUse } from '../templates/templateVariables';
import { baseName, variantOf } from '../templates/variants';
import { policySettings } from './policySettings';
import { policyVersion } from './version';

export type { LoadedPolicy } from '../policy';
export { PolicyError } from '../policyError';

/**
 * @param folder - holds policy.yaml, intents.yaml, rules.yaml and templates/<language>.yaml.
 * @throws PolicyError with all mistakes, each with file, line and column.
 */
export async function loadPolicy(folder: string): Promise<LoadedPolicy> {
  return (await readPolicy(folder)).policy;
}

/** A policy with its files, which know where everything stands. */
export interface ReadPolicy {
  readonly policy: LoadedPolicy;
  /** Rules with their includes in place; one file of templates for each language. */
  readonly files: {
    readonly policy: PolicyFile;
    readonly intents: PolicyFile;
    readonly rules: PolicyFile;
    readonly templates: ReadonlyMap<string, PolicyFile>;
  };
}

/** @throws PolicyError as `loadPolicy` */
export async function readPolicy(folder: string): Promise<ReadPolicy> {
  const mistakes: Mistake[] = [];
  const read = await readFolder(folder, mistakes);
  const files = withIncludes(read, mistakes);
  const content = <T>(name: string, schema: z.ZodType<T>) => contentOf(files, name, schema, mistakes);
  const policy = content('policy.yaml', policySchema);
  const intents = content('intents.yaml', intentsSchema);
  const rules = content('rules.yaml', rulesSchema);
  const translations = readTranslations(files, mistakes);
  if (mistakes.length > 0 || policy === null || intents === null || rules === null) {
    throw new PolicyError(folder, mistakes);
  }

  const languages = languagesOf(policy.content, policy.file, translations, mistakes);
  const templates = compileTemplates(policy.content, languages[0], translations, mistakes);
  checkExamples(intents.content, intents.file, mistakes);
  mistakes.push(...(await hoursMistakes(policy.content, policy.file)), ...waitsWithoutHours(policy, rules));
  mistakes.push(...modeMistakes(policy, Object.keys(intents.content)), ...approvalMistakes(policy));
  const names = baseNames(translations, languages[0]);
  const compiled = compileRules(rules.content, {
    file: rules.file,
    engine: createTemplateEngine(languages[0], Object.keys(policy.content.shop.links)),
    intents: Object.keys(intents.content),
    templates: names,
    proofs: policy.content.identity.proofs,
    mistakes,
  });
  const silence = compileSilence(policy, names, mistakes);
  mistakes.push(...outageMistakes(policy, templates), ...channelMistakes(policy));
  const sla = compileTiers(policy, Object.keys(intents.content), mistakes);
  if (mistakes.length > 0) throw new PolicyError(folder, mistakes);
  const loaded: LoadedPolicy = {
    version: policyVersion(read),
    content: {
      policy: policy.content,
      intents: intents.content,
      rules: withConditionsWrittenOut(rules.content),
      templates: Object.fromEntries(translations.map(({ language, content: texts }) => [language, texts])),
    },
    settings: policySettings(policy.content),
    languages,
    proofs: policy.content.identity.proofs,
    codeValidMs: durationMs(policy.content.identity['code-valid']),
    timeZone: policy.content['time-zone'],
    schedule: await openSchedule(policy.content.hours, policy.content['time-zone']),
    silence,
    sla,
    thresholds: { newTopicFrom: policy.content.settings['new-topic-from'] },
    intents: Object.entries(intents.content).map(([intent, entry]) => ({ intent, ...entry })),
    rules: compiled,
    templates,
    channels: compileChannels(policy.content, [...templates.keys()]),
    shop: { shop: { name: policy.content.shop.name }, links: policy.content.shop.links },
  };
  return {
    policy: loaded,
    files: {
      policy: policy.file,
      intents: intents.file,
      rules: rules.file,
      templates: new Map(translations.map(({ language, file }) => [language, file])),
    },
  };
}

/** What is left are the files that stand for themselves. */
function withIncludes(read: readonly PolicyFile[], mistakes: Mistake[]): readonly PolicyFile[] {
  const shared = read.filter(({ name }) => isShared(name));
  return read.flatMap((file) => {
    if (isShared(file.name)) return [];
    return file.name === 'rules.yaml' ? [expandIncludes(file, shared, mistakes)] : [file];
  });
}

async function readFolder(folder: string, mistakes: Mistake[]): Promise<readonly PolicyFile[]> {
  try {
    const read = await readPolicyFiles(folder);
    mistakes.push(...read.mistakes);
    if (read.mistakes.some(({ file }) => file === '.')) throw new PolicyError(folder, read.mistakes);
    return read.files;
  } catch (error) {
    if (error instanceof PolicyError) throw error;
    throw new PolicyError(folder, [{ file: '.', line: 1, column: 1, message: unreadable(error) }]);
  }
}

function unreadable(error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  if (!hasCode(error, 'ENOENT'))
    return `cannot be read (${why}). Give the folder of a policy, such as policies/demo-shop in a clone`;
  return (
    'does not exist. Give the folder of a policy, or set DESKHAND_POLICY to one. A relative name, as policies/demo-shop is where ' +
    'that is unset, is looked for in the folder you are in: go to your clone first'
  );
}

function contentOf<T>(
  files: readonly PolicyFile[],
  name: string,
  schema: z.ZodType<T>,
  mistakes: Mistake[],
): { readonly file: PolicyFile; readonly content: T } | null {
  const file = files.find((candidate) => candidate.name === name);
  if (file === undefined) {
    // A file that is there but no YAML has its mistake already.
    if (!mistakes.some((mistake) => mistake.file === name)) {
      const message = 'is missing. Copy the one of policies/demo-shop and change it';
      mistakes.push({ file: name, line: 1, column: 1, message });
    }
    return null;
  }
  const checked = checkFile(file, schema);
  if ('content' in checked) return { file, content: checked.content };
  mistakes.push(...checked.mistakes);
  return null;
}

interface Translation {
  readonly language: string;
  readonly file: PolicyFile;
  readonly content: TemplatesContent;
}

function readTranslations(files: readonly PolicyFile[], mistakes: Mistake[]): readonly Translation[] {
  const known = ['policy.yaml', 'intents.yaml', 'rules.yaml'];
  return files.flatMap((file): readonly Translation[] => {
    if (known.includes(file.name)) return [];
    const language = /^templates\/([a-z]{2})\.yaml$/.exec(file.name)?.[1];
    if (language === undefined) {
      const allowed = [...known, 'templates/<language>.yaml', 'shared/<name>.yaml'];
      const message = `is no file of a policy. Allowed: ${listNames(allowed)}.${didYouMean(file.name, known)}`;
      mistakes.push({ file: file.name, line: 1, column: 1, message });
      return [];
    }
    const checked = checkFile(file, templatesSchema);
    if ('content' in checked) return [{ language, file, content: checked.content }];
    mistakes.push(...checked.mistakes);
    return [];
  });
}

function languagesOf(
  content: PolicyContent,
  file: PolicyFile,
  translations: readonly Translation[],
  mistakes: Mistake[],
): readonly [string, ...string[]] {
  content.languages.forEach((language, index) => {
    if (translations.some((translation) => translation.language === language)) return;
    const message = `lists "${language}", but there is no file templates/${language}.yaml`;
    mistakes.push({ ...file.placeOf(['languages', index]), message });
  });
  for (const { language, file: extra } of translations) {
    if (content.languages.includes(language)) continue;
    const message = `is not used: policy.yaml does not list "${language}" under languages`;
    mistakes.push({ file: extra.name, line: 1, column: 1, message });
  }
  const [first = 'en', ...others] = content.languages;
  return [first, ...others];
}

function compileTemplates(
  policy: PolicyContent,
  defaultLanguage: string,
  translations: readonly Translation[],
  mistakes: Mistake[],
): LoadedPolicy['templates'] {
  const defaults = baseNames(translations, defaultLanguage);
  const templates = new Map<string, Map<string, Template>>();
  for (const { language, file, content } of translations) {
    const engine = createTemplateEngine(language, Object.keys(policy.shop.links));
    if (language === defaultLanguage) mistakes.push(...codeMailMistakes(policy, file, content));
    for (const name of [greeting, signOff]) {
      if (!defaults.includes(name) || Object.hasOwn(content, name)) continue;
      const message = `lacks "${name}", which templates/${defaultLanguage}.yaml puts around every reply. Add it`;
      mistakes.push({ file: file.name, line: 1, column: 1, message });
    }
    for (const [name, source] of Object.entries(content)) {
      const wrongName = nameMistake(name, defaults, defaultLanguage);
      if (wrongName !== null) mistakes.push({ ...file.placeOfKey([], name), message: wrongName });
      const compiled = engine.compile(source, useOf(policy, baseName(name)));
      if (isCompiled(compiled)) {
        const inLanguages = templates.get(name) ?? new Map<string, Template>();
        templates.set(name, inLanguages.set(language, { ...compiled, ...ownFrame(source) }));
        continue;
      }
      for (const { line, column, message } of compiled) {
        mistakes.push({
          ...file.placeInText([name], line, column),
          message: `template "${name}" ${message}`,
        });
      }
    }
  }
  return templates;
}

function useOf(policy: PolicyContent, template: string): TemplateUse {
  if (isOfCodeMail(template)) return 'code-mail';
  return template === holdingTemplate(policy) ? 'holding' : 'reply';
}

function nameMistake(name: string, defaults: readonly string[], defaultLanguage: string): string | null {
  const base = baseName(name);
  const variant = variantOf(name);
  if (variant !== '' && isOfCodeMail(base)) {
    return `has "${name}", but the code goes out by mail wherever it was asked for. Leave it out`;
  }
  if (defaults.includes(base)) return null;
  const what = variant === '' ? `the template "${name}"` : `"${name}", a variant of "${base}"`;
  return `has ${what}, which templates/${defaultLanguage}.yaml lacks.${didYouMean(base, defaults)}`;
}

/** Those that rules may name: without variants. */
function baseNames(translations: readonly Translation[], language: string): readonly string[] {
  const texts = translations.find((translation) => translation.language === language)?.content ?? {};
  return Object.keys(texts).filter((name) => variantOf(name) === '');
}

function checkExamples(intents: IntentsContent, file: PolicyFile, mistakes: Mistake[]): void {
  const owners = new Map<string, string>();
  for (const [intent, { examples }] of Object.entries(intents)) {
    examples.forEach((example, index) => {
      const key = example.toLowerCase();
      const owner = owners.get(key);
      if (owner !== undefined) {
        const message = `"${example}" is an example of "${owner}" already. One example, one intent`;
        mistakes.push({ ...file.placeOf([intent, 'examples', index]), message });
      }
      owners.set(key, intent);
    });
  }
}

function modeMistakes(
  { content, file }: { readonly content: PolicyContent; readonly file: PolicyFile },
  intents: readonly string[],
): readonly Mistake[] {
  return Object.keys(content.mode?.intents ?? {}).flatMap((name) => {
    if (intents.includes(name)) return [];
    const message = `names the intent "${name}", which intents.yaml lacks. Allowed: ${listNames(intents)}.${didYouMean(name, intents)}`;
    return [{ ...file.placeOfKey(['mode', 'intents'], name), message }];
  });
}

/** One that comes after another one, or after the hand-off, would never be. Business time is not held against the clock. */
function approvalMistakes({
  content,
  file,
}: {
  readonly content: PolicyContent;
  readonly file: PolicyFile;
}): readonly Mistake[] {
  const { approvals = [], settings } = content;
  return approvals.flatMap(({ after }, index) => {
    const before = approvals[index - 1]?.after;
    const handOff = settings['approval-time'];
    const why =
      before !== undefined && isSooner(after, before)
        ? `is due before the entry above it, ${before}: both count from when the draft was made`
        : isSooner(handOff, after)
          ? `is never due: settings.approval-time hands the draft off after ${handOff}`
          : null;
    if (why === null) return [];
    return [{ ...file.placeOf(['approvals', index, 'after']), message: `"${after}" ${why}.` }];
  });
}

/** Or at the same time; false where the two are counted differently. */
function isSooner(one: string, other: string): boolean {
  const [first, second] = [readWait(one), readWait(other)];
  return first.countedIn === second.countedIn && first.afterMs <= second.afterMs;
}
