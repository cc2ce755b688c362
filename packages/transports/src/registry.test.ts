import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { transportErrorCatalogue, transports, transportTypes } from './registry.ts'

test('every transport is found by its kind', () => {
  expect([...transports.keys()]).toEqual(transportTypes.map(({ kind }) => kind))
})

describe.each(transportTypes)('$kind', ({ kind, config }) => {
  test('lives in the folder of its name', () => {
    expect(existsSync(new URL(`./${kind}/index.ts`, import.meta.url))).toBe(true)
  })

  test('has settings that forms can be made of: each with a title', () => {
    const { properties = {} } = z.toJSONSchema(config, { io: 'input' })
    const untitled = Object.entries(properties).filter(([, schema]) => !Object.hasOwn(Object(schema), 'title'))
    expect(untitled.map(([name]) => name)).toEqual([])
  })
})

test('errors are sentences under a code that begins with the kind', () => {
  for (const [code, sentence] of Object.entries(transportErrorCatalogue)) {
    expect(code).toMatch(/^[a-z0-9]+\/[a-z-]+$/)
    expect(transports.has(code.split('/')[0] ?? '')).toBe(true)
    expect(sentence).toMatch(/^[A-Z].*\.$/)
  }
})
