import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { chromium, describeWith } from '../peers.ts'
import { complaints, openTextloom, type TextloomApp } from './textloom-app.ts'

describeWith([chromium], 'people', () => {
  let app: TextloomApp
  let page: Page

  beforeAll(async () => {
    app = await openTextloom()
    await post('/fields', { key: 'city', title: 'City', type: 'text' })
    await post('/fields', { key: 'visit', title: 'Next visit', type: 'date' })
    await post('/groups', { id: 'vip', title: 'VIP customers' })
    for (const [index, [name, city]] of [
      ['Anna Kiss', 'Pécs'],
      ['Béla Nagy', 'Győr'],
      ['Cili Kovács', 'Pécs'],
    ].entries()) {
      const fields = { city, visit: `2026-03-0${index + 1} 10:00` }
      await post('/contacts', {
        phone: `+3630111000${index}`,
        name,
        language: 'hu',
        fields,
        groups: index === 0 ? ['vip'] : [],
      })
    }
  })
  afterAll(() => app?.close())
  afterEach(async () => {
    // A query that cannot be asked is refused as such, and Chromium writes that down.
    expect((complaints.get(page) ?? []).filter((line) => !/status of 422/.test(line))).toEqual([])
  })

  async function post(path: string, body: unknown) {
    const headers = { 'content-type': 'application/json' }
    const response = await app.api(`/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    expect(response.ok, await response.clone().text()).toBe(true)
  }

  const rows = () => page.locator('.tl-people tbody tr .tl-person-link strong').allInnerTexts()

  test('are searched, filtered by what a query says, and kept as a group', async () => {
    page = await app.nextPage()
    await page.goto('/people')
    await page.getByText('3 contacts').waitFor()
    expect(await rows()).toEqual(['Cili Kovács', 'Béla Nagy', 'Anna Kiss'])
    await page.getByLabel('Name or number').fill('ki')
    await page.getByText('1 contact found').waitFor()
    expect(await rows()).toEqual(['Anna Kiss'])
    await page.getByLabel('Name or number').fill('')
    await page.getByText('3 contacts').waitFor()

    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByRole('button', { name: 'Add a condition' }).click()
    await page.getByLabel('What', { exact: true }).selectOption('City')
    await page.getByLabel('Value').fill('pécs')
    await page.getByLabel('Value').press('Enter')
    await page.getByText('2 contacts found').waitFor()
    expect(await page.getByLabel('Query').inputValue()).toBe('field.city = pécs')
    await page.getByLabel('Query').fill('field.ciyt = pécs')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByText('Did you mean "city"?').waitFor()
    await page.getByLabel('Query').fill('field.city = pécs and group != vip')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByText('1 contact found').waitFor()
    await page.getByRole('button', { name: 'Save as group' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('Pécs newcomers')
    await page.getByRole('button', { name: 'Make the group' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Groups' }).click()
    await page.getByRole('link', { name: 'Pécs newcomers' }).click()
    await page.getByText('1 contact found').waitFor()
    expect(await rows()).toEqual(['Cili Kovács'])
  })

  test('are opened, changed and noted on, and what they agreed to is recorded', async () => {
    page = await app.nextPage()
    await page.goto('/people')
    await page.getByRole('link', { name: 'Anna Kiss' }).click()
    await page.getByRole('heading', { name: 'Anna Kiss' }).waitFor()
    await page.getByText('Europe/Budapest, by the number').waitFor()
    await page.getByRole('button', { name: 'Change', exact: true }).click()
    await page.getByRole('dialog').getByLabel('City').fill('Szeged')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('City: Pécs → Szeged').waitFor()
    await page.getByRole('textbox', { name: 'Note' }).fill('Prefers mornings.')
    await page.getByRole('button', { name: 'Add note' }).click()
    await page.locator('.tl-timeline').getByText('Prefers mornings.').waitFor()
    await page.getByRole('button', { name: 'Record consent' }).click()
    await page.getByLabel('They', { exact: true }).selectOption('agreed')
    await page.getByLabel('Topic').fill('news')
    await page.getByLabel('What they said, or were shown').fill('Yes, send me news.')
    await page.getByRole('button', { name: 'Record', exact: true }).click()
    await page.getByText('Agreed to news: “Yes, send me news.”').waitFor()
  })

  test('who may have meant STOP wait for somebody to decide', async () => {
    await post('/channels/loopback/handset', { from: '+36301110002', text: 'please stop texting me' })
    page = await app.nextPage({ width: 390, height: 844 })
    await page.goto('/people/review')
    await page.getByText('please stop texting me').waitFor()
    await page.getByRole('button', { name: 'Opt Cili Kovács out' }).click()
    await page.getByText('Nothing to review').waitFor()
    await page.goto('/people/%2B36301110002')
    await page.getByText('opted out').first().waitFor()
    await page.getByText('Refused messages at all: “please stop texting me”').waitFor()
  })
})
