import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node24.mjs'

const generatedOrForeign = new Set(['.git', '.turbo', 'node_modules', 'dist', 'coverage', 'data', 'results'])

/** Every hand-written file of the checkout that ends in one of the extensions, as paths relative to the root. */
export function sourceFiles(extensions: readonly string[], folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (generatedOrForeign.has(entry.name)) return []
    const path = folder ? `${folder}/${entry.name}` : entry.name
    if (entry.isDirectory()) return sourceFiles(extensions, path)
    return extensions.some((extension) => path.endsWith(extension)) ? [path] : []
  })
}
