import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { lockFolder } from './folder-lock.ts'
import { ownIdentity } from './process-identity.ts'

// Each test starts a process, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'textloom-lock-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const lockFile = () => join(folder, 'textloom.lock')

async function beSilentSince(agoMs: number): Promise<void> {
  const then = new Date(Date.now() - agoMs)
  await utimes(lockFile(), then, then)
}

/** A process that holds the folder until it is killed. */
async function holder() {
  const code = `import { lockFolder } from ${JSON.stringify(new URL('./folder-lock.ts', import.meta.url).href)}
    await lockFolder(process.argv[1]); console.log('held'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return child
}

describe('a data folder', () => {
  test('is refused to a second process in a sentence that says who holds it and since when', async () => {
    const child = await holder()
    try {
      const started = Date.now()
      const refusal = lockFolder(folder)
      await expect(refusal).rejects.toMatchObject({ code: 'folder-held' })
      await expect(refusal).rejects.toThrow(`process ${child.pid} on ${hostname()}, since 20`)
      await expect(refusal).rejects.toThrow('TEXTLOOM_DATA_DIR')
      expect(Date.now() - started).toBeLessThan(5_000)
    } finally {
      child.kill('SIGKILL')
    }
  })

  test('is refused to the same process, too', async () => {
    const lock = await lockFolder(folder)
    await expect(lockFolder(folder)).rejects.toThrow(`process ${process.pid}`)
    await lock.release()
  })

  test('is free once it is released', async () => {
    await (await lockFolder(folder)).release()
    expect(await readdir(folder)).toEqual([])
    await (await lockFolder(folder)).release()
  })

  test('of a killed process is taken over at once', async () => {
    const child = await holder()
    child.kill('SIGKILL')
    await once(child, 'exit')
    const started = Date.now()
    const lock = await lockFolder(folder)
    expect(Date.now() - started).toBeLessThan(3_000)
    expect(JSON.parse(await readFile(lockFile(), 'utf8'))).toMatchObject({ pid: process.pid })
    await lock.release()
  })

  test('whose holder’s pid belongs to another process by now is taken over', async () => {
    // Our own pid, but another start: what a reused pid looks like.
    const identity = { ...(await ownIdentity()), startTicks: '1' }
    await writeFile(lockFile(), JSON.stringify({ ...identity, id: 'x', since: '2026-01-01T00:00:00.000Z' }))
    await (await lockFolder(folder)).release()
  })

  test('is taken over from a lock that was cut short', async () => {
    await writeFile(lockFile(), '{"pid": 1')
    await beSilentSince(60_000)
    await (await lockFolder(folder)).release()
  })

  test('goes to one of many that find it left behind at the same time', async () => {
    const child = await holder()
    child.kill('SIGKILL')
    await once(child, 'exit')
    const asked = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)))
    const locks = asked.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    expect(locks).toHaveLength(1)
    await locks[0]!.release()
    expect(await readdir(folder)).toEqual([])
  })

  describe('whose holder cannot be seen from here (another container)', () => {
    const elsewhere = {
      pid: 1,
      host: 'other',
      world: 'another',
      startTicks: '7',
      id: 'x',
      since: '2026-01-01T00:00:00.000Z',
    }

    test('is refused when its heartbeat goes on', async () => {
      await writeFile(lockFile(), JSON.stringify(elsewhere))
      const beating = setInterval(() => void utimes(lockFile(), new Date(), new Date()), 50)
      await expect(lockFolder(folder)).rejects.toThrow('process 1 on other')
      clearInterval(beating)
    })

    test('is taken over when it has been silent for long', async () => {
      await writeFile(lockFile(), JSON.stringify(elsewhere))
      await beSilentSince(60_000)
      await (await lockFolder(folder)).release()
    })
  })
})
