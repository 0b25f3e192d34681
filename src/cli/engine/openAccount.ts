/** One desk account as a worker serves it: every port with its real part behind it. */
import type { Client } from '@temporalio/client';
import { Runtime } from '@temporalio/worker';
import type { ClassifierThreads } from '../../classify/threads/threadedClassifier';
import { watchClassifier } from '../../classify/watchClassifier';
import { deskNameOf } from '../../config/deskSettings';
import type { Settings } from '../../config/settings';
import { allAuto, isAllAuto, modesText } from '../../core/modes/mode';
import { openHelpdesk } from '../../helpdesk/openHelpdesk';
import type { Helpdesk } from '../../helpdesk/port';
import { watchAccount } from '../../helpdesk/watchAccount';
import type { Logger } from '../../log/logger';
import type { MailedCodes, Mailer } from '../../mail/port';
import { noMailServerText, openMailer } from '../../mail/openMailer';
import { watchMailer } from '../../mail/watchMailer';
import { demoOrdersOfRealDesk, openShop } from '../../orders/openShop';
import { ownKeysOf } from '../../orders/ownKeys';
import { watchShop } from '../../orders/watchShop';
import type { Notifier } from '../../notify/port';
import type { PolicyProcessor } from '../../policy/port';
import { createRequestBudget, type RequestBudget } from '../../remote/budget/requestBudget';
import { createTemporalAllowances } from '../../temporal/allowances/moneyAllowances';
import { askingStep } from '../../temporal/budget/askingStep';
import { budgetMetrics } from '../../temporal/budget/budgetMetrics';
import { createCodesPerOrder } from '../../temporal/allowances/codesPerOrder';
import { keepDeskRate } from '../../temporal/budget/deskRate';
import { hintTicket } from '../../temporal/hintTicket';
import { keepModes } from '../../temporal/keepModes';
import { lookRepeatedly, type Looking } from '../../temporal/lookRepeatedly';
import { createModeSwitch, type KeptSwitch } from '../../temporal/modeSwitch';
import { keepPolling } from '../../temporal/polling';
import { createPostalCodeGuesses } from '../../temporal/allowances/postalCodeGuesses';
import type { AccountPorts } from '../../temporal/worker';
import { policyNamed } from '../../../activities/policyNamed';
import { brandNotice, lookAfterBrands } from './lookAfterBrands';
import { openNotices } from './openNotices';
import { servePolicies, type ServedPolicies } from './servedPolicies';

/** More than a mail server needs for a mail, less than anybody notices who is answered by mail. */
const codeTakesMs = 3_000;
const firstLookMs = 10_000;
const shownEveryMs = 2_000;

export interface OpenAccount {
  readonly ports: AccountPorts;
  /** Once its worker runs: looks for what changed. */
  begin(): Promise<void>;
  /** Before its worker stops. */
  end(): Promise<void>;
  /** After that. */
  close(): Promise<void>;
}

/** What all accounts of the process have together. */
interface SharedByAccounts {
  readonly client: Client;
  readonly codes: MailedCodes;
  readonly threads: ClassifierThreads;
}

/** @throws PolicyError, DeskCredentialsError, OrderFileError: each says what to mend. Nothing stays open then. */
export async function openAccount(
  settings: Settings,
  { client, codes, threads }: SharedByAccounts,
  logger: Logger,
): Promise<OpenAccount> {
  const budget = createRequestBudget({
    // The embedded desk says at the first request what it allows.
    perMinute: settings.desk.kind === 'embedded' ? null : settings.deskRequestsPerMinute,
    asking: askingStep,
  });
  const helpdesk = await openHelpdesk(settings, budget);
  const policies = await servePolicies(settings, threads, logger);
  const mailer = openMailerFor(policies, settings, logger);
  const notices = openNotices(settings, client, helpdesk, logger);
  const own = ownKeysOf({ desk: deskNameOf(settings.desk), account: settings.account }, settings.ledgers);
  const shop = watchShop(own.shop(openShop(settings)), logger, notices.watch('shop'));
  const allowances = own.allowances(createTemporalAllowances(client, settings.ledgers));
  const modeSwitch = createModeSwitch(client, helpdesk);
  const beside = {
    allowances,
    ...(mailer === null ? {} : { codes }),
    guesses: own.perOrder(createPostalCodeGuesses(client, settings.ledgers)),
    switched: modeSwitch,
  };
  const policy = policies.processor(shop, beside, notices.settings);
  const modesKept = await lookAfterModes(modeSwitch, logger);
  await warnOfModes(policies, policy, logger);
  warnOfDemoOrders(settings, logger);
  const desk = watchAccount(helpdesk, logger, notices.watch('desk'), settings.accountsFile);
  const ports: AccountPorts = {
    ...{ budget, desk, policy, shop, allowances, notifier: notices.notifier },
    classifier: watchClassifier(policies.classifier, notices.watch('classifier')),
    ...(mailer === null
      ? {}
      : {
          codeMailing: {
            mailer: watchMailer(mailer, logger, notices.watch('mail')),
            codes,
            perOrder: own.perOrder(createCodesPerOrder(client, settings.ledgers)),
            takesMs: codeTakesMs,
          },
        }),
    hintTicket: async (ref, id) => {
      await hintTicket(client, ref, { id, source: 'poll', kind: 'changed', commentId: null });
    },
  };
  const looks: Looking[] = [modesKept];
  return {
    ports,
    async begin() {
      // Of one account nobody needs to be told: its poll does. Among several, one could be out for long unseen.
      if (settings.accountsFile !== null) askOnce(desk, logger);
      looks.push(lookAfterBrandNames(settings, helpdesk, notices.notifier, logger));
      looks.push(...lookAfterBudget(client, helpdesk, budget, logger));
      // By itself: where Temporal does not take it, the others are there to be stopped.
      looks.push(await lookAfterPoll(client, helpdesk, settings, logger));
    },
    async end() {
      await Promise.all(looks.map((look) => look.stop()));
    },
    async close() {
      await policies.stop();
    },
  };
}

