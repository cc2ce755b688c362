/** How deep lists and objects may stand in each other: more than any body needs, less than a stack of calls. */
export const maxBodyDepth = 64

/** True when a JSON text is nested deeper than that. Looks at brackets outside of strings, and at nothing else. */
export function isTooDeep(json: string): boolean {
  let depth = 0
  for (const [bracket] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (bracket === '[' || bracket === '{') depth += 1
    else if (bracket === ']' || bracket === '}') depth -= 1
    if (depth > maxBodyDepth) return true
  }
  return false
}
