import { createHash } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { Sql, SqlParam } from '../db/sql.ts'

/** Keeps guessers of passwords slow, in all processes together. */
export interface SignInLimits {
  /** Counts a try. Returns how long to wait, in milliseconds, where there were too many: then nothing is looked at. */
  take(tried: Try): Promise<number | undefined>
  /** The try was right: the account's failures are forgotten. */
  succeeded(tried: Try): Promise<void>
}

/** Somebody gives a password. */
export interface Try {
  /** Canonical. */
  readonly email: string
  /** The network address it comes from. */
  readonly address: string
  /** A browser in which this account was signed in with before: its tries are counted by themselves. */
  readonly device?: string | undefined
}

const WINDOW_SECONDS = 15 * 60
const TRIES_PER_ACCOUNT = 10
/** Offices share an address. */
const TRIES_PER_ADDRESS = 50

/** Windows of fifteen minutes, so nobody is locked out for good. */
export function signInLimits(sql: Sql): SignInLimits {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterPostgres({
      storeClient: clientOver(sql),
      storeType: 'client',
      tableName: 'rate_limit',
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix,
      points,
      duration: WINDOW_SECONDS,
    })
  const accounts = limiter('sign-in-account', TRIES_PER_ACCOUNT)
  const addresses = limiter('sign-in-address', TRIES_PER_ADDRESS)

  return {
    async take(tried) {
      const waits = [await waitOf(addresses, networkOf(tried)), await waitOf(accounts, accountOf(tried))]
      const longest = Math.max(...waits)
      return longest > 0 ? longest : undefined
    },
    async succeeded(tried) {
      await Promise.all([accounts.delete(accountOf(tried)), addresses.reward(networkOf(tried), 1)])
    },
  }
}

/** The driver that the limiter expects, over the port. */
function clientOver(sql: Sql) {
  return {
    query: async ({ text, values }: { text: string; values: SqlParam[] }) => ({ rows: await sql.query(text, values) }),
  }
}

async function waitOf(limiter: RateLimiterPostgres, key: string): Promise<number> {
  try {
    await limiter.consume(key)
    return 0
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return Math.max(refused.msBeforeNext, 1_000)
    throw refused
  }
}

function accountOf({ email, device }: Try): string {
  return hashOf(JSON.stringify([email, device]))
}

/** One customer of a provider has a whole /64 of IPv6. */
function networkOf({ address }: Try): string {
  if (!ipaddr.isValid(address)) return hashOf(address)
  const ip = ipaddr.process(address)
  return hashOf(ip.kind() === 'ipv6' ? ip.toByteArray().slice(0, 8).join('.') : ip.toString())
}

function hashOf(whom: string): string {
  return createHash('sha256').update(whom).digest('base64url')
}
