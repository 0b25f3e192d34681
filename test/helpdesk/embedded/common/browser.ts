/** A real browser for the page's tests, and what went wrong in it. */
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

/** In milliseconds, for a machine that has much else to do. */
const patience = 120_000;

export class TestBrowser {
  private readonly browser: Browser;

  private constructor(browser: Browser) {
    this.browser = browser;
  }

  static async launch(): Promise<TestBrowser> {
    const options = { executablePath: browserPath(), args: ['--no-sandbox'], timeout: patience };
    return new TestBrowser(await chromium.launch(options));
  }

  /** A page, and everything that it complained of: errors, console errors, dialogs. */
  async open(
    address: string,
    viewport = { width: 1200, height: 900 },
  ): Promise<{ page: Page; errors: string[] }> {
    const page = await this.browser.newPage({ viewport });
    page.setDefaultTimeout(patience);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('dialog', (dialog) => {
      errors.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(address);
    return { page, errors };
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

function browserPath(): string {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const candidates = [
    process.env['CHROMIUM_PATH'] ?? '',
    ...folders.flatMap((folder) => names.map((name) => path.join(folder, name))),
  ];
  const found = candidates.find((file) => file !== '' && isExecutable(file));
  if (found !== undefined) return found;
  throw new Error(
    `This test drives a real browser, and found none of ${names.join(', ')} on PATH: ` +
      'install one (apt-get install -y chromium), or set CHROMIUM_PATH to one.',
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
