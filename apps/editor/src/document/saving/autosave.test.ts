import { type FlowDocument, formatFlow, type Issue } from '@textloom/core'
import { registry } from '@textloom/nodes'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { menuFlow } from '../testing/menu-flow.ts'
import { type OpenFlow, openFlow } from '../testing/open-flow.ts'
import { type Autosave, autosave } from './autosave.ts'
import { type BackupPlace, backupPlace } from './draft-backup.ts'
import type { FlowStorage } from './flow-storage.ts'
import { openStored } from './open-stored.ts'

/** A runtime that keeps one flow, and can be out of reach. */
class Shelf implements FlowStorage {
  document: FlowDocument = menuFlow()
  version = 1
  isReachable = true
  isSignedIn = true
  refuses: string | undefined
  issues: readonly Issue[] = []
  saves = 0

  get etag(): string {
    return `"${this.version}"`
  }

  async load() {
    return { document: this.document, etag: this.etag }
  }

  async save(_id: string, text: string, etag: string) {
    this.saves++
    await Promise.resolve()
    if (!this.isReachable) return { kind: 'offline' } as const
    if (!this.isSignedIn) return { kind: 'signed-out' } as const
    if (this.refuses !== undefined) return { kind: 'refused', message: this.refuses, issues: this.issues } as const
    if (etag !== this.etag) return { kind: 'conflict', theirs: await this.load() } as const
    this.document = JSON.parse(text)
    this.version++
    return { kind: 'saved', etag: this.etag } as const
  }
}

function memory(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const items = new Map<string, string>()
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  }
}

let shelf: Shelf
let backup: BackupPlace
let flow: OpenFlow
let saver: Autosave

async function open(): Promise<{ flow: OpenFlow; saver: Autosave }> {
  const stored = await shelf.load()
  const opened = openFlow(stored.document)
  return { flow: opened, saver: autosave({ editor: opened, stored, storage: shelf, backup, now: () => Date.now() }) }
}

const textOf = (document: FlowDocument) => formatFlow(document, registry)
const say = (text: string, to: OpenFlow = flow) => to.commands.setNodeData('where', ['text'], text)
const stored = () => shelf.document.nodes.find(({ id }) => id === 'where')?.data.text
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const kind = () => saver.state.getState().kind

beforeEach(async () => {
  vi.useFakeTimers()
  shelf = new Shelf()
  backup = backupPlace('help', memory())
  ;({ flow, saver } = await open())
})

afterEach(() => {
  saver.stop()
  vi.useRealTimers()
})

test('a change is saved within two seconds', async () => {
  say('New')
  expect(kind()).toBe('unsaved')
  await pass(2_000)
  expect([stored(), kind()]).toEqual(['New', 'saved'])
})

test('whoever types without a pause is saved all the same', async () => {
  for (let letters = 1; letters <= 10; letters++) {
    say('x'.repeat(letters))
    await pass(400)
  }
  expect(shelf.saves).toBeGreaterThanOrEqual(2)
  await pass(2_000)
  expect(stored()).toBe('xxxxxxxxxx')
})

test('selecting saves nothing, and neither does a change that is undone', async () => {
  flow.view.select(['menu'])
  await pass(5_000)
  expect(kind()).toBe('saved')
  say('New')
  flow.document.undo()
  await pass(5_000)
  expect([shelf.saves, kind()]).toEqual([0, 'saved'])
})

test('changes while a save is under way are saved after it', async () => {
  say('One')
  const saved = saver.flush()
  say('Two')
  await saved
  await pass(2_000)
  expect([stored(), kind(), shelf.saves]).toEqual(['Two', 'saved', 2])
})

test('a save that takes long does not lose what was changed meanwhile', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const save = shelf.save.bind(shelf)
  shelf.save = async (...args) => {
    if (shelf.saves === 0) await promise
    return save(...args)
  }
  say('One')
  await pass(1_000)
  say('Two')
  await pass(10_000)
  resolve()
  await pass(2_000)
  expect([stored(), kind()]).toEqual(['Two', 'saved'])
})

test('flush saves at once', async () => {
  say('Now')
  expect(await saver.flush()).toMatchObject({ kind: 'saved' })
  expect(stored()).toBe('Now')
})

test('when nobody is signed in any more the draft is kept, with what is typed meanwhile, and saved later', async () => {
  shelf.isSignedIn = false
  say('Kept')
  await pass(60_000)
  expect([kind(), shelf.saves]).toEqual(['signed-out', 1])
  say('Kept too')
  await pass(2_000)
  expect([kind(), backup.read()?.text]).toEqual(['signed-out', expect.stringContaining('Kept too')])
  shelf.isSignedIn = true
  expect(await saver.flush()).toMatchObject({ kind: 'saved' })
  expect([stored(), backup.read()]).toEqual(['Kept too', undefined])
})

