/**
 * Documents kept from each version of `textloom/flow@N`, one for each node type: they must be read by every later
 * version, and written byte for byte by their own. Never rewrite one: people keep documents like them. A new node type
 * adds its own; `data` that is to change needs a step in packages/core/src/flow/versions.ts.
 */
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { flowVersions, formatFlow, parseFlow } from '@textloom/core'
import { analyseFlow, compileFlow, isSound } from '@textloom/engine'
import { registry } from '@textloom/nodes'
import { describe, expect, test } from 'vitest'

const versions = Array.from({ length: flowVersions.current }, (_, index) => index + 1)

describe.each(versions)('of version %i', (version) => {
  const files = globSync(join(import.meta.dirname, `flow@${version}/*.json`)).sort()

  test('there are documents', () => expect(files.length).toBeGreaterThan(30))

  test.each(files.map((path) => [basename(path, '.json'), path]))('%s is read, and can be held', (_name, path) => {
    const text = readFileSync(path, 'utf8')
    const parsed = parseFlow(text, registry)
    if (!parsed.ok) throw new Error(parsed.issues.map(({ message }) => message).join('\n'))
    if (version === flowVersions.current) expect(formatFlow(parsed.flow, registry)).toBe(text)
    expect(isSound(analyseFlow(parsed.flow, registry))).toBe(true)
    expect(compileFlow(parsed.flow, registry).config.id).toBe('flow')
  })
})

test('every node type has a document of this version that holds it', () => {
  const held = new Set(
    globSync(join(import.meta.dirname, `flow@${flowVersions.current}/*.json`)).flatMap((path) =>
      JSON.parse(readFileSync(path, 'utf8')).nodes.map(({ type }: { type: string }) => type),
    ),
  )
  expect([...registry.keys()].filter((type) => !held.has(type))).toEqual([])
})
