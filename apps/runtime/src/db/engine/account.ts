import { readFile } from 'node:fs/promises'

/** The user PostgreSQL runs as; undefined = the one this process runs as. */
export type Account = { readonly name: string; readonly uid: number; readonly gid: number } | undefined

/** Accounts that own nothing else, the best first. */
const UNPRIVILEGED = ['textloom', 'postgres', 'nobody']

/**
 * PostgreSQL refuses to run as root, rightly. When we are root it is given an unprivileged account: the one that
 * owns its files already, else the first of `textloom`, `postgres`, `nobody` that exists; null when none does.
 */
export async function accountFor(ownerUid: number | undefined): Promise<Account | null> {
  if (process.getuid?.() !== 0) return undefined
  const accounts = await readAccounts()
  const owner = accounts.find(({ uid }) => uid === ownerUid && uid !== 0)
  if (owner !== undefined) return owner
  for (const name of UNPRIVILEGED) {
    const account = accounts.find((candidate) => candidate.name === name && candidate.uid !== 0)
    if (account !== undefined) return account
  }
  return null
}

/** initdb looks its own user up by name, so only accounts that have one will do. */
async function readAccounts(): Promise<NonNullable<Account>[]> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':')
    return name !== undefined && uid !== undefined && gid !== undefined
      ? [{ name, uid: Number(uid), gid: Number(gid) }]
      : []
  })
}
