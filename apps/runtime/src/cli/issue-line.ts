import type { Issue } from '@textloom/core'

/** An issue as `validate` prints it (CONTRACT §4): `file: node-id (or -): code: sentence`. */
export function issueLine(file: string, { node, code, message }: Issue): string {
  return `${file}: ${node ?? '-'}: ${code}: ${message}\n`
}

/** How many of what: `1 error`, `2 warnings`. */
export function count(howMany: number, what: string): string {
  return `${howMany} ${what}${howMany === 1 ? '' : 's'}`
}
