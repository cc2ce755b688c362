import { didYouMean, flowJsonSchema, type JsonObject, jsonSchemaOf } from '@textloom/core'
import { registry } from '@textloom/nodes'
import type { Command } from 'commander'
import * as z from 'zod'
import { CliError, exitCodes } from './cli-error.ts'
import type { Io } from './io.ts'

/** Makes a schema, of one kind of thing where there are several. */
interface SchemaSource {
  /** What `textloom schema NAME` wants after the name, with all it can be. */
  readonly kinds?: { readonly what: string; list(): Promise<readonly string[]> }
  make(kind: string): Promise<JsonObject>
}

const sources: { readonly [name: string]: SchemaSource } = {
  flow: { make: async () => flowJsonSchema(registry) },
  node: {
    kinds: { what: 'node type', list: async () => [...registry.keys()] },
    make: async (type) => jsonSchemaOf(registry.get(type)?.schema ?? z.never()),
  },
  link: {
    kinds: { what: 'link kind', list: async () => [...(await transports()).keys()] },
    make: linkSchema,
  },
  config: {
    make: async () => (await import('../settings/config-schema.ts')).configFileJsonSchema(await transports()),
  },
  channel: { make: async () => jsonSchemaOf((await import('../catalogue/channel-schema.ts')).channelSchema) },
}

/** `textloom schema NAME`: the JSON Schema of what Textloom reads. */
export function configure(command: Command, io: Io): void {
  command
    .description(
      'Print the JSON Schema of a flow, of the data of a node type, of a link, of a channel or of the file TEXTLOOM_CONFIG names.',
    )
    .argument('<name>', Object.keys(sources).join(', '))
    .argument('[kind]', 'the node type or link kind')
    .addHelpText('after', '\nFor example: textloom schema flow, textloom schema node ask, textloom schema link smpp')
    .action(async (name: string, kind: string | undefined) => {
      await io.print(`${JSON.stringify(await schemaOf(name, kind), null, 2)}\n`)
    })
}

async function schemaOf(name: string, kind: string | undefined): Promise<JsonObject> {
  const source = Object.hasOwn(sources, name) ? sources[name] : undefined
  if (!source) throw unknown('schema', name, Object.keys(sources))
  if (!source.kinds) {
    if (kind !== undefined) throw new CliError(exitCodes.use, `The schema "${name}" has no kinds: leave out "${kind}".`)
    return source.make('')
  }
  const kinds = await source.kinds.list()
  if (kind === undefined || !kinds.includes(kind)) throw unknown(source.kinds.what, kind, kinds)
  return source.make(kind)
}

function unknown(what: string, name: string | undefined, names: readonly string[]): CliError {
  const said = name === undefined ? `Say which ${what}.` : `There is no ${what} "${name}".${didYouMean(name, names)}`
  return new CliError(exitCodes.use, `${said} There are: ${names.join(', ')}.`)
}

/** Loaded only when asked for: they bring the definitions of whole protocols. */
async function transports() {
  const { transports } = await import('@textloom/transports')
  return transports
}

/** A link as TEXTLOOM_CONFIG and `/links` write it: its id and kind beside its own settings. */
async function linkSchema(kind: string): Promise<JsonObject> {
  const { branchOf } = await import('../catalogue/link-schema.ts')
  const transport = (await transports()).get(kind)
  return jsonSchemaOf(transport ? branchOf(transport) : z.never())
}
