import { accountNameInFull, type EngineSettings, type Settings } from '../../config/settings';
import { describeSettings } from '../../config/givenVariables';
import { modesText } from '../../core/modes/mode';
import { modesOf } from '../../core/modes/modeSwitch';
import { openHelpdesk, servedDesk } from '../../helpdesk/openHelpdesk';
import { demoMailFolder, noMailServerText, openMailer } from '../../mail/openMailer';
import { demoOrdersFile, demoOrdersOfRealDesk, openShop } from '../../orders/openShop';
import { loadPolicy, type LoadedPolicy } from '../../policy/load/loadPolicy';
import { openPolicyStore } from '../../policy/store/policyStore';
import { connectTemporal } from '../../temporal/connection';
import { readSwitch } from '../../temporal/modeSwitch';
import { pollHealth } from '../../temporal/pollHealth';
import { missingSearchAttributes } from '../../temporal/registerSearchAttributes';
import { unservedTickets } from '../../temporal/unservedTickets';
import { policyInForce } from '../policy/inForce';
import { apiNotYet, deskNotYet, nothingIsMeantToRun, temporalNotYet } from './beforeStart';
import { runCheck, sumOf, type Check } from './check';
import { apiWords } from './doctorApi';
import { channelTests, describeChannels } from './doctorNotices';
import { deskWords } from './doctorDesk';
import { policyChecks } from './doctorPolicies';
import { describeConnection } from './doctorConnection';
import { readRunningEngine, type RunningEngine } from '../runningSettings';
import { temporalTarget } from '../temporalTarget';
import { textTable } from '../textTable';
import { deskhandVersion } from '../version';

const withinMs = 5_000;

/**
 * Prints versions, settings with secrets masked, and what works or fails, with its mend.
 * @param options.notify - send a test to every channel of notices.
 * @returns whether nothing failed.
 * @throws SettingsError, after the settings were shown.
 */
export async function runDoctor({ notify }: { readonly notify: boolean }): Promise<boolean> {
  console.log(`Deskhand ${deskhandVersion()}, Node ${process.version}\n`);
  const running = await readRunningEngine(process.env).catch((error: unknown) => {
    showSettings({});
    throw error;
  });
  const { settings, accounts, fromRunning } = running;
  const isBeforeStart = await nothingIsMeantToRun(settings, process.env);
  showSettings(fromRunning);
  for (const warning of settings.warnings) console.log(`warning      ${warning}`);
  const checks = [
    temporalCheck(settings),
    ticketsCheck(settings),
    ...accounts.flatMap((account) => namedAfter(account, settings, accountChecks(account))),
    apiCheck(settings),
    ...(notify ? channelTests(settings) : []),
  ];
  const results = await Promise.all(checks.map((check) => runCheck(check, isBeforeStart)));
  for (const { line } of results) console.log(line);
  console.log(`\n${sumOf(results)}`);
  return results.every(({ outcome }) => outcome !== 'FAILED');
}

/** Those that hold a value: what is wrong is not to be looked for below a screen of what is unset. */
function showSettings(fromRunning: RunningEngine['fromRunning']): void {
  const all = describeSettings({ ...process.env, ...fromRunning });
  const rows = all
    .filter(({ source }) => source !== 'unset')
    .map(({ name, value, source }) => [name, value || null, name in fromRunning ? 'what runs here' : source]);
  console.log(textTable(['SETTING', 'VALUE', 'SOURCE'], rows));
  console.log(`${all.length - rows.length} others are unset; docs/settings.md has all.\n`);
}

/** Of several accounts each check says whose it is. */
function namedAfter(
  account: Settings,
  { accounts }: EngineSettings,
  checks: readonly Check[],
): readonly Check[] {
  if (accounts.length === 1) return checks;
  return checks.map((check) => ({ ...check, name: `${check.name} ${accountNameInFull(account)}` }));
}

function temporalCheck(settings: EngineSettings): Check {
  return {
    name: 'Temporal',
    notYet: () => temporalNotYet(temporalTarget(settings)),
    run: async () => {
      const target = temporalTarget(settings);
      const temporal = await connectTemporal(target);
      try {
        const missing = await missingSearchAttributes(temporal.connection, target.namespace);
        if (missing.length > 0) {
          throw new Error(
            `${target.address} answers, but lacks the search attributes ${missing.map(({ name }) => name).join(', ')}: ` +
              '`deskhand worker` registers them when it starts.',
          );
        }
        return `${target.address}, namespace ${target.namespace}, search attributes registered`;
      } finally {
        await temporal.close();
      }
    },
  };
}

