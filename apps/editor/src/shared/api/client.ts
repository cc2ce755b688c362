import type { App } from '@textloom/runtime/api'
import { hc } from 'hono/client'

/** The runtime's API, typed by its own routes. Answers go through `ask`. */
export const api = hc<App>('/', { init: { credentials: 'same-origin' } }).api.v1
