import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { chromium, describeWith } from '../peers.ts'
import { complaints, openTextloom, type TextloomApp } from './textloom-app.ts'

const config = {
  links: [{ id: 'phone', kind: 'loopback' }],
  channels: [{ id: '4040', address: '4040', link: 'phone' }],
  flows: [],
}
const phones = Array.from({ length: 200 }, (_, index) => `+3630${String(1_000_000 + index)}`)

describeWith([chromium], 'campaigns', () => {
  let app: TextloomApp
  let page: Page

  beforeAll(async () => {
    app = await openTextloom({ config })
  })
  afterAll(() => app?.close())
  afterEach(async () => {
    expect(complaints.get(page) ?? []).toEqual([])
    await page?.close()
  })

  test('one is written, checked, launched, paused and resumed', async () => {
    page = await app.nextPage()
    await page.goto('/campaigns')
    await page.getByRole('button', { name: 'New campaign' }).click()
    await page.getByLabel('Name').fill('Autumn news')
    await page.getByLabel('English').fill('News for {{ contact.name | default: "you" }}')
    await page.getByRole('button', { name: 'Next: Who' }).click()
    await page.getByLabel('Phone numbers').fill(phones.join('\n'))
    await page.getByText('Also who was never asked').click()
    await page.getByRole('button', { name: 'Next: When' }).click()
    await page.getByRole('switch', { name: 'Quiet hours' }).click({ force: true })
    await page.getByText('Pace, lateness').click()
    await page.getByLabel('People a minute, at most').fill('900')
    await page.getByRole('button', { name: 'Next: Check' }).click()

    await page.getByText('name is empty for 200 people.').waitFor()
    await page.getByText('News for you').waitFor()
    const launch = page.getByRole('button', { name: 'Launch: 200 people' })
    expect(await launch.isDisabled()).toBe(true)
    await page.getByLabel('I have looked at this').check()
    await launch.click()

    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('status').getByText('Paused').waitFor()
    const toCome = page.locator('.tl-funnel-rest div', { hasText: 'Still to come' }).locator('dd')
    await expect.poll(async () => Number(await toCome.innerText())).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByRole('status').getByText('Finished').waitFor({ timeout: 60_000 })
    const sent = page.locator('.tl-funnel li', { hasText: 'Sent' }).locator('strong')
    await expect.poll(() => sent.innerText(), { timeout: 20_000 }).toBe('200')
    await page.goto('/campaigns')
    await page
      .getByRole('link', { name: /Autumn news/ })
      .getByText('Finished')
      .waitFor()
  })
})
