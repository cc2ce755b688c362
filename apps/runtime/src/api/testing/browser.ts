import { beginSession } from '../../accounts/browser-sessions.ts'
import { hashPassword } from '../../accounts/password-hash.ts'
import type { Role } from '../../accounts/role.ts'
import { insertUser, type User } from '../../accounts/users.ts'
import { drizzleOver } from '../../db/drizzle.ts'
import { uuidsBy } from '../../host/ids.ts'
import type { Answer, Asked, TestInstance } from './test-instance.ts'

/** A browser: it sends the cookies that it was given, and no key. */
export interface Browser {
  ask(method: string, path: string, more?: Asked): Promise<Answer>
  /** What it would send as `Cookie`. */
  readonly cookie: string
}

export const testPassword = 'four words are enough'
let hashed: Promise<string> | undefined
let count = 0

/** Somebody with an account; their password is `testPassword`. */
export async function someUser(
  { sql, kit }: TestInstance,
  role: Role,
  values: Partial<Pick<User, 'email' | 'name' | 'passwordHash'>> = {},
): Promise<User> {
  hashed ??= hashPassword(testPassword)
  count += 1
  const name = `${role} ${count}`
  const user = await insertUser(
    drizzleOver(sql),
    { email: `${role}${count}@example.org`, name, role, passwordHash: await hashed, ...values },
    { now: new Date(kit.clock.now()), ids: uuidsBy(kit.clock) },
  )
  if (user === undefined) throw new Error(`${name} exists.`)
  return user
}

/** A browser that nobody is signed in with, or somebody by the cookie it has. */
export function browserOn(api: TestInstance, cookie = ''): Browser {
  const jar = new Map<string, string>()
  const keep = (pair: string) => {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(pair) ?? []
    if (value === '') jar.delete(name)
    else jar.set(name, value)
  }
  if (cookie !== '') keep(cookie)
  const sent = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  return {
    get cookie() {
      return sent()
    },
    async ask(method, path, more = {}) {
      const headers = { ...(jar.size > 0 && { cookie: sent() }), ...more.headers }
      const answer = await api.ask(method, path, { key: null, ...more, headers })
      for (const given of answer.headers.getSetCookie()) keep(given)
      return answer
    },
  }
}

/** A browser that a new user of this role is signed in with. */
export async function signedIn(api: TestInstance, role: Role): Promise<Browser & { readonly user: User }> {
  const user = await someUser(api, role)
  const token = await beginSession(drizzleOver(api.sql), user.id, new Date(api.kit.clock.now()))
  const browser = browserOn(api, `textloom=${token}`)
  return Object.assign(browser, { user })
}
