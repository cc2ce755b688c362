import { fileURLToPath } from 'node:url'
import { registry } from '@textloom/nodes'
import { transports } from '@textloom/transports'
import closeWithGrace from 'close-with-grace'
import { pino } from 'pino'
import { createApp } from './api/app.ts'
import type { Role } from './host/hosting.ts'
import type { Log } from './host/log.ts'
import { pinoLog } from './host/pino-log.ts'
import { type Listening, listen } from './listen.ts'
import { type Runtime, startRuntime } from './main.ts'
import type { Settings } from './settings/environment.ts'
import { newHandsetKey, removeHandsetFile, writeHandsetFile } from './settings/handset-file.ts'

/** A Textloom that runs until a signal ends it. */
export interface Served {
  readonly url: string
  /** The exit code, once everything has come to rest. */
  readonly ended: Promise<number>
}

export interface ServeOptions {
  readonly role: Role
  /** Tells the operator a line. */
  say(line: string): Promise<void>
}

/** CONTRACT: a stop takes ten seconds at most. */
const STOP_MS = 10_000
const ANSWER_GRACE_MS = 1_000

/** Starts the runtime, opens its doors, and stays until SIGTERM or SIGINT. */
export async function serve(settings: Settings, { role, say }: ServeOptions): Promise<Served> {
  const destination = pino.destination({ dest: 2, sync: false })
  const log = pinoLog(settings.logLevel, destination)
  const runtime = await startRuntime(settings, { role, log })
  const handsetKey = newHandsetKey()
  let listening: Listening
  try {
    listening = await listen(appOf(runtime, handsetKey).fetch, settings)
  } catch (error) {
    await runtime.stop()
    throw error
  }
  runtime.listeningOn(listening.url)
  const handset = { url: listening.url, key: handsetKey, channels: await loopbackChannels(runtime) }
  await writeHandsetFile(settings.dataDir, handset)
  const ended = endBySignal(async () => {
    await removeHandsetFile(settings.dataDir)
    await listening.close(ANSWER_GRACE_MS)
    await runtime.stop()
  }, log)
  for (const line of greeting(runtime, settings.publicUrl ?? listening.url)) await say(line)
  return { url: listening.url, ended }
}

/** What `textloom phone` can text to. */
async function loopbackChannels({ sql, routing }: Runtime): Promise<string[]> {
  const rows = await sql.query<{ id: string }>("select id from link where is_enabled and kind = 'loopback'")
  const loopbacks = new Set(rows.map(({ id }) => id))
  const channels = [...routing.current.channels.values()]
  return channels.filter(({ links }) => links.some((link) => loopbacks.has(link))).map(({ id }) => id)
}

function appOf(
  { sql, clock, ids, log, box, services, routing, links, feed, metrics, health, ...runtime }: Runtime,
  handsetKey: string,
) {
  const { database, settings, guarded, campaigns, imports, configurationChanged, contactsChanged } = runtime
  const { describe, warnings } = database
  const storage = { describe, warnings }
  return createApp(
    {
      sql,
      clock,
      ids,
      log,
      nodes: registry,
      transports,
      box,
      services,
      routing,
      links,
      feed,
      metrics,
      storage,
      health,
      guarded,
      campaigns,
      imports,
      configurationChanged,
      contactsChanged,
    },
    {
      apiKey: settings.apiKey,
      handsetKey,
      appFolder: fileURLToPath(new URL('../../editor/dist', import.meta.url)),
      defaultCountry: settings.defaultCountry,
      publicUrl: settings.publicUrl,
      trustProxy: settings.trustProxy,
    },
  )
}

/** What a person at the terminal wants to know, most needed last. */
function greeting({ database, firstFlow, setUpToken }: Runtime, url: string): string[] {
  return [
    `Storage: ${database.describe}.`,
    ...database.warnings,
    ...(firstFlow === undefined ? [] : ['A loopback channel with an example flow is ready to be tried:']),
    'Try: npx --no-install textloom phone',
    ...(setUpToken === undefined ? [] : [`Set up your account: ${url}/set-up?token=${setUpToken}`]),
    `Textloom is ready on ${url}`,
  ]
}

function endBySignal(stop: () => Promise<void>, log: Log): Promise<number> {
  return new Promise((resolve) => {
    closeWithGrace({ delay: STOP_MS, logger: undefined }, async ({ err, signal }) => {
      if (err !== undefined) log('error', err.message, { stack: err.stack })
      log('info', 'stopping', { signal })
      await stop()
      log('info', 'stopped')
      resolve(err === undefined ? 0 : 3)
    })
  })
}
