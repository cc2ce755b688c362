/** What a source file imports. */
export interface Import {
  /** As written: `./gsm7.ts`, `@textloom/core`, `node:net`. */
  readonly specifier: string
  readonly line: number
  /** `import type` and `export type`: gone at run time. */
  readonly isTypeOnly: boolean
}

// A statement begins its line: what stands in a comment or deeper in a template literal is not one.
const statement =
  /^(?:import|export)\s+(?<type>type\s)?(?:[\w*{][^'"`;=]*?\sfrom\s*)?(?<quote>['"])(?<specifier>[^'"\n]+)\k<quote>/gm
const dynamic = /(?<![\w.*])import\(\s*(?<quote>['"])(?<specifier>[^'"\n]+)\k<quote>/g

/** Finds static imports, re-exports and dynamic imports of literal specifiers, in the order of the file. */
export function importsOf(source: string): Import[] {
  return [...source.matchAll(statement), ...source.matchAll(dynamic)]
    .map(({ index, groups }) => ({
      specifier: groups?.specifier ?? '',
      line: source.slice(0, index).split('\n').length,
      isTypeOnly: groups?.type !== undefined,
    }))
    .sort((a, b) => a.line - b.line)
}
