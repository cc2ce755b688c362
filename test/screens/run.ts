/** npm run screens [-- name…]: takes the pictures of docs/screens, all of them or those whose names begin so. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { type Browser, chromium as driver, type Page } from 'playwright-core'
import { chromium } from '../peers.ts'
import { administrator, type PicturedInstance, patienceMs, startEmpty, startNew, startWithSmsc } from './instance.ts'
import { inPalette } from './palette-png.ts'
import { prepare } from './prepare.ts'
import { type Look, type Screen, screens, sizes } from './screens.ts'
import { tellInStoryTime } from './story-time.ts'

const folder = new URL('../../docs/screens/', import.meta.url)

const wanted = process.argv.slice(2)
if (chromium.path === undefined) throw new Error('Chromium is not installed: apt-get install chromium')
const browser = await driver.launch({
  executablePath: chromium.path,
  args: ['--no-sandbox', '--font-render-hinting=none'],
})
const full = await startWithSmsc()
const empty = await startEmpty()
const fresh = await startNew()
try {
  const prepared = await prepare(full)
  await mkdir(folder, { recursive: true })
  const preparedMs = Date.now()
  const pictures = screens({ ...prepared, setUpPath: fresh.setUpPath }).flatMap((screen) =>
    screen.looks.map((look) => ({
      screen,
      look,
      file: `${[screen.name, ...(look === 'light' ? [] : [look])].join('.')}.png`,
    })),
  )
  const waiting = pictures.filter(({ file }) => wanted.length === 0 || wanted.some((one) => file.startsWith(one)))
  const takeAll = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { screen, look, file } = next
      const instance = { full, empty, new: fresh }[screen.of ?? 'full']
      const page = await openPage(browser, instance, { screen, look, preparedMs })
      await screen.show(page)
      await settled(page)
      await writeFile(new URL(file, folder), inPalette(await page.screenshot({ timeout: patienceMs })))
      // What the page still asks for is of no interest.
      await page.context().unrouteAll({ behavior: 'ignoreErrors' })
      await page.context().close()
      console.log(file)
    }
  }
  await takeAll()
  const made = new Set(pictures.map(({ file }) => file))
  for (const file of await readdir(folder))
    if (file.endsWith('.png') && !made.has(file)) await rm(new URL(file, folder))
} finally {
  await browser.close()
  await Promise.all([full, empty, fresh].map((instance) => instance.close()))
}

async function openPage(
  browser: Browser,
  { url }: Pick<PicturedInstance, 'url'>,
  { screen, look, preparedMs }: { screen: Screen; look: Look; preparedMs: number },
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: look.startsWith('narrow') ? sizes.narrow : sizes.wide,
    deviceScaleFactor: screen.isSharp ? 1.5 : look.startsWith('narrow') ? 1.5 : 1,
    colorScheme: look.endsWith('dark') ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  })
  context.setDefaultTimeout(patienceMs)
  if (!screen.isSignedOut) {
    const signedIn = await context.request.post(`${url}/api/v1/sign-in`, {
      data: administrator,
      headers: { origin: url },
    })
    if (!signedIn.ok()) throw new Error(`Signing in: ${await signedIn.text()}`)
  }
  await tellInStoryTime(context, preparedMs)
  return context.newPage()
}

/** Fonts are there, and nothing moves any more. */
async function settled(page: Page): Promise<void> {
  await page.evaluate('document.fonts.ready')
  await page.waitForFunction('document.querySelector(\'[aria-busy="true"]\') === null')
  let before = ''
  for (let looks = 0; looks < 4; looks += 1) {
    const now = (await page.screenshot({ timeout: patienceMs })).toString('base64')
    if (now === before) return
    before = now
  }
}
