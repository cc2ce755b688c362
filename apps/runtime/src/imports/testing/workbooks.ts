import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'
import { xlsxFile } from '../../exports/xlsx-file.ts'

/** A workbook as the export writes it. */
export function workbookOf(rows: readonly (readonly string[])[]): Promise<Uint8Array> {
  return buffer(
    xlsxFile(
      (async function* () {
        yield rows
      })(),
    ),
  )
}

/** A workbook part by part: whatever a hostile one may hold. */
export async function zipOf(parts: { readonly [name: string]: string | Buffer }): Promise<Uint8Array> {
  const zip = new ZipFile()
  for (const [name, body] of Object.entries(parts)) zip.addBuffer(Buffer.from(body), name)
  zip.end()
  return buffer(zip.outputStream as AsyncIterable<Buffer> & NodeJS.ReadableStream)
}

/** A workbook as Excel writes it: shared texts, numbers, styles, one sheet with the given XML of rows. */
export function excelOf(rows: string, more: { readonly [name: string]: string } = {}): Promise<Uint8Array> {
  return zipOf({
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets><sheet name="Hidden" sheetId="1" state="hidden" r:id="rId1"/><sheet name="People" sheetId="2" r:id="rId2"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${[1, 2].map((n) => `<Relationship Id="rId${n}" Type="x/worksheet" Target="worksheets/sheet${n}.xml"/>`).join('')}</Relationships>`,
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm"/><numFmt numFmtId="165" formatCode="0.00&quot; days&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>',
    'xl/sharedStrings.xml':
      '<sst><si><t>Phone</t></si><si><r><t>Ki</t></r><r><t>ss</t></r><rPh><t>no</t></rPh></si><si><t>a_x000D_b</t></si></sst>',
    'xl/worksheets/sheet1.xml': '<worksheet><sheetData/></worksheet>',
    'xl/worksheets/sheet2.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    ...more,
  })
}
