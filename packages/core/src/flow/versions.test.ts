import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { sampleFlow } from '../testing/sample-flow.ts'
import { sampleNodes } from '../testing/sample-nodes.ts'
import { flowFormat } from './document.ts'
import { formatFlow } from './format.ts'
import { parseFlow, parseFlowValue } from './parse.ts'
import { type FlowMigration, type FlowVersions, flowVersions, upgradeFlow } from './versions.ts'

/** Steps that only this test knows: a title becomes a name, then names lose their blanks. */
const steps: readonly FlowMigration[] = [
  {
    from: 5,
    does: 'the title becomes the name',
    up: ({ title = '', ...rest }) => ({ ...rest, name: title }),
  },
  {
    from: 6,
    does: 'names are trimmed',
    up: (document) => {
      if (typeof document.name !== 'string') throw new Error('the name is no text.')
      return { ...document, name: document.name.trim() }
    },
  },
]
const versions: FlowVersions = { current: 7, steps }

describe('a document of version', () => {
  test.each<{ version: number; document: JsonObject; name: string }>([
    { version: 5, document: { title: ' A ' }, name: 'A' },
    { version: 6, document: { name: ' A ' }, name: 'A' },
    { version: 7, document: { name: ' A ' }, name: ' A ' },
  ])('$version is brought to the current one, step by step', ({ version, document, name }) => {
    const older = { format: `textloom/flow@${version}`, ...document, kept: [1] }
    const before = structuredClone(older)
    expect(upgradeFlow(older, versions)).toEqual({
      kind: 'current',
      document: { format: 'textloom/flow@7', name, kept: [1] },
    })
    expect(older).toEqual(before)
  })

  test.each([8, 4, 0, 999_999_999])('%i has no way to it', (version) => {
    expect(upgradeFlow({ format: `textloom/flow@${version}` }, versions)).toEqual({ kind: 'unknown', version })
  })

  test.each([undefined, 7, 'textloom/flow', 'textloom/flow@', 'textloom/flow@1.5', 'other@5', 'textloom/flow@-1'])(
    'that is none, %j, stays as it is',
    (format) => {
      const document = { ...(format !== undefined && { format }) }
      expect(upgradeFlow(document, versions)).toEqual({ kind: 'current', document })
    },
  )

  test('that a step cannot read is told which', () => {
    expect(upgradeFlow({ format: 'textloom/flow@5', title: 7 }, versions)).toMatchObject({
      kind: 'failed',
      version: 6,
      step: { does: 'names are trimmed' },
      why: 'the name is no text.',
    })
  })
})

describe('reading a flow', () => {
  const before: FlowVersions = {
    current: flowVersions.current,
    steps: [
      {
        from: 0,
        does: 'speak becomes say',
        up: (document) => {
          if (!Array.isArray(document.nodes)) throw new Error('it has no nodes.')
          return JSON.parse(JSON.stringify(document).replaceAll('"type":"speak"', '"type":"say"'))
        },
      },
    ],
  }
  const older = () => {
    const text = JSON.stringify(sampleFlow()).replaceAll('"type":"say"', '"type":"speak"')
    return { ...JSON.parse(text), format: 'textloom/flow@0' }
  }

  test('of an older version gives one of this', () => {
    expect(parseFlowValue(older(), sampleNodes, before)).toEqual({ ok: true, flow: sampleFlow() })
  })

  test('of an older version finds its defects where they are afterwards', () => {
    const flow = older()
    flow.nodes[2].data = { text: 7 }
    expect(parseFlowValue(flow, sampleNodes, before)).toMatchObject({
      ok: false,
      issues: [{ path: 'nodes[2].data.text', node: 'served' }],
    })
  })

  test('that no step can read is refused in a sentence', () => {
    expect(parseFlowValue({ format: 'textloom/flow@0', nodes: {} }, sampleNodes, before)).toEqual({
      ok: false,
      issues: [
        {
          code: 'flow/schema',
          severity: 'error',
          kind: 'structure',
          path: 'format',
          message: 'This flow is of version 0 and cannot be brought to version 1 (speak becomes say): it has no nodes.',
        },
      ],
    })
  })

  test.each([flowVersions.current + 1, flowVersions.current + 41])(
    'of version %i, of the future, is refused',
    (version) => {
      const parsed = parseFlowValue({ ...sampleFlow(), format: `textloom/flow@${version}` }, sampleNodes)
      expect(parsed.ok ? [] : parsed.issues.map(({ message }) => message)).toEqual([
        `format must be "${flowFormat}": this flow is of another version of Textloom, so open it with that one.`,
      ])
    },
  )
})

describe('the versions there are', () => {
  test('each have a step to the next, and documents kept for ever', () => {
    expect(flowFormat).toBe(`textloom/flow@${flowVersions.current}`)
    const all = Array.from({ length: flowVersions.current }, (_, index) => index + 1)
    expect(flowVersions.steps.map(({ from }) => from)).toEqual(all.slice(0, -1))
    for (const version of all) expect(kept(version).length).toBeGreaterThan(0)
  })

  // Never rewrite these files: people keep documents like them.
  test.each(kept(flowVersions.current).map((path) => [basename(path, '.json'), path]))(
    '%s is read and written byte for byte',
    (_name, path) => {
      const text = readFileSync(path, 'utf8')
      const parsed = parseFlow(text, sampleNodes)
      expect(parsed.ok ? formatFlow(parsed.flow, sampleNodes) : parsed.issues).toBe(text)
    },
  )

  test.each(Array.from({ length: flowVersions.current - 1 }, (_, index) => index + 1).flatMap(kept))(
    '%s of an older version is read',
    (path) => {
      const parsed = parseFlow(readFileSync(path, 'utf8'), sampleNodes)
      expect(parsed.ok ? basename(path) : parsed.issues).toBe(basename(path))
    },
  )
})

function kept(version: number): string[] {
  return globSync(join(import.meta.dirname, `kept/flow@${version}/*.json`)).sort()
}
