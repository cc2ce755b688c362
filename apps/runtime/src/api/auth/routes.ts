import { noting } from '../audit/noting.ts'
import { resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'
import { me } from './me.ts'
import { setUp } from './set-up.ts'
import { signIn } from './sign-in.ts'

/** `/set-up`, `/sign-in`, `/sign-out` and `/me`. */
export function auth(services: ApiServices) {
  const note = noting(services)
  return resource().route('/', signIn(services, note)).route('/', setUp(services, note)).route('/', me(services, note))
}
