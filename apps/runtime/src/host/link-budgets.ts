import { freePace } from './pace.ts'
import { rateOf } from './rate.ts'

/** How fast links of one account may send, together. Counted in segments, as networks count. */
export interface LinkBudget {
  /** Segments that may leave now. */
  available(nowMs: number): number
  /** Takes what leaves now; beyond what is available is owed, also by the other links of the account. */
  take(segments: number, nowMs: number): void
  /** Milliseconds until a segment may leave. */
  waitMs(nowMs: number): number
  /** The network took these. */
  accepted(segments: number, nowMs: number): void
  /** The network asked to slow down. */
  throttled(nowMs: number): void
}

/** The budget of a link, as it is configured. */
export interface BudgetTerms {
  readonly link: string
  /** Links of the same name share one. */
  readonly name: string
  readonly messagesPerSecond: number | undefined
}

/** The budgets of the links of this process. */
export interface LinkBudgets {
  /** From now on these are the links and their budgets; what is known of a budget by its name stays known. */
  configure(terms: readonly BudgetTerms[]): void
  /** The budget that a link has at each moment. */
  budgetOf(link: string): LinkBudget
}

export function linkBudgets(): LinkBudgets {
  let names = new Map<string, string>()
  let limits = new Map<string, number>()
  const budgets = new Map<string, LinkBudget>()

  function named(name: string): LinkBudget {
    const budget = budgets.get(name) ?? newBudget(() => limits.get(name))
    budgets.set(name, budget)
    return budget
  }

  return {
    configure(terms) {
      names = new Map(terms.map(({ link, name }) => [link, name]))
      limits = new Map()
      for (const { name, messagesPerSecond = Number.POSITIVE_INFINITY } of terms) {
        // Links of one account that say different things: the account bears the least of them.
        const limit = Math.min(limits.get(name) ?? Number.POSITIVE_INFINITY, messagesPerSecond)
        if (limit !== Number.POSITIVE_INFINITY) limits.set(name, limit)
      }
      const used = new Set(names.values())
      for (const name of budgets.keys()) if (!used.has(name)) budgets.delete(name)
    },
    budgetOf(link) {
      const current = () => named(names.get(link) ?? link)
      return {
        available: (nowMs) => current().available(nowMs),
        take: (segments, nowMs) => current().take(segments, nowMs),
        waitMs: (nowMs) => current().waitMs(nowMs),
        accepted: (segments, nowMs) => current().accepted(segments, nowMs),
        throttled: (nowMs) => current().throttled(nowMs),
      }
    },
  }
}

/** Goes by what is configured, and by what the network bears where that is less. */
function newBudget(configured: () => number | undefined): LinkBudget {
  const pace = freePace()
  const rate = rateOf((nowMs) => least(configured(), pace.perSecond(nowMs)))
  return {
    available: rate.available,
    take: rate.take,
    waitMs: rate.waitMs,
    accepted: pace.accepted,
    throttled: pace.throttled,
  }
}

function least(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return Math.min(one, other)
}
