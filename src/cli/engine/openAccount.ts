/** One desk account as a worker serves it: every port with its real part behind it. */
import type { Client } from '@temporalio/client';
import { Runtime } from '@temporalio/worker';
import type { ClassifierThreads } from '../../classify/threads/threadedClassifier';
import { watchClassifier } from '../../classify/watchClassifier';
import type { Settings } from '../../config/settings';
import { allAuto, isAllAuto, modesText } from '../../core/modes/mode';
import { openHelpdesk } from '../../helpdesk/openHelpdesk';
import { watchAccount } from '../../helpdesk/watchAccount';
import type { Logger } from '../../log/logger';
import type { MailedCodes } from '../../mail/port';
import { noMailServerText, openMailer } from '../../mail/openMailer';
import { watchMailer } from '../../mail/watchMailer';
import { demoOrdersOfRealDesk, openShop } from '../../orders/openShop';
import { watchShop } from '../../orders/watchShop';
import { createRequestBudget } from '../../remote/budget/requestBudget';
import { createTemporalAllowances } from '../../temporal/allowances/moneyAllowances';
import { askingStep } from '../../temporal/budget/askingStep';
import { budgetMetrics } from '../../temporal/budget/budgetMetrics';
import { createCodesPerOrder } from '../../temporal/allowances/codesPerOrder';
import { keepDeskRate } from '../../temporal/budget/deskRate';
import { hintTicket } from '../../temporal/hintTicket';
import { keepModes } from '../../temporal/keepModes';
import { lookRepeatedly, type Looking } from '../../temporal/lookRepeatedly';
import { createModeSwitch } from '../../temporal/modeSwitch';
import { keepPolling } from '../../temporal/polling';
import { createPostalCodeGuesses } from '../../temporal/allowances/postalCodeGuesses';
import type { AccountPorts } from '../../temporal/worker';
import { policyNamed } from '../../../activities/policyNamed';
import { brandsAmiss } from './brandsAmiss';
import { openNotices } from './openNotices';
import { servePolicies } from './servedPolicies';

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
  const onTrouble = (message: string, error: unknown): void => {
    logger.error(message, { failure: error instanceof Error ? error.name : typeof error });
  };
  const budget = createRequestBudget({
    // The embedded desk says at the first request what it allows.
    perMinute: settings.desk.kind === 'embedded' ? null : settings.deskRequestsPerMinute,
    asking: askingStep,
  });
  const helpdesk = await openHelpdesk(settings, budget);
  const policies = await servePolicies(settings, threads, logger);
  const mailer = openMailer(settings);
  const isMailed = policies.loaded.some(({ proofs }) => proofs.includes('mailed-code'));
  if (mailer === null && isMailed) logger.warn(noMailServerText);
  const notices = openNotices(settings, client, helpdesk, logger);
  const orders = watchShop(openShop(settings), logger, notices.watch('shop'));
  const allowances = createTemporalAllowances(client, settings.ledgers);
  const modeSwitch = createModeSwitch(client, helpdesk);
  const beside = {
    allowances,
    ...(mailer === null ? {} : { codes }),
    guesses: createPostalCodeGuesses(client, settings.ledgers),
    switched: modeSwitch,
  };
  const processor = policies.processor(orders, beside, notices.settings);
  const modesKept = await keepModes(modeSwitch, {
    restarted: (how) => logger.warn(`the switch of modes was ${how}: it is started again as it stood`),
    trouble: (error) => onTrouble(`nothing is written: ${String(error)}`, error),
  });
  for (const name of policies.names) {
    // A worker that cannot tell runs all the same: without one the mode could not be set.
    const modes = await policyNamed(processor, name)
      .modes()
      .catch(() => allAuto);
    const who = name === undefined ? '' : `${name}: `;
    // Whoever wonders why nothing is answered looks here first.
    if (!isAllAuto(modes)) logger.warn(`${who}${modesText(modes)}; \`deskhand mode show\` tells who said so`);
  }
  const demoOrders = demoOrdersOfRealDesk(settings);
  if (demoOrders !== null) logger.warn(demoOrders);
  const desk = watchAccount(helpdesk, logger, notices.watch('desk'), settings.accountsFile);
  const looks: Looking[] = [];
  return {
    ports: {
      budget,
      desk,
      policy: processor,
      classifier: watchClassifier(policies.classifier, notices.watch('classifier')),
      notifier: notices.notifier,
      shop: orders,
      allowances,
      ...(mailer === null
        ? {}
        : {
            codeMailing: {
              mailer: watchMailer(mailer, logger, notices.watch('mail')),
              codes,
              perOrder: createCodesPerOrder(client, settings.ledgers),
              takesMs: codeTakesMs,
            },
          }),
      hintTicket: async (ref, id) => {
        await hintTicket(client, ref, { id, source: 'poll', kind: 'changed', commentId: null });
      },
    },
    async begin() {
      // Of one account nobody needs to be told: its poll does. Among several, one could be out for long unseen.
      if (settings.accountsFile !== null) {
        void desk.whoAmI({ signal: AbortSignal.timeout(firstLookMs) }).catch((error: unknown) => {
          onTrouble('the desk does not answer: its tickets wait, and it is asked again', error);
        });
      }
      void brandsAmiss(settings.brands, helpdesk, AbortSignal.timeout(firstLookMs)).then(
        (amiss) => amiss.forEach((message) => logger.warn(message)),
        (error: unknown) => onTrouble('whether the desk has the brands of the settings is not known', error),
      );
      const showBudget = budgetMetrics(Runtime.instance().metricMeter, helpdesk, budget);
      const rateTrouble = (error: unknown): void =>
        onTrouble('Temporal does not take the rate that the desk allows; it is told again', error);
      looks.push(
        lookRepeatedly(showBudget, shownEveryMs),
        keepDeskRate(client, helpdesk, budget, rateTrouble),
      );
      // By itself: where Temporal does not take it, the others are there to be stopped.
      looks.push(
        await keepPolling(client, helpdesk, settings.pollSeconds, {
          restarted: (how) => logger.warn(`the poll of the desk was ${how}: it is started again`),
          trouble: (error) => onTrouble('whether the poll of the desk runs is not known', error),
        }),
      );
    },
    async end() {
      await Promise.all([...looks.map((look) => look.stop()), modesKept.stop()]);
    },
    async close() {
      await policies.stop();
    },
  };
}
