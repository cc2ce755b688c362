import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvCell, csvLine, withoutGuard } from './csv-cell.ts'

test.each([
  { value: '=1+1', cell: `"'=1+1"` },
  { value: '@SUM(A1)', cell: `"'@SUM(A1)"` },
  { value: '-2+3', cell: `"'-2+3"` },
  { value: '\t=x', cell: `"'\t=x"` },
  { value: '＝cmd', cell: `"'＝cmd"` },
  { value: '\0=x', cell: `"'\0=x"` },
  { value: "'=x", cell: `"''=x"` },
  { value: '+36301234567', cell: '+36301234567' },
  { value: '-5.5', cell: '-5.5' },
  { value: "'tis", cell: "'tis" },
  { value: 'a "b", c', cell: '"a ""b"", c"' },
])('$value is written as $cell', ({ value, cell }) => {
  expect(csvCell(value)).toBe(cell)
})

test('what is guarded comes back as it was', () => {
  const starts = fc.constantFrom('', "'", '=', '+', '-', '@', '＝', "'=", '+36', ' ')
  fc.assert(
    fc.property(starts, fc.string(), (start, rest) => {
      const value = start + rest
      const cell = csvCell(value)
      const text = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell
      expect(withoutGuard(text)).toBe(value)
    }),
    { numRuns: 300 },
  )
  expect(csvLine(['a', ''])).toBe('a,\r\n')
})
