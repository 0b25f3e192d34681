/** The page of the API in a real browser: it is Deskhand's, and it asks nobody else for anything. */
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { startTestTemporal, type TestTemporal } from '../support/temporalServer';
import { runServer, type TestServer } from './running';

let temporal: TestTemporal;
let server: TestServer;
let browser: Browser | null = null;

beforeAll(async () => {
  temporal = await startTestTemporal();
  server = await runServer(temporal);
  browser = await chromium.launch({
    executablePath: browserPath(),
    args: ['--no-sandbox'],
    timeout: 120_000,
  });
});
afterAll(async () => {
  await browser?.close();
  await server.server.stop();
  await temporal.stop();
});

function browserPath(): string {
  const given = process.env['CHROMIUM_PATH'];
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const candidates = folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
  const found = [...(given === undefined ? [] : [given]), ...candidates].find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (found === undefined)
    throw new Error('no Chromium on the PATH: install one, or set CHROMIUM_PATH to one.');
  return found;
}

test('the bare address leads to the page', async () => {
  const bare = await server.anyone.get('/', { maxRedirects: 0 });
  expect(bare.status).toBe(302);
  expect(bare.headers['location']).toBe('/docs');
  const followed = await server.anyone.get<string>('/');
  expect(followed.status).toBe(200);
  expect(followed.headers['content-type']).toContain('text/html');
});

test('only for a look: anything else at the bare address is refused with what is allowed', async () => {
  const { status, headers, data } = await server.anyone.post<unknown>('/', {});
  expect(status).toBe(405);
  expect(headers['allow']).toContain('GET');
  expect(data).toMatchObject({ code: 'method-not-allowed' });
});

test('the page is plainly Deskhand: title, icon and logo, and every route is on it', async () => {
  const page = await browserOf().newPage();
  const requests: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(`${server.server.url}/`);
  await page.locator('.opblock-summary-path').first().waitFor();

  expect(await page.title()).toBe('Deskhand API');
  const logo = page.locator('.topbar img');
  await logo.waitFor();
  const drawn = (await logo.getAttribute('src')) ?? '';
  expect(drawn).toMatch(/^data:image\/svg\+xml;base64,/);
  expect(Buffer.from(drawn.split(',')[1] ?? '', 'base64').toString()).toContain('<title>Deskhand</title>');
  const icons = page.locator('link[rel="icon"]');
  expect(await icons.count()).toBe(1);
  expect(await icons.getAttribute('href')).toMatch(/deskhand\.svg$/);
  const paths = await page.locator('.opblock-summary-path').allInnerTexts();
  expect(paths.map((text) => text.replace(/\u200b/g, ''))).toContain('/webhooks/zendesk');

  expect(errors).toEqual([]);
  const elsewhere = requests.filter((url) => !url.startsWith(server.server.url) && !url.startsWith('data:'));
  expect(elsewhere).toEqual([]);
  await page.close();
});

test('the page may load nothing from elsewhere, even if somebody adds it', async () => {
  const { headers } = await server.anyone.get('/docs');
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toMatch(/https?:|\*/);
});

test('its icon is ours, small, and an image', async () => {
  const { data } = await server.anyone.get<string>('/docs');
  const address = /<link rel="icon"[^>]*href="([^"]+)"/.exec(data)?.[1] ?? '';
  const icon = await server.anyone.get<string>(address);
  expect(icon.status).toBe(200);
  expect(icon.headers['content-type']).toContain('image/svg+xml');
  expect(icon.data).toContain('<title>Deskhand</title>');
  expect(icon.data.length).toBeLessThan(1_500);
  expect(icon.data).not.toMatch(/href|<script|url\(/);
});

function browserOf(): Browser {
  if (browser === null) throw new Error('no browser');
  return browser;
}