/** Of all accounts, whichever the doctor looks at. */
function ticketsCheck(settings: EngineSettings): Check {
  return {
    name: 'tickets',
    notYet: () => Promise.resolve('are kept in Temporal, which does not run yet'),
    run: async () => {
      const temporal = await connectTemporal(temporalTarget(settings));
      try {
        const left = await unservedTickets(temporal.client, settings.accounts.map(servedDesk));
        if (left !== null) throw new Error(left);
        return 'each open one is of an account that is served';
      } finally {
        await temporal.close();
      }
    },
  };
}

function apiCheck(settings: EngineSettings): Check {
  return { name: 'API', notYet: () => apiNotYet(settings), run: () => apiWords(settings) };
}

function accountChecks(settings: Settings): readonly Check[] {
  const { desk } = settings;
  return [
    {
      name: 'desk',
      beforeStart: desk.kind === 'embedded' ? () => deskNotYet(desk.port) : null,
      run: () => deskWords(settings),
    },
    ...connectionChecks(settings),
    {
      name: 'shop',
      run: async () => {
        // No shop has this order: the answer proves address and credentials, and costs nobody anything.
        await openShop(settings).findByNumber('deskhand-doctor', AbortSignal.timeout(withinMs));
        return shopWords(settings);
      },
    },
    ...policyChecks(settings),
    {
      name: 'mail',
      run: async () => {
        const mailer = openMailer(settings);
        const { proofs } = await decidingPolicy(settings);
        if (mailer === null) {
          return proofs.includes('mailed-code') ? noMailServerText : 'none, and the policy mails no codes';
        }
        await mailer.check(AbortSignal.timeout(withinMs));
        return mailWords(settings);
      },
    },
    { name: 'notices', run: () => describeChannels(settings) },
    {
      name: 'poll',
      ...(settings.pollSeconds === 0
        ? {}
        : { notYet: () => Promise.resolve('does not run yet; the first worker starts it') }),
      run: () => pollWords(settings),
    },
    {
      name: 'modes',
      notYet: () => Promise.resolve('the switch is kept in Temporal, which does not run yet'),
      run: () => switchWords(settings),
    },
  ];
}

function connectionChecks(settings: Settings): readonly Check[] {
  const { desk } = settings;
  return desk.kind === 'embedded' ? [] : [{ name: 'webhook', run: () => describeConnection(settings, desk) }];
}

/** @throws Error when it does not look. */
async function pollWords(settings: Settings): Promise<string> {
  const { pollSeconds } = settings;
  if (pollSeconds === 0) return 'off (DESKHAND_POLL_SECONDS is 0): a webhook that is lost is not noticed';
  const desk = await openHelpdesk(settings);
  const temporal = await connectTemporal(temporalTarget(settings));
  try {
    const { ok, detail } = await pollHealth(temporal.client, desk, pollSeconds);
    if (ok) return detail;
    throw new Error(detail);
  } finally {
    await temporal.close();
  }
}

/** @throws RemoteFailure when nobody can tell which mode holds, so that nothing is written. */
async function switchWords(settings: Settings): Promise<string> {
  const desk = await openHelpdesk(settings);
  const temporal = await connectTemporal(temporalTarget(settings));
  try {
    return `${modesText(modesOf(await readSwitch(temporal.client, desk)))}, by the switch`;
  } finally {
    await temporal.close();
  }
}

/** @throws PolicyError, PolicyVersionError */
async function decidingPolicy({ policyDir, policyStoreDir }: Settings): Promise<LoadedPolicy> {
  const store = openPolicyStore(policyStoreDir);
  const inForce = await policyInForce(store);
  return inForce === null ? loadPolicy(policyDir) : store.load(inForce.version);
}

function mailWords({ mail, stateDir }: Settings): string {
  return mail?.kind === 'smtp'
    ? `${mail.host}:${mail.port}`
    : `the demo's mails, ${demoMailFolder({ stateDir })}`;
}

function shopWords(settings: Settings): string {
  const { shop, stateDir } = settings;
  switch (shop.kind) {
    case 'demo':
      return demoOrdersOfRealDesk(settings) ?? `the demo shop, ${demoOrdersFile({ stateDir })}`;
    case 'http':
      return shop.apiUrl;
    case 'shopify':
      return shop.storeUrl;
  }
}
