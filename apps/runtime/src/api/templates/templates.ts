import { readdir, readFile } from 'node:fs/promises'
import { type FlowDocument, type NodeRegistry, parseFlow } from '@textloom/core'

/** A flow to begin with. */
export interface Template {
  readonly id: string
  readonly name: string
  /** One paragraph of what it is for. */
  readonly description: string
  readonly document: FlowDocument
}

const examples = new URL('../../../../../examples/', import.meta.url)

/** The examples of this release, in the order of their names. Folders without a flow and a page are none. */
export async function readTemplates(nodes: NodeRegistry, folder = examples): Promise<Template[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const templates = await Promise.all(names.map((name) => readTemplate(new URL(`${name}/`, folder), nodes)))
  return templates.filter((one) => one !== undefined).toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
}

async function readTemplate(folder: URL, nodes: NodeRegistry): Promise<Template | undefined> {
  const [flow, page] = await Promise.all(['flow.json', 'README.md'].map((name) => read(new URL(name, folder))))
  const parsed = flow === undefined ? undefined : parseFlow(flow, nodes)
  if (!parsed?.ok || page === undefined) return undefined
  const { id, name } = parsed.flow
  return { id, name, description: firstParagraph(page), document: parsed.flow }
}

async function read(file: URL): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** What stands under the title, as plain text. */
export function firstParagraph(markdown: string): string {
  const paragraph = markdown.split(/\n{2,}/).find((block) => !/^\s*(?:#|$)/.test(block)) ?? ''
  return paragraph
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`]{1,2}/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
