import { isDateFormat } from './excel-date.ts'
import { FileRefusal } from './file-refusal.ts'
import { fileLimits } from './limits.ts'
import type { WorkbookParts } from './workbook-parts.ts'
import { hearAll } from './xml-events.ts'

/** A sheet that a workbook shows. */
export interface Sheet {
  readonly name: string
  /** Its part. */
  readonly part: string
}

/** What a workbook says about all its sheets. */
export interface Workbook {
  readonly sheets: readonly Sheet[]
  readonly is1904: boolean
  /** The styles of cells that show dates. */
  readonly dateStyles: ReadonlySet<number>
  readonly texts: readonly string[]
}

/** Reads all of a workbook but its cells. @throws FileRefusal */
export async function readWorkbook(parts: WorkbookParts): Promise<Workbook> {
  const targets = await readTargets(parts)
  const listed: { name: string; id: string; isHidden: boolean }[] = []
  let is1904 = false
  await hearAll(await parts.open('xl/workbook.xml'), {
    open(name, attributes) {
      if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attributes.date1904 ?? '')
      if (name !== 'sheet') return
      const id = Object.entries(attributes).find(([key]) => /(?:^|:)id$/.test(key))?.[1] ?? ''
      listed.push({ name: attributes.name ?? '', id, isHidden: (attributes.state ?? 'visible') !== 'visible' })
    },
  })
  const found = listed.flatMap(({ name, id, isHidden }) => {
    const part = targets.get(id)
    return part !== undefined && parts.has(part) ? [{ name, part, isHidden }] : []
  })
  const shown = found.filter(({ isHidden }) => !isHidden)
  const sheets = (shown.length > 0 ? shown : found).map(({ name, part }) => ({ name, part }))
  if (sheets.length === 0) throw new FileRefusal('empty', 'The workbook has no sheet with cells: choose another one.')
  return { sheets, is1904, dateStyles: await readDateStyles(parts), texts: await readTexts(parts) }
}

/** Where the parts lie that the workbook names; only sheets of cells. */
async function readTargets(parts: WorkbookParts): Promise<ReadonlyMap<string, string>> {
  const targets = new Map<string, string>()
  await hearAll(await parts.open('xl/_rels/workbook.xml.rels'), {
    open(name, { Id = '', Target = '', Type = '', TargetMode }) {
      if (name !== 'Relationship' || !Type.endsWith('/worksheet') || TargetMode === 'External') return
      const path = Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`
      targets.set(Id, path.replace(/(?:^|\/)\.\//g, '/'))
    },
  })
  return targets
}

async function readDateStyles(parts: WorkbookParts): Promise<ReadonlySet<number>> {
  const styles = new Set<number>()
  if (!parts.has('xl/styles.xml')) return styles
  const codes = new Map<number, string>()
  let isInCells = false
  let style = 0
  await hearAll(await parts.open('xl/styles.xml'), {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      if (name === 'cellXfs') isInCells = true
      if (name !== 'xf' || !isInCells) return
      const format = Number(attributes.numFmtId ?? 0)
      if (isDateFormat(format, codes.get(format))) styles.add(style)
      style += 1
    },
    close(name) {
      if (name === 'cellXfs') isInCells = false
    },
  })
  return styles
}

/** The texts that cells share; without those that only say how a text sounds. */
async function readTexts(parts: WorkbookParts): Promise<readonly string[]> {
  if (!parts.has('xl/sharedStrings.xml')) return []
  const texts: string[] = []
  let text = ''
  let isText = false
  let isSound = false
  let characters = 0
  await hearAll(await parts.open('xl/sharedStrings.xml'), {
    open(name) {
      if (name === 'si') text = ''
      if (name === 'rPh') isSound = true
      if (name === 't') isText = !isSound
    },
    text(more) {
      if (isText) text += more
    },
    close(name) {
      if (name === 't') isText = false
      if (name === 'rPh') isSound = false
      if (name !== 'si') return
      characters += text.length
      if (characters > fileLimits.sharedText) {
        throw new FileRefusal('too-large', 'The workbook holds more text than is read at once: save it as .csv.')
      }
      texts.push(unescaped(text))
    },
  })
  return texts
}

/** Workbooks write characters that XML has not as `_x000D_` (ECMA-376 part 1 §22.9.2.19). */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}
