// Two things that grow quietly: source files, of which the largest stays readable in one sitting, and what a browser loads
// before it shows the app. Part of `npm run verify`.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from './node24.mjs'
import { sourceFiles } from './source-files.ts'

const maxLines = 450
const maxFirstLoadKib = 250

const complaints = [
  ...sourceFiles(['.ts', '.tsx', '.mjs', '.css']).flatMap(checkLines),
  ...checkFirstLoad('apps/editor/dist'),
]
for (const complaint of complaints) console.log(complaint)
process.exitCode = complaints.length > 0 ? 1 : 0

function checkLines(path: string): string[] {
  const lines = readFileSync(join(root, path), 'utf8').split('\n').length - 1
  return lines > maxLines ? [`${path} has ${lines} lines, the limit is ${maxLines}; it holds more than one idea`] : []
}

/** The scripts and styles that index.html names, compressed as they travel; lazy chunks do not count. */
function checkFirstLoad(dist: string): string[] {
  const page = join(root, dist, 'index.html')
  if (!existsSync(page)) return []
  const assets = [...readFileSync(page, 'utf8').matchAll(/(?:src|href)="\/?([^":]+\.(?:js|css))"/g)].map(
    ([, path = '']) => path,
  )
  const octets = assets.map((path) => gzipSync(readFileSync(join(root, dist, path))).length)
  const kib = Math.ceil(octets.reduce((sum, size) => sum + size, 0) / 1024)
  return kib > maxFirstLoadKib
    ? [`the first load of ${dist} is ${kib} KiB compressed, the limit is ${maxFirstLoadKib}; load heavy parts lazily`]
    : []
}
