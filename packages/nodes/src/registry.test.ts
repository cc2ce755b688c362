import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { jsonSchemaOf } from '@textloom/core'
import { type GoldenCase, runGoldenCases } from '@textloom/engine/testing'
import { describe, expect, test } from 'vitest'
import { nodeTypes, registry } from './registry.ts'

describe.each(nodeTypes.map((nodeType) => [nodeType.type, nodeType] as const))('%s', (type, nodeType) => {
  const folder = join(import.meta.dirname, type)
  const cases: readonly GoldenCase[] = JSON.parse(readFileSync(join(folder, `${type}.cases.json`), 'utf8'))
  runGoldenCases(nodeType, cases)

  test('stands in a folder of its name, which is complete', () => {
    expect(readdirSync(folder)).toEqual(
      expect.arrayContaining(['README.md', 'index.ts', 'schema.ts', `${type}.cases.json`, `${type}.test.ts`]),
    )
    expect(registry.get(type)).toBe(nodeType)
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
  const names = folders.map(({ name }) => name).filter((name) => name !== 'testing')
  expect([...registry.keys()].sort()).toEqual(names.sort())
})

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
