import { extname } from 'node:path'
import { didYouMean, type FlowDocument, formatFlow } from '@textloom/core'
import {
  fromPo,
  fromTranslationCsv,
  mergeTranslations,
  type ReadTranslations,
  TranslationFileError,
  tableOf,
  toPo,
  toTranslationCsv,
} from '@textloom/interop'
import { registry } from '@textloom/nodes'
import { type Command, Option } from 'commander'
import { CliError, exitCodes } from './cli-error.ts'
import type { Io } from './io.ts'
import { loadDraft } from './load-flow.ts'
import { readInput, utf8 } from './read-input.ts'
import { replaceFile } from './replace-file.ts'

const formats = ['csv', 'po'] as const
type Format = (typeof formats)[number]

/** `textloom translations export|import`: the texts of a flow on their way to translators and back. */
export function configure(command: Command, io: Io): void {
  command.description('Take the texts of a flow to translators and back, as CSV or PO.')
  command
    .command('export')
    .description('Print the texts of a flow with their translations.')
    .argument('<file>', 'a flow file; - for stdin')
    .addOption(
      new Option('--to <format>', 'csv: all languages side by side; po: one language').choices(formats).default('csv'),
    )
    .option('--language <tag>', 'one language only; wanted for po')
    .action((file: string, options: { to: Format; language?: string }) => exportTexts(file, options, io))
  command
    .command('import')
    .description('Put translated texts into a flow and print it. What the table does not speak of stays as it is.')
    .argument('<file>', 'a flow file')
    .argument('<table>', 'a .csv or .po file; - for stdin')
    .addOption(new Option('--from <format>', 'what the table is, where its name does not say').choices(formats))
    .option('--write', 'change the flow file instead of printing it')
    .action((file: string, table: string, options: ImportOptions) => importTexts(file, table, options, io))
}

interface ImportOptions {
  readonly from?: Format
  readonly write?: boolean
}

async function exportTexts(file: string, { to, language }: { to: Format; language?: string }, io: Io): Promise<void> {
  const flow = await loadDraft(file, io)
  const table = tableOf(flow, registry)
  if (language === flow.languages.base) {
    throw new CliError(exitCodes.use, `"${language}" is the base language: the texts are in it already.`)
  }
  if (to === 'csv') return io.print(toTranslationCsv(table, language))
  if (language !== undefined) return io.print(toPo(table, language, flow.name))
  const known = table.languages.length === 0 ? '' : ` This flow has ${table.languages.join(', ')}.`
  throw new CliError(exitCodes.use, `A PO file is of one language: name it by --language.${known}`)
}

async function importTexts(file: string, table: string, { from, write }: ImportOptions, io: Io): Promise<void> {
  if (write && file === '-') throw new CliError(exitCodes.use, 'Standard input cannot be changed: leave out --write.')
  const flow = await loadDraft(file, io)
  const text = utf8(await readInput(table, io))
  if (text === undefined) throw new CliError(exitCodes.input, `${table} is not UTF-8 text: save it as UTF-8.`)
  const read = readTable(table, from ?? formatOf(table), text, flow)
  const merged = mergeTranslations(flow, read)
  const canonical = formatFlow(merged.flow, registry)
  if (write) await replaceFile(file, canonical)
  else await io.print(canonical)
  const languages = merged.added.length === 0 ? '' : ` New languages: ${merged.added.join(', ')}.`
  await io.remark(
    `${merged.changed} ${merged.changed === 1 ? 'text' : 'texts'} changed.${languages}${strayKeys(flow, read)}\n`,
  )
}

function readTable(name: string, format: Format, text: string, flow: FlowDocument): ReadTranslations {
  try {
    return format === 'po' ? fromPo(text) : fromTranslationCsv(text, flow.languages.base)
  } catch (error) {
    if (error instanceof TranslationFileError) throw new CliError(exitCodes.input, `${name}: ${error.message}`)
    throw error
  }
}

function formatOf(table: string): Format {
  const extension = extname(table).slice(1).toLowerCase()
  const format = formats.find((known) => known === extension)
  if (format) return format
  throw new CliError(exitCodes.use, `The name of ${table} does not say what it is: add --from csv or --from po.`)
}

/** Keys that name no text of the flow: kept, because nothing is lost, but told. */
function strayKeys(flow: FlowDocument, read: ReadTranslations): string {
  const known = new Set(tableOf(flow, registry).rows.map(({ key }) => key))
  const strays = [...new Set([...read.values()].flatMap((texts) => [...texts.keys()]))].filter((key) => !known.has(key))
  const [first] = strays
  if (first === undefined) return ''
  const more = strays.length === 1 ? '' : ` and ${strays.length - 1} more`
  return ` "${first}"${more} name no text of this flow.${didYouMean(first, known)}`
}
