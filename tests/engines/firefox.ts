import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';
import { until, type Driver, type Engine } from './driver';

const PLACES = [
  process.env['FIREFOX_PATH'] ?? '',
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
];

const findFirefox = () => PLACES.find((place) => place !== '' && existsSync(place));

/** Firefox, by WebDriver BiDi. */
export const firefox: Engine = {
  name: 'Firefox',
  missing: () => (findFirefox() === undefined ? 'Debian’s firefox-esr, or FIREFOX_PATH' : null),
  async start(): Promise<Driver> {
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: findFirefox() ?? '',
      headless: true,
    });
    const page = await browser.newPage();
    page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
    const find = (xpath: string) => until(xpath, () => page.$(`::-p-xpath(${xpath})`));
    return {
      goto: async (url) => {
        await page.goto(url);
      },
      // A page that comes back as it was loads nothing that could be waited for.
      back: async () => {
        await page.evaluate('setTimeout(() => history.back())');
      },
      forward: async () => {
        await page.evaluate('setTimeout(() => history.forward())');
      },
      reload: async () => {
        await page.reload();
      },
      press: async (xpath) => {
        await (await find(xpath)).click();
      },
      type: async (xpath, text) => {
        await (await find(xpath)).click({ count: 3 });
        await page.keyboard.type(text);
      },
      evaluate: (expression) => page.evaluate(expression),
      close: () => browser.close(),
    };
  },
};