describe('without a connection', () => {
  test('the draft is kept here, tried again, and forgotten once it is saved', async () => {
    shelf.isReachable = false
    say('Kept')
    await pass(2_000)
    expect(kind()).toBe('offline')
    say('Kept too')
    expect(backup.read()?.text).toContain('Kept too')
    shelf.isReachable = true
    saver.online()
    await pass(10)
    expect([stored(), kind(), backup.read()]).toEqual(['Kept too', 'saved', undefined])
  })

  test('attempts grow rarer', async () => {
    shelf.isReachable = false
    say('Kept')
    await pass(60_000)
    expect(shelf.saves).toBeLessThanOrEqual(6)
  })

  test('the draft is there again when the page is opened anew', async () => {
    shelf.isReachable = false
    say('Kept')
    saver.pageHides()
    const read = (text: string): FlowDocument => JSON.parse(text)
    const opening = openStored(await shelf.load(), backup, read, registry)
    expect(opening.restoredFrom).toBeDefined()
    expect(opening.document.nodes.find(({ id }) => id === 'where')?.data.text).toBe('Kept')
  })

  test('a backup that cannot be read is no backup', async () => {
    backup.write({ text: 'nonsense', etag: '"1"', base: 'nonsense', at: 0 })
    const opening = openStored(await shelf.load(), backup, () => undefined, registry)
    expect(opening).toMatchObject({ document: { id: 'help' } })
    expect(backup.read()).toBeUndefined()
  })
})

describe('two tabs', () => {
  let other: Awaited<ReturnType<typeof open>>

  beforeEach(async () => {
    other = await open()
    say('Theirs', other.flow)
    await other.saver.flush()
    other.saver.stop()
  })

  test('never overwrite each other by themselves', async () => {
    say('Mine')
    await pass(60_000)
    expect([kind(), stored(), shelf.saves]).toEqual(['conflict', 'Theirs', 2])
    say('Mine still')
    await pass(60_000)
    expect([stored(), shelf.saves]).toEqual(['Theirs', 2])
  })

  test('keep mine, when I say so', async () => {
    say('Mine')
    await pass(2_000)
    saver.resolve('mine')
    await pass(2_000)
    expect([kind(), stored()]).toEqual(['saved', 'Mine'])
  })

  test('or take theirs, with nothing left to undo', async () => {
    say('Mine')
    await pass(2_000)
    saver.resolve('theirs')
    await pass(2_000)
    expect([kind(), stored(), backup.read()]).toEqual(['saved', 'Theirs', undefined])
    expect(flow.document.getState()).toMatchObject({ past: [], future: [] })
  })

  test('that did the very same do not disagree', async () => {
    say('Theirs')
    await pass(2_000)
    expect([kind(), shelf.saves]).toEqual(['saved', 2])
  })

  test('a draft from before their save asks who is right when it is opened again', async () => {
    const mine = structuredClone(menuFlow())
    mine.name = 'Mine'
    backup.write({ text: textOf(mine), etag: '"1"', base: textOf(menuFlow()), at: 7 })
    const opening = openStored(await shelf.load(), backup, (text) => JSON.parse(text), registry)
    expect(opening).toMatchObject({ document: { name: 'Mine' }, stored: { etag: '"1"' }, restoredFrom: 7 })
    saver.stop()
    saver = autosave({ editor: openFlow(opening.document), stored: opening.stored, storage: shelf, backup })
    await pass(2_000)
    expect([kind(), stored()]).toEqual(['conflict', 'Theirs'])
    expect(saver.state.getState()).toMatchObject({ base: { name: 'Help' } })
  })

  test('a draft in which nothing was changed gives way to their save', async () => {
    backup.write({ text: textOf(menuFlow()), etag: '"1"', base: textOf(menuFlow()), at: 7 })
    const opening = openStored(await shelf.load(), backup, (text) => JSON.parse(text), registry)
    expect(opening).not.toHaveProperty('restoredFrom')
    expect(backup.read()).toBeUndefined()
  })

  test('that are told the version they have is an old one ask, rather than save again without end', async () => {
    shelf.document = menuFlow()
    shelf.save = async () => {
      shelf.saves++
      return { kind: 'conflict', theirs: { document: shelf.document, etag: '"1"' } }
    }
    say('Mine')
    await pass(60_000)
    expect([kind(), shelf.saves]).toEqual(['conflict', 2])
  })

  test('of which the other saved and took back what it changed need no decision', async () => {
    shelf.document = menuFlow()
    shelf.version++
    say('Mine')
    await pass(2_000)
    expect([kind(), stored(), shelf.saves]).toEqual(['saved', 'Mine', 3])
  })
})

test('what the runtime does not take is said, and tried again after the next change', async () => {
  shelf.refuses = 'An option has no label.'
  say('x')
  await pass(2_000)
  expect(saver.state.getState()).toEqual({ kind: 'refused', message: 'An option has no label.' })
  shelf.refuses = undefined
  say('xy')
  await pass(2_000)
  expect([kind(), stored()]).toEqual(['saved', 'xy'])
})

test('what the runtime minds about a step is said in the words of the canvas', async () => {
  shelf.refuses = 'The flow has 1 structural defect.'
  const path = 'nodes[1].data.options[0].label'
  shelf.issues = [
    {
      code: 'flow/schema',
      severity: 'error',
      kind: 'structure',
      node: 'menu',
      path,
      message: `${path} must not be empty.`,
    },
  ]
  say('x')
  await pass(2_000)
  expect(saver.state.getState()).toEqual({
    kind: 'refused',
    message: 'Menu “What can we do?”: “Label” must not be empty.',
  })
})
