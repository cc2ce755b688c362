import { expect, test } from 'vitest'
import { type Checkout, checkImports, type Workspace } from './import-rules.ts'

const folders = [
  'packages/core',
  'packages/sms',
  'packages/engine',
  'packages/nodes',
  'packages/transports',
  'apps/runtime',
  'apps/editor',
  'test',
]
const names = folders.map((folder) => `@textloom/${folder.split('/').at(-1)}`)
const everything = [...names, 'zod', 'react', '@xyflow/react']

/** Everyone declares everything, so that only the rule in question can object. */
const workspaces: Workspace[] = folders.map((folder, index) => ({
  folder,
  name: names[index] ?? '',
  dependencies: everything,
  devDependencies: [],
}))

function violationsOf(files: Record<string, string>, checkout: Partial<Checkout> = {}): string[] {
  return checkImports({
    files: new Map(Object.entries(files)),
    workspaces,
    rootDependencies: ['vitest'],
    ...checkout,
  }).map(({ file, line, sentence }) => `${file}:${line}: ${sentence}`)
}

test.each([
  {
    planted: 'an import that goes up',
    file: 'packages/core/src/flow.ts',
    source: "import { step } from '@textloom/engine'",
    complaint: 'packages/engine stands above packages/core; imports go down only',
  },
  {
    planted: 'an import from an app',
    file: 'packages/engine/src/step.ts',
    source: "import { main } from '@textloom/runtime'",
    complaint: 'apps/runtime stands above packages/engine; imports go down only',
  },
  {
    planted: 'an import of a neighbour on the middle storey',
    file: 'packages/engine/src/compile.ts',
    source: "import { ask } from '@textloom/nodes'",
    complaint: 'packages/engine and packages/nodes are neighbours on a storey; let an app hand one to the other',
  },
  {
    planted: 'an import of a neighbour on the ground floor',
    file: 'packages/sms/src/gsm7.ts',
    source: "import type { Mo } from '@textloom/core'",
    complaint: 'packages/sms and packages/core are neighbours on a storey; let an app hand one to the other',
  },
  {
    planted: "a neighbour's insides in a test",
    file: 'packages/engine/src/step.test.ts',
    source: "import { ask } from '@textloom/nodes'",
    complaint: 'packages/engine and packages/nodes are neighbours on a storey; let an app hand one to the other',
  },
  {
    planted: 'one app in another',
    file: 'apps/editor/src/main.tsx',
    source: "import { api } from '@textloom/runtime'",
    complaint: 'apps/editor and apps/runtime are neighbours; apps share code by packages',
  },
  {
    planted: "a path into another package's folder",
    file: 'packages/engine/src/step.ts',
    source: "import { Mo } from '../../core/src/message.ts'",
    complaint: 'leaves packages/engine by a relative path; import the package by its name',
  },
  {
    planted: 'its own index',
    file: 'packages/core/src/flow/parse.ts',
    source: "import { Issue } from '../index.ts'",
    complaint: 'imports its own index; import the file that has the idea',
  },
  {
    planted: 'its own name',
    file: 'packages/core/src/flow.ts',
    source: "import { Issue } from '@textloom/core'",
    complaint: 'imports its own package by name; import the file that has the idea',
  },
  {
    planted: 'a Node module in a package for browsers',
    file: 'packages/sms/src/udh.ts',
    source: "import { Buffer } from 'node:buffer'",
    complaint: 'packages/sms runs in browsers and cannot have node:buffer',
  },
  {
    planted: 'a Node module by its old name',
    file: 'packages/engine/src/step.ts',
    source: "import { createHash } from 'crypto'",
    complaint: 'packages/engine runs in browsers and cannot have crypto',
  },
  {
    planted: 'a Node module in the editor',
    file: 'apps/editor/src/main.tsx',
    source: "import { join } from 'node:path'",
    complaint: 'apps/editor runs in browsers and cannot have node:path',
  },
  {
    planted: 'a socket outside a link',
    file: 'packages/transports/src/smpp/session.ts',
    source: "import net from 'node:net'",
    complaint: 'node:net belongs in a link.ts, which is the socket and nothing but',
  },
  {
    planted: 'React in the engine',
    file: 'packages/engine/src/step.ts',
    source: "import { useState } from 'react'",
    complaint: 'packages/engine knows no react; only the editor and *.view.tsx do',
  },
  {
    planted: 'a package that its manifest does not name',
    file: 'packages/core/src/flow.ts',
    source: "import ms from 'ms'",
    complaint: 'ms is not a dependency of packages/core/package.json',
  },
  {
    planted: 'a test tool in production code',
    file: 'packages/core/src/flow.ts',
    source: "import { test } from 'vitest'",
    complaint: 'vitest is not a dependency of packages/core/package.json',
  },
])('$planted is caught', ({ file, source, complaint }) => {
  expect(violationsOf({ [file]: source })).toEqual([`${file}:1: ${complaint}`])
})

