import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FlowDocument } from '@textloom/core'
import { root } from '../../../../../scripts/node24.mjs'
import { type End, type Program, runNode } from './node-process.ts'
import type { Storage } from './storage.ts'

/** What an instance of a test declares: one SMPP link and one channel on it. */
export interface InstanceOptions {
  readonly storage: Storage
  readonly smscPort: number
  /** Documents, or the paths of files in the checkout. */
  readonly flows: readonly (FlowDocument | string)[]
  /** More fields of the channel. */
  readonly channel?: { readonly [field: string]: unknown }
  /** More fields of the link. */
  readonly link?: { readonly [field: string]: unknown }
  /** Links and channels beside those; the flows listen on all of them. */
  readonly more?: {
    readonly links: readonly { readonly id: string; readonly [field: string]: unknown }[]
    readonly channels: readonly { readonly id: string; readonly [field: string]: unknown }[]
  }
  readonly env?: NodeJS.ProcessEnv
  /** What runs instead of `textloom start`. */
  readonly program?: readonly string[]
}

/** A runtime that can be started again and again on the same data. */
export interface Instance {
  readonly storage: Storage
  /** Every start so far, with what each said. */
  readonly starts: readonly RunningRuntime[]
  /** Starts and resolves when it is ready. */
  start(): Promise<RunningRuntime>
}

/** One life of a runtime. */
export interface RunningRuntime extends Program {
  readonly url: string
  /** SIGTERM; how it ended, and after how long. */
  stop(): Promise<End & { readonly tookMs: number }>
  /** Asks the API with a key that may do everything. */
  api(path: string, init?: RequestInit): Promise<Response>
}

export const textloom = join(root, 'apps/runtime/bin/textloom.mjs')
/** The key of every instance of the tests. */
const API_KEY = 'key-of-the-tests-0123456789abcdef'

export async function makeInstance(options: InstanceOptions): Promise<Instance> {
  const { storage, program = [textloom, 'start'] } = options
  const configFile = join(storage.dataDir, 'instance.json')
  await writeFile(configFile, JSON.stringify(await declared(options), null, 2))
  const env = {
    PORT: '0',
    TEXTLOOM_CONFIG: configFile,
    TEXTLOOM_API_KEY: API_KEY,
    ...storage.env,
    ...options.env,
  }
  const starts: RunningRuntime[] = []
  return {
    storage,
    starts,
    async start() {
      const process = runNode(program, env)
      const [, url = ''] = await process.line(/Textloom is ready on (\S+)/)
      const runtime: RunningRuntime = {
        ...process,
        url,
        async stop() {
          const startedAtMs = performance.now()
          process.signal('SIGTERM')
          return { ...(await process.ended), tookMs: performance.now() - startedAtMs }
        },
        api: (path, init = {}) =>
          fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${API_KEY}`, ...init.headers } }),
      }
      starts.push(runtime)
      return runtime
    },
  }
}

async function declared(options: InstanceOptions): Promise<object> {
  const { storage, smscPort, flows, channel, link, more = { links: [], channels: [] } } = options
  const files = await Promise.all(flows.map((flow) => fileOf(flow, storage)))
  const smsc = { id: 'smsc', kind: 'smpp', host: '127.0.0.1', port: smscPort, systemId: 'tl', password: 'secret' }
  const channels = [{ id: '4040', address: '4040', link: 'smsc', ...channel }, ...more.channels]
  return {
    links: [{ ...smsc, ...link }, ...more.links],
    channels,
    flows: files.map((file) => ({ file, publish: true, channels: channels.map(({ id }) => id) })),
  }
}

async function fileOf(flow: FlowDocument | string, { dataDir }: Storage): Promise<string> {
  if (typeof flow === 'string') return join(root, flow)
  const file = join(dataDir, `${flow.id}.json`)
  await writeFile(file, JSON.stringify(flow, null, 2))
  return file
}
