// The import graph of the checkout against the rules; part of `npm run verify`.

import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Checkout, checkImports, type Workspace } from './import-rules.ts'
import { root } from './node24.mjs'
import { sourceFiles } from './source-files.ts'

const violations = checkImports(readCheckout())
for (const { file, line, sentence } of violations) console.log(`${file}:${line}: ${sentence}`)
process.exitCode = violations.length > 0 ? 1 : 0

function readCheckout(): Checkout {
  const paths = sourceFiles(['.ts', '.tsx', '.mjs'])
  const rootManifest = readManifest('package.json')
  return {
    files: new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')])),
    workspaces: (rootManifest.workspaces ?? [])
      .flatMap((pattern) => globSync(`${pattern}/package.json`, { cwd: root }))
      .map((path): Workspace => {
        const { name, dependencies, optionalDependencies, peerDependencies, devDependencies } = readManifest(path)
        const production = { ...dependencies, ...optionalDependencies, ...peerDependencies }
        return {
          folder: dirname(path),
          name,
          dependencies: Object.keys(production),
          devDependencies: Object.keys(devDependencies ?? {}),
        }
      }),
    rootDependencies: Object.keys(rootManifest.devDependencies ?? {}),
  }
}

interface Manifest {
  readonly name: string
  readonly workspaces?: string[]
  readonly dependencies?: Record<string, string>
  readonly devDependencies?: Record<string, string>
  readonly optionalDependencies?: Record<string, string>
  readonly peerDependencies?: Record<string, string>
}

function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(join(root, path), 'utf8'))
}
