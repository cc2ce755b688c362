/** A place in a document: the keys and indices that lead to it from the root. */
export type DocumentPath = readonly (string | number)[]

/** `['nodes', 2, 'data', 'odd key']` → `nodes[2].data["odd key"]`. The root is the empty text. */
export function formatPath(path: DocumentPath): string {
  let text = ''
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`
    else if (/^[A-Za-z_$][\w$-]*$/.test(key)) text += text === '' ? key : `.${key}`
    else text += `[${JSON.stringify(key.length > 80 ? `${key.slice(0, 80)}…` : key)}]`
  }
  return text
}
