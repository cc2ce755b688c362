import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FlowDocument, flowJsonSchema, jsonSchemaOf, parseFlowValue } from '@textloom/core'
import { type GoldenCase, playDocument, runGoldenCases } from '@textloom/engine/testing'
import { describe, expect, test } from 'vitest'
import { nodeTypes, registry } from './registry.ts'

describe.each(nodeTypes.map((nodeType) => [nodeType.type, nodeType] as const))('%s', (type, nodeType) => {
  const folder = join(import.meta.dirname, type)
  const cases: readonly GoldenCase[] = JSON.parse(readFileSync(join(folder, `${type}.cases.json`), 'utf8'))
  const otherFlows = readdirSync(folder)
    .filter((name) => name.endsWith('.flow.json'))
    .map((name): FlowDocument => JSON.parse(readFileSync(join(folder, name), 'utf8')))
  runGoldenCases(nodeType, cases, { otherFlows, nodeTypes })

  test('stands in a folder of its name, which is complete', () => {
    expect(readdirSync(folder)).toEqual(
      expect.arrayContaining(['README.md', 'index.ts', 'schema.ts', `${type}.cases.json`, `${type}.test.ts`]),
    )
    expect(registry.get(type)).toBe(nodeType)
  })

  test('has a page that tells all fields and exits, with an example that works', () => {
    const page = readFileSync(join(folder, 'README.md'), 'utf8')
    const named = [...Object.keys(propertiesOf(nodeType.schema)), ...handlesOf(nodeType, cases)]
    expect(named.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
    const examples = [...page.matchAll(/^```json\n(?<json>.*?)^```$/gms)].map(({ groups }) => groups?.json ?? '')
    expect(examples).toHaveLength(1)
    const { flow, ...played } = playDocument(examples[0] ?? '', registry, otherFlows)
    expect(played).toEqual({ issues: [], failures: [], exitsNotTaken: [] })
    expect(flow?.nodes.map((node) => node.type)).toContain(type)
  })

  test('has a label and a help text for every field', () => {
    const schema = jsonSchemaOf(nodeType.schema)
    const unlabelled = fieldsOf(schema).filter(({ field }) => !field.title || !field.description)
    expect(unlabelled.map(({ path }) => path)).toEqual([])
    expect(schema.additionalProperties).toBe(false)
  })

  test.each(cases)('accepts the data of "$name" as it is, and tells the same of it every time', ({ data }) => {
    expect(nodeType.schema.parse(data)).toEqual(data)
    expect(nodeType.handles(data as never)).toEqual(nodeType.handles(JSON.parse(JSON.stringify(data))))
    const { title, body } = nodeType.describe(data as never)
    expect([title.trim(), body.trim()]).not.toContain('')
    expect(nodeType.check?.(data as never) ?? []).toEqual([])
  })
})

test('titles, icons and names are told apart', () => {
  for (const key of ['type', 'title', 'icon', 'summary'] as const) {
    expect(new Set(nodeTypes.map((nodeType) => nodeType[key])).size).toBe(nodeTypes.length)
  }
})

test('every folder of a node type is in the registry', () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const names = folders.map(({ name }) => name).filter((name) => !['calendar', 'recognise', 'testing'].includes(name))
  expect([...registry.keys()].sort()).toEqual(names.sort())
})

test.each([
  { type: 'ask', data: { text: '', kind: 'choice', variable: 'a', choices: options('x', 'x'), retries: 0 }, id: 'x' },
  {
    type: 'ask',
    data: { text: '', kind: 'choice', variable: 'a', choices: options('other'), retries: 0 },
    id: 'other',
  },
  { type: 'menu', data: { text: '', options: options('y', 'x', 'y'), retries: 0 }, id: 'y' },
  { type: 'menu', data: { text: '', options: options('timeout'), retries: 0 }, id: 'timeout' },
  { type: 'split', data: { rules: ['r', 'r'].map((id) => ({ id, left: 'reply.text', op: 'not-empty' })) }, id: 'r' },
  { type: 'split', data: { rules: [{ id: 'other', left: 'reply.text', op: 'not-empty' }] }, id: 'other' },
])('two exits "$id" of a node of type $type are refused', ({ type, data, id }) => {
  const parsed = parseFlowValue(
    {
      format: 'textloom/flow@1',
      id: 'f',
      name: 'F',
      languages: { base: 'en' },
      nodes: [{ id: 'n', type, position: { x: 0, y: 0 }, data }],
      edges: [],
    },
    registry,
  )
  expect(parsed.ok ? [] : parsed.issues).toMatchObject([
    { code: 'flow/duplicate-id', node: 'n', path: 'nodes[0].data', message: expect.stringContaining(`"${id}"`) },
  ])
})

test('the JSON Schema of flows knows every node type by its title', () => {
  const text = JSON.stringify(flowJsonSchema(registry))
  for (const { title, summary } of nodeTypes) {
    expect(text).toContain(JSON.stringify(title))
    expect(text).toContain(JSON.stringify(summary))
  }
})

function options(...ids: string[]) {
  return ids.map((id, index) => ({ id, label: `Label ${index}`, synonyms: [] }))
}

function propertiesOf(schema: Parameters<typeof jsonSchemaOf>[0]): { readonly [name: string]: unknown } {
  const json: JsonSchema = jsonSchemaOf(schema)
  return json.properties ?? {}
}

/** The exits in these cases that are not named by the author. */
function handlesOf(nodeType: (typeof nodeTypes)[number], cases: readonly GoldenCase[]): string[] {
  const ids = cases.flatMap(({ data }) => nodeType.handles(data as never).map(({ id }) => id))
  return ids.filter((id) => fixedExits.includes(id))
}

const fixedExits = [
  'next',
  'yes',
  'no',
  'other',
  'timeout',
  'success',
  'failure',
  'past',
  'missing',
  'open',
  'closed',
  'limit',
]

interface JsonSchema {
  readonly title?: string
  readonly description?: string
  readonly properties?: { readonly [name: string]: JsonSchema }
  readonly items?: JsonSchema
}

/** Every field of a schema, those of list entries too. */
function fieldsOf(schema: JsonSchema, path = ''): readonly { path: string; field: JsonSchema }[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const at = path === '' ? name : `${path}.${name}`
    return [{ path: at, field }, ...fieldsOf(field, at)]
  })
  return schema.items ? [...own, ...fieldsOf(schema.items, `${path}[]`)] : own
}
