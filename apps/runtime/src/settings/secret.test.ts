import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadSecret } from './secret.ts'
import { secretBox } from './secret-box.ts'
import { SettingsError } from './settings-error.ts'

const folder = () => mkdtemp(join(tmpdir(), 'textloom-secret-'))

describe('the secret', () => {
  test('is generated once, for the owner only, and stays', async () => {
    const dataDir = join(await folder(), 'new')
    const [one, two] = await Promise.all([loadSecret({ dataDir }), loadSecret({ dataDir })])
    expect(one).toEqual(two)
    expect(one).toHaveLength(32)
    expect((await stat(join(dataDir, 'secret'))).mode & 0o777).toBe(0o600)
    expect(await loadSecret({ dataDir })).toEqual(one)
  })

  test('of the environment comes first and writes no file', async () => {
    const dataDir = await folder()
    const key = await loadSecret({ dataDir, secret: 'correct horse' })
    expect(key).toEqual(await loadSecret({ dataDir: await folder(), secret: 'correct horse' }))
    expect(key).not.toEqual(await loadSecret({ dataDir, secret: 'correct house' }))
    await expect(readFile(join(dataDir, 'secret'))).rejects.toThrow('ENOENT')
  })

  test('that was cut short is not replaced', async () => {
    const dataDir = await folder()
    await writeFile(join(dataDir, 'secret'), 'abc\n')
    await expect(loadSecret({ dataDir })).rejects.toThrow(SettingsError)
  })
})

describe('a sealed credential', () => {
  const box = secretBox(new Uint8Array(32).fill(1))
  const other = secretBox(new Uint8Array(32).fill(2))

  test('opens with the same key at the same place', () => {
    const sealed = box.seal('hunter2 ő', 'password of link "a"')
    expect(sealed).not.toContain('hunter2')
    expect(box.open(sealed, 'password of link "a"')).toBe('hunter2 ő')
  })

  test('looks different each time', () => {
    expect(box.seal('x', 'p')).not.toBe(box.seal('x', 'p'))
  })

  test.each([
    { why: 'another key', open: (sealed: string) => other.open(sealed, 'p'), says: 'encrypted with another secret' },
    { why: 'another place', open: (sealed: string) => box.open(sealed, 'q'), says: 'changed or belongs elsewhere' },
    { why: 'a changed octet', open: (sealed: string) => box.open(flipLast(sealed), 'p'), says: 'changed or belongs' },
    { why: 'plain text', open: () => box.open('hunter2', 'p'), says: 'is not encrypted' },
    { why: 'nothing after the key id', open: (sealed: string) => box.open(sealed.slice(0, 18), 'p'), says: 'changed' },
  ])('does not open with $why', ({ open, says }) => {
    expect(() => open(box.seal('hunter2', 'p'))).toThrow(says)
  })
})

function flipLast(sealed: string): string {
  const middle = sealed.length - 10
  return `${sealed.slice(0, middle)}${sealed[middle] === 'A' ? 'B' : 'A'}${sealed.slice(middle + 1)}`
}
