import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { chromium, describeWith } from '../peers.ts'
import { complaints, openTextloom, type TextloomApp } from './textloom-app.ts'

const LARGE = 2_500

describeWith([chromium], 'imports', () => {
  let app: TextloomApp
  let page: Page

  beforeAll(async () => {
    app = await openTextloom()
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ key: 'city', title: 'City', type: 'text' })
    expect((await app.api('/api/v1/fields', { method: 'POST', headers, body })).ok).toBe(true)
  })
  afterAll(() => app?.close())
  afterEach(() => {
    // Files that are refused are refused as such, and Chromium writes that down.
    expect((complaints.get(page) ?? []).filter((line) => !/status of (413|415|422)/.test(line))).toEqual([])
  })

  const upload = async (name: string, buffer: Buffer) => {
    await page.goto('/people/import')
    await page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
  }
  const figure = (what: string) =>
    page.locator('.tl-import-figures div', { has: page.getByText(what, { exact: true }) }).locator('dd')
  const ready = async () => {
    await page.getByRole('button', { name: 'See what would happen' }).click()
    await page.getByRole('heading', { name: 'What would happen' }).waitFor({ timeout: 60_000 })
  }

  test('a file of Excel in Hungary is read, mapped, tried, run and undone', async () => {
    page = await app.nextPage()
    // Windows-1250: ő and ű are 0xF5 and 0xFB there.
    const text = [
      'Telefon;Név;Város',
      '06 30 111 0001;Gyõrfi Anna;Gyõr',
      '+36 (30) 111-0001;Gyõrfi Anna;Gyõr',
      '0036301110002;Fûzfa Béla;Pécs',
      'call me;Nobody;Pécs',
    ].join('\r\n')
    await upload('people.csv', Buffer.from(text, 'latin1'))
    await page.getByRole('heading', { name: 'people.csv' }).waitFor()
    expect(await page.getByLabel('Letters').inputValue()).toBe('windows-1250')
    expect(await page.getByLabel('Between values').inputValue()).toBe(';')
    await page.getByText('Győrfi Anna').first().waitFor()
    await page.getByLabel('What Telefon is').selectOption('Phone number')
    await page.getByLabel('What Név is').selectOption('Name')
    await page.getByLabel('What Város is').selectOption('City')
    await page.getByRole('combobox', { name: 'Numbers without a country are of' }).fill('Hung')
    await page.getByRole('option', { name: /Hungary/ }).click()
    await ready()
    expect(await figure('new').innerText()).toBe('2')
    expect(await figure('the same phone again').innerText()).toBe('1')
    expect(await figure('refused').innerText()).toBe('1')

    const saving = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Refused rows' }).click()
    expect(await readFile(await (await saving).path(), 'utf8')).toContain('call me')
    await page.getByRole('button', { name: 'Import 2 contacts' }).click()
    await page.getByRole('heading', { name: 'What was imported' }).waitFor({ timeout: 60_000 })
    await page.goto('/people')
    await page.getByText('2 contacts').waitFor()
    await page.getByRole('link', { name: 'Fűzfa Béla' }).waitFor()

    await page.goto('/people/import')
    await page.getByRole('link', { name: /people\.csv/ }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Undo the import' }).click()
    await page.getByRole('heading', { name: 'What was taken back' }).waitFor({ timeout: 60_000 })
    await page.goto('/people')
    await page.getByText('Nobody is known yet').waitFor()
  })

  test('a file that is none is refused with what to do about it, and leaves nothing behind', async () => {
    page = await app.nextPage({ width: 390, height: 844 })
    await upload('photo.csv', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').innerText()).toBe('This is a picture, not a table: choose the table itself.')
    const columns = Array.from({ length: 16_384 }, (_, index) => `c${index}`).join(',')
    await upload('wide.csv', Buffer.from(`${columns}\n`))
    await page.getByRole('alert').getByText(/200/).waitFor()
    await page.goto('/people/import')
    expect(await page.locator('.tl-import-list').getByText('photo.csv').count()).toBe(0)
    expect(await page.locator('.tl-import-list').getByText('wide.csv').count()).toBe(0)
  })

  test(`a file of ${LARGE.toLocaleString('en')} rows is tried and imported while the page looks on`, async () => {
    page = await app.nextPage()
    const rows = Array.from({ length: LARGE }, (_, index) => `+3620${1_000_000 + index},Person ${index}`)
    await upload('many.csv', Buffer.from(`phone,name\n${rows.join('\n')}\n`))
    await page.getByRole('heading', { name: 'many.csv' }).waitFor()
    await ready()
    await page.getByRole('button', { name: `Import ${LARGE.toLocaleString('en')} contacts` }).click()
    await page.locator('.tl-page-head').getByText('Imported', { exact: true }).waitFor({ timeout: 60_000 })
    expect(await figure('new').innerText()).toBe(LARGE.toLocaleString('en'))
    await page.goto('/people')
    await page.getByText(`Person ${LARGE - 1}`).waitFor()
  })
})
