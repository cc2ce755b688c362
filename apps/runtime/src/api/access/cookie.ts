import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { IDLE_MS } from '../../accounts/browser-sessions.ts'
import type { ApiEnv } from '../http/env.ts'

/** Only this exact host gets it back, and no script reads it. */
const base = { path: '/', httpOnly: true, sameSite: 'Lax' } as const

/** The token of the browser's session. */
export function sessionToken(c: Context<ApiEnv>): string | undefined {
  return getCookie(c, nameOf(c))
}

/** Gives the browser its token, or prolongs it. */
export function giveSessionToken(c: Context<ApiEnv>, token: string): void {
  setCookie(c, nameOf(c), token, { ...base, secure: c.get('client').isSecure, maxAge: IDLE_MS / 1000 })
}

/** Takes it away. */
export function takeSessionToken(c: Context<ApiEnv>): void {
  deleteCookie(c, nameOf(c), { ...base, secure: c.get('client').isSecure })
}

/** `__Host-`: set over https by this host itself (RFC 6265bis §4.1.3.2). Plain http is for one's own machine. */
function nameOf(c: Context<ApiEnv>): string {
  return c.get('client').isSecure ? '__Host-textloom' : 'textloom'
}
