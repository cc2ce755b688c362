import { describe, expect, test } from 'vitest'
import { excelOf, workbookOf, zipOf } from '../testing/workbooks.ts'
import { FileRefusal } from './file-refusal.ts'
import { type ReadingWishes, readTable } from './read-table.ts'

const utf8 = new TextEncoder()

async function read(octets: Uint8Array, wishes: ReadingWishes = {}, country?: string) {
  const { reading, rows } = await readTable(octets, wishes, country)
  const found: string[][] = []
  const numbers: number[] = []
  for await (const { n, cells } of rows()) {
    found.push([...cells])
    numbers.push(n)
  }
  return { ...reading, rows: found, numbers }
}

/** Latin-1 is close enough to write the pages: octets are given. */
const octetsOf = (text: string) => Buffer.from(text, 'latin1')
const utf16 = (text: string, isBig: boolean) => {
  const octets = Buffer.from(text, 'utf16le')
  return isBig ? octets.swap16() : octets
}

describe('a text is read', () => {
  test.each([
    { what: 'UTF-8', octets: utf8.encode('Név;Tel\nErdő Űr;1'), encoding: 'utf-8', isSure: true },
    { what: 'UTF-8 with its mark', octets: utf8.encode('\uFEFFNév;Tel\nErdő Űr;1'), encoding: 'utf-8', isSure: true },
    { what: 'UTF-16', octets: utf16('\uFEFFNév;Tel\nErdő Űr;1', false), encoding: 'utf-16le', isSure: true },
    {
      what: 'UTF-16 without its mark',
      octets: utf16('Név;Tel\nErdő Űr;1', false),
      encoding: 'utf-16le',
      isSure: true,
    },
    {
      what: 'UTF-16 the other way',
      octets: utf16('\uFEFFNév;Tel\nErdő Űr;1', true),
      encoding: 'utf-16be',
      isSure: true,
    },
    {
      what: 'the page of its country',
      octets: octetsOf('N\xe9v;Tel\nErd\xf5 \xdbr;1'),
      encoding: 'windows-1250',
      isSure: false,
    },
  ])('in $what', async ({ octets, encoding, isSure }) => {
    expect(await read(octets, {}, 'HU')).toMatchObject({
      kind: 'csv',
      encoding,
      isEncodingSure: isSure,
      rows: [
        ['Név', 'Tel'],
        ['Erdő Űr', '1'],
      ],
    })
  })

  test.each([
    {
      what: 'Polish',
      octets: octetsOf('Imi\xea;Miasto\nPawe\xb3 Wi\x9cniewski;\xa3\xf3d\x9f\nJ\xf3zef \xaf\xf3\xb3\xe6;Krak\xf3w\n'),
      encoding: 'windows-1250',
      first: 'Imię',
    },
    {
      what: 'French',
      octets: octetsOf('Pr\xe9nom;Ville\nFran\xe7ois;Orl\xe9ans\nZo\xe9;Ch\xe2lons\nH\xe9l\xe8ne;No\xeblle\n'),
      encoding: 'windows-1252',
      first: 'Prénom',
    },
  ])('in what $what looks like, where nothing else tells', async ({ octets, encoding, first }) => {
    const found = await read(octets)
    expect(found).toMatchObject({ encoding, isEncodingSure: false })
    expect(found.rows[0]?.[0]).toBe(first)
  })

  test('in the encoding that somebody chose', async () => {
    const found = await read(octetsOf('a;\xf5\n'), { encoding: 'windows-1250' })
    expect(found.rows).toEqual([['a', 'ő']])
  })

  test.each([
    { delimiter: ',', text: 'name,note\nA,"x; y; z"\n' },
    { delimiter: ';', text: 'name;note\nA;"1,5"\nB;2,5\n' },
    { delimiter: '\t', text: 'name\tnote\nA, B\tc\n' },
    { delimiter: '|', text: 'name|note\nA|b\n' },
    { delimiter: ';', text: 'sep=;\nname,x;note\nA;b\n' },
    { delimiter: ',', text: 'phone\n+361\n' },
  ])('cut by $delimiter', async ({ delimiter, text }) => {
    expect((await read(utf8.encode(text))).delimiter).toBe(delimiter)
  })

  test('with lines in quotes, blank rows and every end of line', async () => {
    const found = await read(utf8.encode('a,b\r\n"x\r\ny",1\r\n,\r\n\r\n"say ""hi""",2\rlast,3'))
    expect(found.rows).toEqual([
      ['a', 'b'],
      ['x\ny', '1'],
      ['say "hi"', '2'],
      ['last', '3'],
    ])
    expect(found.numbers).toEqual([1, 2, 5, 6])
  })

  test('whatever its slices cut apart', async () => {
    const line = `${'é'.repeat(60)},"${'ű'.repeat(30)}\r\n",x\r\n`
    const { rows } = await read(utf8.encode(line.repeat(4_000)))
    expect(rows).toHaveLength(4_000)
    expect(new Set(rows.map((row) => row.join('|')))).toEqual(new Set([`${'é'.repeat(60)}|${'ű'.repeat(30)}|x`]))
  })
})

