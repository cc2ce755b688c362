/** What `DATABASE_URL` names. */
export interface DatabaseAddress {
  /** For each host the whole address, with that host alone. */
  readonly hosts: readonly URL[]
}

/**
 * Reads an address like `postgres://user:password@host:5432/database`, or one with several hosts, separated by commas as
 * libpq reads them: the servers of one cluster, of which one is the primary at a time. Undefined for what is none.
 */
export function parseDatabaseUrl(text: string): DatabaseAddress | undefined {
  const [, before = '', hosts = '', after = ''] = /^(postgres(?:ql)?:\/\/(?:[^/?#]*@)?)([^/?#]*)(.*)$/s.exec(text) ?? []
  if (before === '') return undefined
  const urls = hosts.split(',').map((host) => URL.parse(`${before}${host}${after}`))
  if (urls.length > 1 && urls.some((url) => url?.hostname === '')) return undefined
  const sound = urls.filter((url) => url !== null)
  return sound.length === urls.length ? { hosts: sound } : undefined
}
