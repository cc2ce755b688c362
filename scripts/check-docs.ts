// Every link between pages leads somewhere, and every decision is in the index. Part of `npm run verify`.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import { anchorsOf, linksOf } from './markdown.ts'
import { root } from './node24.mjs'
import { sourceFiles } from './source-files.ts'

const complaints = [...sourceFiles(['.md']).flatMap(checkLinks), ...checkDecisions('docs/decisions')]
for (const complaint of complaints) console.log(complaint)
process.exitCode = complaints.length > 0 ? 1 : 0

function checkLinks(page: string): string[] {
  return linksOf(read(page)).flatMap(({ target, line }) => {
    const [path = '', anchor] = target.split('#')
    const file = path === '' ? page : join(dirname(page), decodeURI(path))
    if (!existsSync(join(root, file))) return [`${page}:${line}: ${target} leads nowhere`]
    const hasAnchors = anchor !== undefined && statSync(join(root, file)).isFile() && file.endsWith('.md')
    return hasAnchors && !anchorsOf(read(file)).has(anchor)
      ? [`${page}:${line}: ${file} has no heading #${anchor}`]
      : []
  })
}

/** Decisions are numbered without gaps, tell the four things a newcomer asks, and stand in the index. */
function checkDecisions(folder: string): string[] {
  const decisions = readdirSync(join(root, folder)).filter((name) => /^\d{4}-.+\.md$/.test(name))
  const linked = linksOf(read(`${folder}/README.md`)).map(({ target }) => target)
  return decisions.sort().flatMap((name, index) => {
    const page = `${folder}/${name}`
    const number = String(index + 1).padStart(4, '0')
    const sections = anchorsOf(read(page))
    return [
      ...(name.startsWith(number) ? [] : [`${page}: the next number is ${number}`]),
      ...(linked.includes(name) ? [] : [`${page} is missing in ${folder}/README.md`]),
      ...['context', 'decision', 'consequences', 'rejected']
        .filter((section) => !sections.has(section))
        .map((section) => `${page} has no section "${section}"`),
    ]
  })
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}
