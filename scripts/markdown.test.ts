import { expect, test } from 'vitest'
import { anchorsOf, linksOf } from './markdown.ts'

test.each([
  { written: '[guide](docs/guide.md#menus)', targets: ['docs/guide.md#menus'] },
  { written: '![screen](screen.png "The canvas")', targets: ['screen.png'] },
  { written: '[a](a.md) and [b](b.md)', targets: ['a.md', 'b.md'] },
  { written: '[spec]: ../spec.md', targets: ['../spec.md'] },
  { written: '[spec](https://example.org/spec.md)', targets: [] },
  { written: '[us](mailto:us@example.org)', targets: [] },
  { written: 'write `[text](target)`', targets: [] },
  { written: '```md\n[text](target)\n```', targets: [] },
])('the links of $written are $targets', ({ written, targets }) => {
  expect(linksOf(written).map(({ target }) => target)).toEqual(targets)
})

test('a link knows its line, code above it included', () => {
  expect(linksOf('# Title\n```\ncode\n```\n[a](a.md)')).toEqual([{ target: 'a.md', line: 5 }])
})

test.each([
  { heading: '# Add a node type', anchor: 'add-a-node-type' },
  { heading: '## `npm start`, twice!', anchor: 'npm-start-twice' },
  { heading: '### [Unreleased](CHANGELOG.md)', anchor: 'unreleased' },
  { heading: '# Twice\n# Twice', anchor: 'twice-1' },
  { heading: '# Üzenet', anchor: 'üzenet' },
])('$heading is reached by #$anchor', ({ heading, anchor }) => {
  expect(anchorsOf(heading)).toContain(anchor)
})

test('a comment in a code fence is no heading', () => {
  expect(anchorsOf('```sh\n# not a heading\n```')).toEqual(new Set())
})
