import type { Locator, Page } from 'playwright-core'
import { administrator } from './instance.ts'
import type { Prepared } from './prepare.ts'

/** The windows of the pictures. */
export const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } }

/** How a picture is taken: `light` wide unless it says otherwise. */
export type Look = 'light' | 'dark' | 'narrow' | 'narrow-dark'

/** One screen of the app. */
export interface Screen {
  /** The file without looks and `.png`. */
  readonly name: string
  readonly of?: 'full' | 'empty' | 'new'
  readonly looks: readonly Look[]
  readonly isSignedOut?: boolean
  /** More pixels, for the picture that the README shows. */
  readonly isSharp?: boolean
  /** Brings a fresh page to where the picture is taken. */
  show(page: Page): Promise<unknown>
}

const everyLook = ['light', 'dark', 'narrow'] as const
const menu = (page: Page) => page.locator('.react-flow__node[data-id="offer"]')

/** Every screen of the app, full, empty and where something is wrong. */
export function screens(prepared: Prepared & { readonly setUpPath: string }): readonly Screen[] {
  const { runningSession, failedSession, calledSession, openTicket, closedTicket, setUpPath } = prepared
  const { checkedCampaign, reminderDraft, alertDraft, finishedCampaign } = prepared
  const { knownPerson, draftImport, triedImport, finishedImport } = prepared
  return [
    {
      name: 'flow-with-phone',
      isSharp: true,
      looks: everyLook,
      async show(page) {
        await openFlow(page, 'spring-offer')
        await page.getByRole('button', { name: 'Try it' }).click()
        for (const text of ['SPRING', '1', 'Leeds']) {
          const field = page.locator('.tl-phone').getByLabel('Text message')
          await field.fill(text)
          await field.press('Enter')
        }
        await page.locator('.tl-phone').getByText('Our shop in Leeds').waitFor()
        await page.locator('.tl-phone').getByLabel('Text message').blur()
      },
    },
    { name: 'flow', looks: everyLook, show: (page) => openFlow(page, 'help-menu') },
    {
      name: 'flow-step',
      looks: everyLook,
      async show(page) {
        await openFlow(page, 'spring-offer')
        await menu(page).click({ position: { x: 60, y: 20 } })
        await page.getByText('Options', { exact: true }).first().waitFor()
      },
    },
    {
      name: 'flow-table',
      looks: everyLook,
      async show(page) {
        await page.goto('/flows/shop-answers?view=table')
        await page.getByText('Park free').first().waitFor()
      },
    },
    {
      name: 'flow-translations',
      looks: ['light', 'narrow'],
      async show(page) {
        await page.goto('/flows/appointment-reminder?view=translations')
        await page.locator('textarea, .cm-content').first().waitFor()
      },
    },
    {
      name: 'flow-problems',
      looks: ['light', 'narrow'],
      async show(page) {
        await openFlow(page, 'stock-alerts')
        await page.locator('.tl-flow-problems[data-tone="bad"]').click()
      },
    },
    {
      name: 'flow-settings',
      looks: ['light'],
      async show(page) {
        await openFlow(page, 'spring-offer')
        await page.getByRole('button', { name: 'Settings of this flow' }).click()
        await page.getByText('Variables', { exact: true }).first().waitFor()
        await page.mouse.move(sizes.wide.width / 2, sizes.wide.height / 2)
      },
    },
    {
      name: 'flows-empty',
      of: 'empty',
      looks: ['light', 'narrow'],
      show: (page) => visit(page, '/flows', 'Draw your first'),
    },
    {
      name: 'flow-empty',
      of: 'empty',
      looks: everyLook,
      async show(page) {
        await page.goto('/flows')
        await page.getByRole('button', { name: 'New flow' }).first().click()
        await page.getByLabel('Name').fill(`Flow ${Math.random().toString(36).slice(2, 6)}`)
        await page.getByRole('button', { name: 'Make it' }).click()
        await page.locator('.tl-canvas[data-fitted]').waitFor()
        await page.getByLabel('Name of the flow').fill('Spring offer')
        await page.getByLabel('Name of the flow').blur()
        await page.locator('.tl-save[data-state="saved"]').waitFor()
      },
    },
    {
      name: 'publish',
      looks: everyLook,
      async show(page) {
        await openFlow(page, 'spring-offer')
        await page.getByRole('button', { name: 'Publish' }).click()
        await page.getByRole('checkbox').first().waitFor()
      },
    },
    {
      name: 'publish-versions',
      looks: ['light'],
      async show(page) {
        await openFlow(page, 'spring-offer')
        await page.getByRole('button', { name: 'Publish' }).click()
        await page.getByRole('tab', { name: 'Earlier versions' }).click()
        await page.getByText('v3').first().waitFor()
      },
    },
    {
      name: 'conflict',
      looks: ['light'],
      async show(page) {
        await openFlow(page, 'summer-offer')
        await page.route('**/api/v1/flows/summer-offer', async (route) => {
          if (route.request().method() === 'PUT') {
            const headers = { ...route.request().headers(), 'if-match': '"of-another-tab"' }
            return route.fulfill({ response: await route.fetch({ headers }) })
          }
          const response = await route.fetch()
          const text = (await response.text()).replaceAll('20%', '25%')
          return route.fulfill({ response, body: text })
        })
        await page.getByLabel('Name of the flow').fill('Summer sale')
        await page.getByLabel('Name of the flow').blur()
        await page.getByText('This flow was changed somewhere else').waitFor()
      },
    },
    { name: 'flows', looks: everyLook, show: (page) => visit(page, '/flows', 'Spring offer') },
    {
      name: 'flows-error',
      looks: ['light'],
      async show(page) {
        await page.route(/\/api\/v1\/flows\?/, (route) => route.abort())
        await visit(page, '/flows', 'No connection')
      },
    },
    {
      name: 'new-flow',
      looks: everyLook,
      async show(page) {
        await visit(page, '/flows', 'Spring offer')
        await page.getByRole('button', { name: 'New flow' }).click()
        await page.getByRole('button', { name: /^NPS survey/ }).click()
      },
    },
    {
      name: 'palette',
      looks: ['light', 'dark'],
      async show(page) {
        await openFlow(page, 'spring-offer')
        await page.keyboard.press('Control+k')
        await page.getByRole('dialog').waitFor()
      },
    },
    {
      name: 'shortcuts',
      looks: ['light'],
      async show(page) {
        await openFlow(page, 'spring-offer')
        await page.keyboard.press('?')
        await page.getByRole('dialog').waitFor()
      },
    },
    { name: 'campaigns', looks: everyLook, show: (page) => visit(page, '/campaigns', 'Appointment reminders') },
    {
      name: 'campaigns-empty',
      of: 'empty',
      looks: ['light'],
      show: (page) => visit(page, '/campaigns', 'Nothing has gone out'),
    },
    {
      name: 'campaign-what',
      looks: ['light', 'narrow'],
      show: (page) => visit(page, `/campaigns/${reminderDraft}`, 'Send it to yourself'),
    },
    {
      name: 'campaign-who',
      looks: ['light'],
      show: (page) => openStep(page, reminderDraft, 'Who', 'But not'),
    },
    {
      name: 'campaign-when',
      looks: ['light', 'dark', 'narrow'],
      show: (page) => openStep(page, reminderDraft, 'When', 'Another reminder'),
    },
    {
      name: 'campaign-check',
      looks: everyLook,
      show: (page) => openStep(page, checkedCampaign, 'Check', 'Where it goes'),
    },
    {
      name: 'campaign-alert',
      looks: ['light'],
      show: (page) => openStep(page, alertDraft, 'When', 'Why it may come at night'),
    },
    {
      name: 'campaign-live',
      looks: everyLook,
      show: (page) => visit(page, `/campaigns/${finishedCampaign}`, 'What they replied'),
    },
    { name: 'people', looks: everyLook, show: (page) => visit(page, '/people', 'Yuki Mori') },
    {
      name: 'people-query',
      looks: ['light', 'narrow'],
      async show(page) {
        await visit(page, '/people?query=field.town+%3D+Leeds+and+group+%3D+regulars', '2 contacts found')
        await page.getByText('Harriet Lowe').waitFor()
      },
    },
    {
      name: 'people-empty',
      of: 'empty',
      looks: ['light'],
      show: (page) => visit(page, '/people', 'Nobody is known yet'),
    },
    { name: 'person', looks: everyLook, show: (page) => visit(page, `/people/${knownPerson}`, 'Prefers mornings') },
    { name: 'groups', looks: ['light', 'narrow'], show: (page) => visit(page, '/people/groups', 'Plus in Leeds') },
    { name: 'reviews', looks: everyLook, show: (page) => visit(page, '/people/review', 'please stop texting me') },
    { name: 'imports', looks: everyLook, show: (page) => visit(page, '/people/import', 'loyalty-cards.csv') },
    {
      name: 'import-columns',
      looks: everyLook,
      show: (page) => visit(page, `/people/import/${draftImport}`, 'How rows become contacts'),
    },
    {
      name: 'import-tried',
      looks: everyLook,
      show: (page) => visit(page, `/people/import/${triedImport}`, 'What would happen'),
    },
    {
      name: 'import-done',
      looks: ['light', 'narrow'],
      show: (page) => visit(page, `/people/import/${finishedImport}`, 'What was imported'),
    },
    { name: 'sessions', looks: everyLook, show: (page) => visit(page, '/sessions', 'on shop-phones') },
    {
      name: 'sessions-empty',
      of: 'empty',
      looks: ['light', 'narrow'],
      show: (page) => visit(page, '/sessions', 'Nobody has texted'),
    },
    {
      name: 'session',
      looks: everyLook,
      show: (page) => visitSession(page, runningSession, 'Delivered'),
    },
    {
      name: 'session-failed',
      looks: ['light'],
      show: (page) => visitSession(page, failedSession, 'Why it failed'),
    },
    {
      name: 'session-called',
      looks: ['light', 'narrow-dark'],
      show: (page) => visitSession(page, calledSession, 'Into How did we do?'),
    },
    { name: 'inbox', looks: everyLook, show: (page) => visit(page, '/inbox', 'Nell Barker') },
    {
      name: 'inbox-empty',
      of: 'empty',
      looks: ['light', 'narrow'],
      show: (page) => visit(page, '/inbox', 'All quiet'),
    },
    {
      name: 'ticket',
      looks: everyLook,
      show: (page) => visitTicket(page, `${openTicket}?view=mine`, 'Could they ring the side door'),
    },
    {
      name: 'ticket-closed',
      looks: ['light'],
      show: (page) => visitTicket(page, `${closedTicket}?view=closed`, 'After this ticket'),
    },
    {
      name: 'ticket-transfer',
      looks: ['light'],
      async show(page) {
        await visitTicket(page, `${openTicket}?view=mine`, 'Could they ring the side door')
        await page.getByRole('button', { name: 'Transfer' }).click()
        await page.getByRole('dialog').getByLabel('Queue').selectOption('Returns')
      },
    },
    { name: 'problems', looks: ['light', 'narrow'], show: (page) => visit(page, '/sessions/dead-letters', 'No flow') },
    { name: 'channels', looks: everyLook, show: (page) => visit(page, '/channels', 'shop-phones') },
    {
      name: 'channels-empty',
      of: 'empty',
      looks: ['light'],
      show: (page) => visit(page, '/channels', 'No network is connected'),
    },
    {
      name: 'new-link',
      looks: ['light'],
      async show(page) {
        await visit(page, '/channels', 'shop-phones')
        await page.getByRole('button', { name: 'Connect a network' }).click()
        await page.getByRole('dialog').waitFor()
      },
    },
    {
      name: 'phone',
      looks: everyLook,
      async show(page) {
        await page.goto('/phone')
        await onTwoNewPhones(page)
        const [first, second] = [page.locator('.tl-handset').first(), page.locator('.tl-handset').nth(1)]
        await say(first, 'SPRING', 'Reply 1 for shops')
        await say(first, '1', 'Which town')
        if (page.viewportSize()?.width === sizes.wide.width) await say(second, 'SURVEY', 'How likely')
      },
    },
    { name: 'settings', looks: everyLook, show: (page) => visit(page, '/settings', 'Ben Okafor') },
    {
      name: 'queues',
      looks: ['light'],
      async show(page) {
        await visit(page, '/settings', 'Customer care')
        await page.getByRole('heading', { name: 'Queues' }).evaluate((heading) => heading.scrollIntoView())
      },
    },
    {
      name: 'audit',
      looks: ['light', 'narrow'],
      async show(page) {
        await visit(page, '/settings', 'signed in')
        await page.getByRole('heading', { name: 'What was done' }).evaluate((heading) => heading.scrollIntoView())
      },
    },
    {
      name: 'queue',
      looks: ['light', 'narrow'],
      async show(page) {
        await visit(page, '/settings', 'Customer care')
        await page.getByRole('button', { name: 'Change Customer care' }).click()
        await page.getByRole('dialog').getByText('Europe/London').or(page.getByLabel('Time zone')).first().waitFor()
      },
    },
    {
      name: 'set-up',
      of: 'new',
      isSignedOut: true,
      looks: ['light', 'narrow'],
      show: (page) => visit(page, setUpPath, 'You will be its administrator'),
    },
    { name: 'sign-in', isSignedOut: true, looks: everyLook, show: (page) => visit(page, '/sign-in', 'Sign in') },
    {
      name: 'sign-in-refused',
      isSignedOut: true,
      looks: ['light'],
      async show(page) {
        await page.goto('/sign-in')
        await page.getByLabel(/mail/i).fill(administrator.email)
        await page.locator('input[type="password"]').fill('not-this-one-either')
        await page.keyboard.press('Enter')
        await page.getByRole('alert').waitFor()
      },
    },
  ]
}

