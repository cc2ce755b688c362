import { expect, test } from 'vitest'
import { workbookOf } from '../testing/workbooks.ts'
import { lookAtFile, stageFile } from './file-thread.ts'
import type { StagedBatch, Task } from './protocol.ts'

const utf8 = new TextEncoder()
const fields = [{ key: 'city', title: 'Town', type: 'text', choices: [] }] as const

test('a look tells how a file is read, its columns, its first rows and what they seem to be for', async () => {
  const octets = utf8.encode('Name;Phone;Town\nAnna;06301234567;Pécs\nBéla;06201234567;\n')
  expect(await lookAtFile({ octets, wishes: {}, country: 'HU', plan: { fields } })).toEqual({
    reading: { kind: 'csv', encoding: 'utf-8', isEncodingSure: true, delimiter: ';', sheets: [], sheet: null },
    hasHeader: true,
    columns: ['Name', 'Phone', 'Town'],
    rows: [
      ['Anna', '06301234567', 'Pécs'],
      ['Béla', '06201234567', ''],
    ],
    mapping: ['name', 'phone', 'field:city'],
  })
})

test('columns without names are called as in a spreadsheet', async () => {
  const look = await lookAtFile({
    octets: await workbookOf([['Anna', '+36301234567']]),
    wishes: {},
    country: null,
    plan: { fields },
  })
  expect(look).toMatchObject({ hasHeader: false, columns: ['Column A', 'Column B'], mapping: [null, 'phone'] })
})

const rules = {
  only: null,
  country: 'HU',
  dates: 'dmy',
  empty: 'keep',
  groups: [],
  makeGroups: true,
  consent: null,
} as const

function task(text: string): Task {
  return {
    octets: utf8.encode(text),
    wishes: { hasHeader: true },
    country: 'HU',
    plan: { mapping: ['phone', 'groups'], rules, fields, groups: [] },
  }
}

test('all rows come as contacts, no quicker than they are taken', async () => {
  const lines = Array.from({ length: 1_200 }, (_, index) => `0630${1_000_000 + index};autumn`)
  const batches: StagedBatch[] = []
  let isBusy = false
  const end = await stageFile(task(`phone;group\n${lines.join('\n')}\nnobody;\n`), async (batch) => {
    expect(isBusy).toBe(false)
    isBusy = true
    batches.push(batch)
    await new Promise((resolve) => setImmediate(resolve))
    isBusy = false
  })
  expect(batches.map(({ staged }) => staged.length)).toEqual([500, 500, 201])
  expect(batches[0]?.staged[0]).toEqual({
    n: 2,
    phone: '+36301000000',
    isShort: false,
    draft: { 'group:autumn': true },
  })
  expect(batches[2]?.staged.at(-1)).toMatchObject({ n: 1_202, problem: 'phone', cells: ['nobody', ''] })
  expect(end.missingGroups).toEqual([{ id: 'autumn', title: 'autumn' }])
})

test('what cannot be read, and what cannot be stored, ends the reading with the reason', async () => {
  await expect(stageFile(task('phone;group\n"06'), async () => undefined)).rejects.toThrow('never closed')
  const failing = stageFile(task('phone;group\n0630123456;\n'), () => Promise.reject(new Error('disk full')))
  await expect(failing).rejects.toThrow('disk full')
})
