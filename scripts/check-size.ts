// Files grow quietly; the largest hand-written one stays readable in one sitting. Part of `npm run verify`.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node24.mjs'
import { sourceFiles } from './source-files.ts'

const maxLines = 450

const tooLong = sourceFiles(['.ts', '.tsx', '.mjs', '.css'])
  .map((path) => ({ path, lines: readFileSync(join(root, path), 'utf8').split('\n').length - 1 }))
  .filter(({ lines }) => lines > maxLines)

for (const { path, lines } of tooLong) {
  console.log(`${path} has ${lines} lines, ${lines - maxLines} over the budget; it holds more than one idea.`)
}
process.exitCode = tooLong.length > 0 ? 1 : 0