test.each([
  { allowed: 'going down', file: 'packages/engine/src/step.ts', source: "import type { Mo } from '@textloom/core'" },
  { allowed: 'a file of its own', file: 'packages/sms/src/udh.ts', source: "import { septets } from './gsm7.ts'" },
  {
    allowed: "a neighbour's doubles in a test",
    file: 'packages/nodes/src/ask/ask.test.ts',
    source: "import { sessionOn } from '@textloom/engine/testing'",
  },
  { allowed: 'Node in a test', file: 'packages/sms/src/udh.test.ts', source: "import { readFileSync } from 'node:fs'" },
  { allowed: 'a socket in a link', file: 'packages/transports/src/smpp/link.ts', source: "import net from 'node:net'" },
  { allowed: 'React in a view', file: 'packages/nodes/src/ask/ask.view.tsx', source: "import { memo } from 'react'" },
  {
    allowed: 'anything in an app',
    file: 'apps/runtime/src/main.ts',
    source: "import { step } from '@textloom/engine'",
  },
  {
    allowed: "the type of the runtime's API in the editor",
    file: 'apps/editor/src/api.ts',
    source: "import type { Api } from '@textloom/runtime'",
  },
  { allowed: "Node in the editor's build", file: 'apps/editor/vite.config.ts', source: "import path from 'node:path'" },
  { allowed: 'a comment', file: 'packages/core/src/flow.ts', source: " * import { step } from '@textloom/engine'" },
])('$allowed is fine', ({ file, source }) => {
  expect(violationsOf({ [file]: source })).toEqual([])
})

test('a circle is told once, as the way round', () => {
  const files = {
    'packages/core/src/a.ts': "import { b } from './b.ts'",
    'packages/core/src/b.ts': "// first line\nexport type { C } from './c.ts'",
    'packages/core/src/c.ts': "import type { A } from './a.ts'",
  }
  expect(violationsOf(files)).toEqual([
    'packages/core/src/c.ts:1: closes a circle: packages/core/src/a.ts → packages/core/src/b.ts → packages/core/src/c.ts → packages/core/src/a.ts',
  ])
})

test('every form of import is seen, with its line', () => {
  const forms = [
    "import '@textloom/runtime'",
    "import main from '@textloom/runtime'",
    "import * as runtime from '@textloom/runtime'",
    "import main, { type Options } from '@textloom/runtime'",
    "import {\n  main,\n  type Options,\n} from '@textloom/runtime'",
    "export * from '@textloom/runtime'",
    "export { main } from '@textloom/runtime'",
    "const { main } = await import('@textloom/runtime')",
  ]
  for (const form of forms) {
    expect(violationsOf({ 'packages/core/src/flow.ts': `const x = 1\n${form}\n` }), form).toEqual([
      'packages/core/src/flow.ts:2: apps/runtime stands above packages/core; imports go down only',
    ])
  }
})
