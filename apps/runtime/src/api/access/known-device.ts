import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import * as z from 'zod'
import { SealError, type SecretBox } from '../../settings/secret-box.ts'
import type { ApiEnv } from '../http/env.ts'

/**
 * Remembers in which browsers people signed in before (OWASP "Slow Down Online Guessing Attacks with Device Cookies"):
 * wrong passwords from elsewhere then do not lock them out of their own. The cookie opens nothing.
 */
export interface KnownDevices {
  /** The id of this browser if this address was signed in with here, else undefined. */
  of(c: Context<ApiEnv>, email: string): string | undefined
  remember(c: Context<ApiEnv>, email: string): void
}

/** As long as browsers keep a cookie (RFC 6265bis §5.5). */
const KEPT_SECONDS = 400 * 86_400
const place = 'known device'
const deviceSchema = z.object({ email: z.string(), id: z.string() })

export function knownDevices(box: SecretBox): KnownDevices {
  function read(c: Context<ApiEnv>): z.infer<typeof deviceSchema> | undefined {
    const sealed = getCookie(c, nameOf(c))
    if (sealed === undefined) return undefined
    try {
      return deviceSchema.parse(JSON.parse(box.open(sealed, place)))
    } catch (error) {
      // Planted, or sealed with a secret that is no more.
      if (error instanceof SealError) return undefined
      throw error
    }
  }

  return {
    of(c, email) {
      const device = read(c)
      return device?.email === email ? device.id : undefined
    },
    remember(c, email) {
      const sealed = box.seal(JSON.stringify({ email, id: read(c)?.id ?? randomUUID() }), place)
      const { isSecure } = c.get('client')
      setCookie(c, nameOf(c), sealed, {
        path: '/',
        httpOnly: true,
        sameSite: 'Lax',
        secure: isSecure,
        maxAge: KEPT_SECONDS,
      })
    },
  }
}

function nameOf(c: Context<ApiEnv>): string {
  return c.get('client').isSecure ? '__Host-textloom-device' : 'textloom-device'
}