/** Null: without a mail server, which a policy may miss. */
function openMailerFor({ loaded }: ServedPolicies, settings: Settings, logger: Logger): Mailer | null {
  const mailer = openMailer(settings);
  const isMissed = mailer === null && loaded.some(({ proofs }) => proofs.includes('mailed-code'));
  if (isMissed) logger.warn(noMailServerText);
  return mailer;
}

function lookAfterModes(modeSwitch: KeptSwitch, logger: Logger): Promise<Looking> {
  return keepModes(modeSwitch, {
    restarted: (how) => logger.warn(`the switch of modes was ${how}: it is started again as it stood`),
    trouble: (error) => logTrouble(logger, `nothing is written: ${String(error)}`, error),
  });
}

/** Whoever wonders why nothing is answered looks here first. */
async function warnOfModes(
  { names }: ServedPolicies,
  policy: PolicyProcessor,
  logger: Logger,
): Promise<void> {
  for (const name of names) {
    // A worker that cannot tell runs all the same: without one the mode could not be set.
    const modes = await policyNamed(policy, name)
      .modes()
      .catch(() => allAuto);
    const who = name === undefined ? '' : `${name}: `;
    if (!isAllAuto(modes)) logger.warn(`${who}${modesText(modes)}; \`deskhand mode show\` tells who said so`);
  }
}

function warnOfDemoOrders(settings: Settings, logger: Logger): void {
  const demoOrders = demoOrdersOfRealDesk(settings);
  if (demoOrders !== null) logger.warn(demoOrders);
}

function askOnce(desk: Helpdesk, logger: Logger): void {
  void desk.whoAmI({ signal: AbortSignal.timeout(firstLookMs) }).catch((error: unknown) => {
    logTrouble(logger, 'the desk does not answer: its tickets wait, and it is asked again', error);
  });
}

function lookAfterBrandNames(
  { brands }: Settings,
  helpdesk: Helpdesk,
  notifier: Pick<Notifier, 'tell'>,
  logger: Logger,
): Looking {
  return lookAfterBrands(brands, helpdesk, {
    amiss: (amiss) => notifier.tell(brandNotice(amiss, Date.now())),
    trouble: (error) =>
      logTrouble(logger, 'whether the desk has the brands of the settings is not known, or not told', error),
  });
}

function lookAfterBudget(
  client: Client,
  helpdesk: Helpdesk,
  budget: RequestBudget,
  logger: Logger,
): readonly Looking[] {
  const show = budgetMetrics(Runtime.instance().metricMeter, helpdesk, budget);
  const rateTrouble = (error: unknown): void =>
    logTrouble(logger, 'Temporal does not take the rate that the desk allows; it is told again', error);
  return [lookRepeatedly(show, shownEveryMs), keepDeskRate(client, helpdesk, budget, rateTrouble)];
}

function lookAfterPoll(
  client: Client,
  helpdesk: Helpdesk,
  { pollSeconds }: Settings,
  logger: Logger,
): Promise<Looking> {
  return keepPolling(client, helpdesk, pollSeconds, {
    restarted: (how) => logger.warn(`the poll of the desk was ${how}: it is started again`),
    trouble: (error) => logTrouble(logger, 'whether the poll of the desk runs is not known', error),
  });
}

function logTrouble(logger: Logger, message: string, error: unknown): void {
  logger.error(message, { failure: error instanceof Error ? error.name : typeof error });
}
