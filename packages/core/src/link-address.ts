/**
 * Why an address cannot be what a tracked link leads to, as the rest of a sentence that begins with it; undefined when it
 * can. Web pages and apps (`myapp://order/7`) can be opened; addresses that a browser would run or read files by cannot.
 */
export function linkProblem(address: string): string | undefined {
  // Browsers drop these within a scheme (WHATWG URL, "basic URL parser", step 3).
  const bare = address.replace(/[\t\n\r]/g, '').trim()
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(bare)?.[1]?.toLowerCase()
  if (scheme === undefined) return 'has no scheme: begin it with https://, or with that of an app'
  if (refusedSchemes.has(scheme)) return `begins with ${scheme}:, which is not opened from a text`
  if (/^https?$/.test(scheme)) return /^https?:\/\/[^\s/?#]/i.test(bare) ? undefined : 'names no host'
  return bare.length > scheme.length + 1 ? undefined : 'ends after its scheme'
}

const refusedSchemes: ReadonlySet<string> = new Set([
  'about',
  'blob',
  'chrome',
  'content',
  'data',
  'file',
  'filesystem',
  'javascript',
  'jar',
  'resource',
  'vbscript',
  'view-source',
])
