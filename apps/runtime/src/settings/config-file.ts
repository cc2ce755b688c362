import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import {
  type FlowDocument,
  formatPath,
  type Issue,
  misfits,
  type NodeRegistry,
  parseFlow,
  type TransportRegistry,
} from '@textloom/core'
import { analyseFlow } from '@textloom/engine'
import { type ChannelValues, channelValues } from '../catalogue/channel-schema.ts'
import type { LinkConfig } from '../catalogue/link-secrets.ts'
import { type QueueDeclaration, type QueueValues, queueValues } from '../catalogue/queue-schema.ts'
import { configFileSchema } from './config-schema.ts'
import { SettingsError } from './settings-error.ts'

/** Everything that a TEXTLOOM_CONFIG file declares, checked as far as it can be without a database. */
export interface Declared {
  readonly links: readonly { readonly id: string; readonly kind: string; readonly config: LinkConfig }[]
  readonly channels: readonly ChannelValues[]
  readonly queues?: readonly QueueValues[]
  readonly flows: readonly {
    readonly flow: FlowDocument
    readonly isPublished: boolean
    readonly channels: readonly string[]
  }[]
}

/** What node and link types the file may speak of. */
export interface Registries {
  readonly nodes: NodeRegistry
  readonly transports: TransportRegistry
}

/**
 * Reads the file that declares an instance, and the flow files it names.
 * @throws SettingsError with a sentence for everything wrong in any of them
 */
export async function readConfigFile(path: string, { nodes, transports }: Registries): Promise<Declared> {
  const schema = configFileSchema(transports)
  const value = await readJson(path)
  const shape = misfits(schema, value).map(({ path: place, says }) =>
    says.replace(/^/, `${formatPath(keys(place))} `).trim(),
  )
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw faultsIn(path, shape)

  const { links = [], channels = [], queues = [], flows = [] } = parsed.data
  const read = await Promise.all(flows.map((entry, index) => readFlow(entry, `flows[${index}]`, path, nodes)))
  const faults = [
    ...repeated('links', links),
    ...repeated('channels', channels),
    ...repeated('queues', queues),
    ...queues.flatMap(({ parent }, index) =>
      unknown(`queues[${index}].parent`, parent == null ? [] : [parent], 'queue', queues),
    ),
    ...circles(queues),
    ...channels.flatMap(({ link }, index) =>
      unknown(`channels[${index}].link`, typeof link === 'string' ? [link] : link, 'link', links),
    ),
    ...flows.flatMap((entry, index) => unknown(`flows[${index}].channels`, entry.channels ?? [], 'channel', channels)),
    ...flows.flatMap(({ publish, channels: listens }, index) =>
      publish !== true && (listens?.length ?? 0) > 0
        ? [`flows[${index}] lists channels, but a draft listens nowhere: add "publish": true, or leave them out`]
        : [],
    ),
    ...read.flatMap(({ faults }) => faults),
    ...repeatedFlows(read.flatMap(({ flow }, index) => (flow === undefined ? [] : [{ id: flow.id, index }]))),
  ]
  if (faults.length > 0) throw faultsIn(path, faults)
  return {
    links: links.map(({ id, kind, ...config }) => ({ id, kind, config })),
    channels: channels.map(channelValues),
    queues: queues.map(queueValues),
    flows: read.flatMap(({ flow }, index) =>
      flow === undefined
        ? []
        : [{ flow, isPublished: flows[index]?.publish === true, channels: flows[index]?.channels ?? [] }],
    ),
  }
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new SettingsError([`TEXTLOOM_CONFIG names ${path}, which cannot be read: ${error.message}.`])
  })
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw faultsIn(path, [`it is not JSON: ${error instanceof Error ? error.message : String(error)}`])
  }
}

async function readFlow(
  { file, publish }: { file: string; publish?: boolean | undefined },
  place: string,
  configPath: string,
  nodes: NodeRegistry,
): Promise<{ flow?: FlowDocument; faults: string[] }> {
  const path = resolve(dirname(configPath), file)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path))
  } catch (error) {
    return {
      faults: [
        `${place}.file names ${path}, which cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      ],
    }
  }
  const parsed = parseFlow(text, nodes)
  const issues = parsed.ok ? (publish ? analyseFlow(parsed.flow, nodes) : []) : parsed.issues
  const faults = issues
    .filter(({ severity }) => severity === 'error')
    .map((issue) => `${place}.file ${file}: ${inWords(issue)}`)
  return parsed.ok ? { flow: parsed.flow, faults } : { faults }
}

function inWords({ node, code, message }: Issue): string {
  return `${node === undefined ? '' : `node "${node}": `}${code}: ${message}`
}

function repeated(list: string, entries: readonly { readonly id: string }[]): string[] {
  const firsts = new Map<string, number>()
  return entries.flatMap(({ id }, index) => {
    const first = firsts.get(id)
    if (first === undefined) firsts.set(id, index)
    return first === undefined
      ? []
      : [`${list}[${index}].id is "${id}", as is that of ${list}[${first}]: ids are unique`]
  })
}

/** A queue that stands above itself. */
function circles(queues: readonly QueueDeclaration[]): string[] {
  const above = new Map(queues.map(({ id, parent }) => [id, parent ?? undefined]))
  return queues.flatMap(({ id }, index) => {
    const seen = new Set<string>()
    for (let one = above.get(id); one !== undefined && !seen.has(one); one = above.get(one)) seen.add(one)
    return seen.has(id) ? [`queues[${index}].parent leads back to "${id}": a queue cannot stand above itself`] : []
  })
}

function repeatedFlows(flows: readonly { readonly id: string; readonly index: number }[]): string[] {
  return flows.flatMap(({ id, index }) => {
    const first = flows.find((flow) => flow.id === id)?.index
    return first === index
      ? []
      : [`flows[${index}].file has the flow id "${id}", as has flows[${first}].file: ids are unique`]
  })
}

function unknown(
  place: string,
  ids: readonly string[],
  what: string,
  known: readonly { readonly id: string }[],
): string[] {
  const names = known.map(({ id }) => id)
  const listed = names.length === 0 ? `no ${what}s are declared` : `declared are ${names.join(', ')}`
  return ids
    .filter((id) => !names.includes(id))
    .map((id) => `${place} names the ${what} "${id}", which this file does not declare: ${listed}`)
}

function keys(path: readonly PropertyKey[]): (string | number)[] {
  return path.map((key) => (typeof key === 'number' ? key : String(key)))
}

function faultsIn(path: string, faults: readonly string[]): SettingsError {
  return new SettingsError(faults.map((fault) => `${path}: ${fault}${/[.?]$/.test(fault) ? '' : '.'}`))
}
