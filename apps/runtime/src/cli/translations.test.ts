import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runCli } from '../testing/run-cli.ts'

const example = join(import.meta.dirname, '../../../../examples/help-menu/flow.json')
let folder: string
let flow: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'translations-'))
  flow = join(folder, 'flow.json')
  await copyFile(example, flow)
})
afterEach(() => rm(folder, { recursive: true }))

test('goes to translators and back as CSV, and asking again changes nothing', async () => {
  const exported = await runCli(['translations', 'export', flow])
  expect(exported.exitCode).toBe(0)
  const [header = '', ...rows] = exported.stdout.split('\r\n')
  const table = join(folder, 'hungarian.csv')
  await writeFile(
    table,
    [`${header.replace(/^\uFEFF/, '')},fi`, ...rows.map((row) => (row === '' ? '' : `${row},FI`))].join('\r\n'),
  )
  const imported = await runCli(['translations', 'import', flow, table, '--write'])
  expect(imported).toMatchObject({ exitCode: 0, stdout: '', stderr: expect.stringContaining('New languages: fi.') })
  const document = JSON.parse(await readFile(flow, 'utf8'))
  expect(document.languages.others).toContain('fi')
  expect(new Set(Object.values(document.translations.fi))).toEqual(new Set(['FI']))
  expect((await runCli(['translations', 'import', flow, table])).stderr).toBe('0 texts changed.\n')
})

test('goes to translators and back as PO', async () => {
  const exported = await runCli(['translations', 'export', flow, '--to', 'po', '--language', 'fi'])
  expect(exported.stdout).toContain('"Language: fi\\n"')
  const po = exported.stdout.replaceAll('msgstr ""\n\n', 'msgstr "FI"\n\n')
  const imported = await runCli(['translations', 'import', flow, '-', '--from', 'po'], po)
  expect(imported.exitCode).toBe(0)
  expect(Object.values(JSON.parse(imported.stdout).translations.fi)).toContain('FI')
})

test.each([
  [['export', '--to', 'po'], 'name it by --language'],
  [['export', '--language', 'en'], 'is the base language'],
  [['import', 'table.txt'], 'add --from csv or --from po'],
])('translations %j is wrong use: %s', async ([verb = '', ...more], says) => {
  const argv =
    verb === 'import'
      ? ['translations', verb, flow, join(folder, more[0] ?? '')]
      : ['translations', verb, flow, ...more]
  if (verb === 'import') await writeFile(join(folder, more[0] ?? ''), 'x')
  expect(await runCli(argv)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(says) })
})

test('a table that cannot be read is at fault, by its line, and a key that names nothing is told', async () => {
  const bad = await runCli(['translations', 'import', flow, '-', '--from', 'csv'], 'a,b\n')
  expect(bad).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringContaining('-: Line 1: There is no column "key"'),
  })
  const stray = await runCli(['translations', 'import', flow, '-', '--from', 'csv'], 'key,fi\nmenu.txt,Moi\n')
  expect(stray.stderr).toContain('"menu.txt" name no text of this flow.')
})
