import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseFlow } from '@textloom/core'
import { registry } from '@textloom/nodes'
import { describe, expect, test } from 'vitest'
import { cardHeight, cardWidthPx } from './placing.ts'

const root = join(import.meta.dirname, '../../../..')
const examples = [
  ...globSync('packages/nodes/src/*/README.md', { cwd: root }),
  ...globSync('examples/*/flow.json', { cwd: root }),
]

describe('examples can be read on the canvas', () => {
  test.each(examples)('the cards of %s lie apart', (path) => {
    const text = readFileSync(join(root, path), 'utf8')
    const parsed = parseFlow(/^```json\n(.*?)^```$/ms.exec(text)?.[1] ?? text, registry)
    if (!parsed.ok) throw new Error(parsed.issues.map(({ message }) => message).join('\n'))
    const cards = parsed.flow.nodes.map((node) => ({
      id: node.id,
      ...node.position,
      height: cardHeight(node, registry),
    }))
    const covered = cards.flatMap((one, index) =>
      cards
        .slice(index + 1)
        .filter(
          (other) =>
            Math.abs(one.x - other.x) < cardWidthPx && one.y < other.y + other.height && other.y < one.y + one.height,
        )
        .map((other) => `${one.id} and ${other.id}`),
    )
    expect(covered).toEqual([])
  })
})