let phonesSoFar = 0

/** Each picture texts from numbers that have said nothing yet. */
async function onTwoNewPhones(page: Page): Promise<void> {
  const phones = [0, 1].map((index) => `+15555550${101 + phonesSoFar + index}`)
  phonesSoFar += 2
  await page.evaluate(`localStorage.setItem('textloom.handsets', ${JSON.stringify(JSON.stringify({ phones }))})`)
  await page.reload()
}

async function say(handset: Locator, text: string, answer: string): Promise<void> {
  const field = handset.getByRole('textbox').last()
  await field.fill(text)
  await field.press('Enter')
  await handset.getByText(answer).first().waitFor()
}

async function openFlow(page: Page, flow: string): Promise<void> {
  await page.goto(`/flows/${flow}`)
  await page.locator('.tl-canvas[data-fitted]').waitFor()
}

async function openStep(page: Page, campaign: string, step: string, wanted: string): Promise<void> {
  await page.goto(`/campaigns/${campaign}`)
  await page
    .getByRole('button', { name: new RegExp(`${step}`) })
    .first()
    .click()
  await page.getByText(wanted).first().waitFor()
}

async function visit(page: Page, path: string, says: string): Promise<void> {
  await page.goto(path)
  await page.getByText(says).first().waitFor()
}

async function visitTicket(page: Page, ticket: string, says: string): Promise<void> {
  await page.goto(`/inbox/${ticket}`)
  await page.locator('.tl-ticket-thread').getByText(says).waitFor()
}

async function visitSession(page: Page, session: string, says: string): Promise<void> {
  await visit(page, `/sessions/${session}`, says)
  await page.locator('.tl-canvas[data-fitted]').waitFor()
}