describe('a workbook is read', () => {
  test('as it was written', async () => {
    const rows = [
      ['phone', 'name', 'note'],
      ['+36301234567', '=1+1', 'a <b> & "c"'],
      ['', 'two\nlines', '_x000D_'],
    ]
    const found = await read(await workbookOf(rows))
    expect(found).toMatchObject({ kind: 'xlsx', encoding: null, sheets: ['Contacts'], sheet: 'Contacts' })
    expect(found.rows).toEqual(rows)
  })

  test('as Excel writes it', async () => {
    const found = await read(
      await excelOf(
        `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>
         <row r="3"><c r="A3"><v>3.6301234567E10</v></c><c r="B3" s="1"><v>46086</v></c><c r="C3" s="2"><v>46086.39583333</v></c>
           <c r="D3" t="b"><v>1</v></c><c r="E3" t="str"><f>A1&amp;"!"</f><v>x!</v></c><c r="F3"><v>0.30000000000000004</v></c>
           <c r="G3" s="3"><v>2</v></c><c r="H3" t="s"><v>2</v></c></row>`,
      ),
    )
    expect(found.sheets).toEqual(['People'])
    expect(found.numbers).toEqual([1, 3])
    expect(found.rows).toEqual([
      ['Phone', '', 'Kiss'],
      ['36301234567', '2026-03-05', '2026-03-05T09:30', 'TRUE', 'x!', '0.3', '2', 'a\rb'],
    ])
  })
})

describe('refused, with what to do:', () => {
  const wide = `<row r="1">${Array.from({ length: 16_384 }, (_, index) => `<c r="${letters(index)}1" t="str"><v>x</v></c>`).join('')}</row>`
  const bomb = () => excelOf('', { 'xl/worksheets/sheet2.xml': `<worksheet>${' '.repeat(12_000_000)}</worksheet>` })
  test.each<{ what: string; octets: () => Promise<Uint8Array> | Uint8Array; says: RegExp }>([
    { what: 'nothing', octets: () => new Uint8Array(), says: /empty: choose another/ },
    {
      what: 'an old workbook',
      octets: () => octetsOf('\xD0\xCF\x11\xE0rest'),
      says: /2003 or older.*save it as .xlsx/,
    },
    { what: 'a PDF', octets: () => octetsOf('%PDF-1.7'), says: /PDF.*export the table/ },
    { what: 'a web page', octets: () => utf8.encode('\uFEFF <html><table>'), says: /web page/ },
    {
      what: 'octets',
      octets: () => Uint8Array.from({ length: 999 }, (_, at) => (at * 7) % 5),
      says: /no text and no workbook/,
    },
    { what: 'an archive', octets: () => zipOf({ 'a.csv': 'a' }), says: /ZIP archive.*unpack/ },
    { what: 'OpenDocument', octets: () => zipOf({ 'content.xml': '<a/>' }), says: /OpenDocument.*save it as/ },
    { what: 'half a workbook', octets: async () => (await workbookOf([['a']])).subarray(0, 900), says: /damaged/ },
    { what: 'a bomb', octets: bomb, says: /out of all proportion/ },
    { what: '16,384 columns', octets: () => excelOf(wide), says: /beyond column 200/ },
    {
      what: 'as many in a text',
      octets: () => utf8.encode(','.repeat(16_383).replaceAll(',', 'a,')),
      says: /16,384 columns/,
    },
    {
      what: 'entities that grow',
      octets: () =>
        excelOf('', {
          'xl/workbook.xml': '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><workbook>&c;</workbook>',
        }),
      says: /document type|entity/,
    },
    {
      what: 'entities from elsewhere',
      octets: () =>
        excelOf('', {
          'xl/sharedStrings.xml':
            '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst><si><t>&x;</t></si></sst>',
        }),
      says: /document type|entity/,
    },
    {
      what: 'an open quotation mark',
      octets: () => utf8.encode(`a,b\n1,"2\n${'3,4\n'.repeat(400_000)}`),
      says: /row 2 is never closed/,
    },
    { what: 'a short one', octets: () => utf8.encode('a,b\n1,2\n3,"4\n'), says: /row 3 is never closed/ },
  ])('$what', async ({ octets, says }) => {
    const refused = Promise.resolve(octets()).then(read)
    await expect(refused).rejects.toThrow(FileRefusal)
    await expect(refused).rejects.toThrow(says)
  })
})

function letters(index: number): string {
  const rest = Math.floor(index / 26)
  return `${rest > 0 ? letters(rest - 1) : ''}${String.fromCharCode(65 + (index % 26))}`
}
