import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { linkBudgets } from './link-budgets.ts'

const account = (link: string, messagesPerSecond?: number) => ({ link, name: 'account', messagesPerSecond })

test('field trap 6: what one link of an account sends, the other may not, counted in segments', () => {
  const budgets = linkBudgets()
  budgets.configure([account('a', 10), account('b', 10), { link: 'c', name: 'another', messagesPerSecond: 10 }])
  budgets.budgetOf('a').take(3, 0)
  expect(['a', 'b', 'c'].map((link) => budgets.budgetOf(link).available(0))).toEqual([0, 0, 1])
  expect(budgets.budgetOf('b').waitMs(0)).toBe(300)
})

test('links of one account that disagree go by the least', () => {
  const budgets = linkBudgets()
  budgets.configure([account('a'), account('b', 40), account('c', 20)])
  budgets.budgetOf('a').take(1, 0)
  expect(budgets.budgetOf('a').waitMs(0)).toBe(50)
})

test('field trap 5: a network that asks one link to slow down slows the account, and no other', () => {
  const budgets = linkBudgets()
  budgets.configure([account('a'), account('b'), { link: 'c', name: 'another', messagesPerSecond: undefined }])
  budgets.budgetOf('a').throttled(0)
  budgets.budgetOf('a').take(1, 0)
  expect(budgets.budgetOf('b').available(0)).toBe(0)
  expect(budgets.budgetOf('c').available(0)).toBe(Number.POSITIVE_INFINITY)
})

test('a limit that changes is heeded at once, and what was learnt stays known', () => {
  const budgets = linkBudgets()
  const budget = budgets.budgetOf('a')
  budgets.configure([account('a', 10)])
  budget.take(1, 0)
  budgets.configure([account('a')])
  expect(budget.available(0)).toBe(Number.POSITIVE_INFINITY)
  budget.throttled(0)
  budgets.configure([account('a'), account('b')])
  budget.take(1, 0)
  expect(budget.available(0)).toBe(0)
})

test('over any time all links of an account send no more than its rate, a burst and a long message each', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.array(
        fc.record({ pauseMs: fc.nat(300), link: fc.constantFrom('a', 'b'), segments: fc.integer({ min: 1, max: 6 }) }),
        {
          maxLength: 60,
        },
      ),
      (perSecond, sends) => {
        const budgets = linkBudgets()
        budgets.configure([account('a', perSecond), account('b', perSecond)])
        let nowMs = 0
        let sent = 0
        for (const { pauseMs, link, segments } of sends) {
          nowMs += pauseMs
          const budget = budgets.budgetOf(link)
          if (budget.available(nowMs) === 0) continue
          budget.take(segments, nowMs)
          sent += segments
        }
        expect(sent).toBeLessThanOrEqual((nowMs / 1_000) * perSecond + Math.max(1, perSecond / 10) + 5.001)
      },
    ),
    { numRuns: 50 },
  )
})
