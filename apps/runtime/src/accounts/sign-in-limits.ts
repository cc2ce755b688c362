import { createHash } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { Sql, SqlParam } from '../db/sql.ts'

/** Keeps guessers of passwords slow, in all processes together. */
export interface SignInLimits {
  /** Counts a try. Returns how long to wait, in milliseconds, where there were too many: then nothing is looked at. */
  take(email: string, address: string): Promise<number | undefined>
  /** The try was right: the account's failures are forgotten. */
  succeeded(email: string, address: string): Promise<void>
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
    async take(email, address) {
      const waits = [await waitOf(addresses, hashOf(network(address))), await waitOf(accounts, hashOf(email))]
      const longest = Math.max(...waits)
      return longest > 0 ? longest : undefined
    },
    async succeeded(email, address) {
      await Promise.all([accounts.delete(hashOf(email)), addresses.reward(hashOf(network(address)), 1)])
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

/** One customer of a provider has a whole /64 of IPv6. */
function network(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const ip = ipaddr.process(address)
  return ip.kind() === 'ipv6' ? ip.toByteArray().slice(0, 8).join('.') : ip.toString()
}

function hashOf(whom: string): string {
  return createHash('sha256').update(whom).digest('base64url')
}
