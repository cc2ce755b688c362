/**
 * A runtime without its HTTP doors, made of the product's own parts, with something between door, lanes and tables if a
 * mutant wants that. It can be told to write to a phone by a line on stdin: `+36301000000 some text`, and says what
 * becomes of its link.
 */
import { createInterface } from 'node:readline'
import { type StartOptions, startRuntime } from '@textloom/runtime/main'
import { readSettings } from '@textloom/runtime/settings'
import { quickLeases } from './quick-leases.ts'

/** Runs until it is killed or told to end. */
export async function runDoorless(
  wraps: Pick<StartOptions, 'wrapSql' | 'wrapStore' | 'wrapSubmit'> = {},
): Promise<void> {
  const runtime = await startRuntime(readSettings(process.env), {
    ...wraps,
    wrapSql: (sql) => quickLeases(wraps.wrapSql?.(sql) ?? sql),
    log: (level, message) => console.error(`${level} ${message}`),
  })
  const tell = () => console.log(`The link is ${runtime.links.status('smsc')?.state ?? 'not ours'}.`)
  runtime.links.onStatus(tell)
  tell()
  const input = createInterface(process.stdin)
  input.on('line', (line) => {
    const [, phone = '', text = ''] = /^(\S+) (.*)$/.exec(line) ?? []
    const id = runtime.ids.next()
    const now = runtime.clock.now()
    const when = { requestedAt: now, sendAt: now, expiresAt: null }
    const request = { kind: 'send', channel: '4040', phone, text, id, messageId: `api:${id}`, by: 'api' } as const
    runtime.submit({ ...request, ...when, priority: 5 }).catch((error) => console.error(String(error)))
  })
  process.once('SIGTERM', () => {
    input.close()
    void runtime.stop()
  })
  console.log('Textloom is ready on nothing')
}
