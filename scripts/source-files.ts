import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node24.mjs'

const foreignNames = new Set(['.git', '.turbo', 'node_modules', 'dist', 'coverage'])
const generatedPaths = new Set(['data', 'bench/results'])

/** Every file of the checkout that people wrote and that ends in one of the extensions, as paths relative to the root. */
export function sourceFiles(extensions: readonly string[], folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name
    if (foreignNames.has(entry.name) || generatedPaths.has(path)) return []
    if (entry.isDirectory()) return sourceFiles(extensions, path)
    return extensions.some((extension) => path.endsWith(extension)) ? [path] : []
  })
}
