import type { Readable } from 'node:stream'
import { SaxesParser } from 'saxes'
import { FileRefusal } from './file-refusal.ts'
import { damaged } from './workbook-parts.ts'

/** What is heard of an XML part. Names come without their prefix. */
export interface XmlHearer {
  open?(name: string, attributes: { readonly [name: string]: string }): void
  text?(text: string): void
  close?(name: string): void
}

/**
 * Reads XML as it is unpacked, and gives a turn after each piece, so that rows can be handed on while the rest is still
 * packed. No entity but the five of XML is expanded, and a document type is refused: workbooks have none.
 * @throws FileRefusal for what is no XML
 */
export async function* hearXml(stream: Readable, hearer: XmlHearer): AsyncGenerator<void> {
  const parser = new SaxesParser({ fragment: false, xmlns: false })
  let failure: unknown
  const guarded =
    <Args extends readonly unknown[]>(heard: (...args: Args) => void) =>
    (...args: Args) => {
      if (failure !== undefined) return
      try {
        heard(...args)
      } catch (error) {
        failure = error
      }
    }
  parser.on('error', (error) => {
    failure ??= error
  })
  parser.on('doctype', () => {
    failure ??= new FileRefusal(
      'damaged',
      'The workbook holds a document type definition, which no spreadsheet writes: save it again.',
    )
  })
  parser.on(
    'opentag',
    guarded(({ name, attributes }) => hearer.open?.(local(name), attributes as Record<string, string>)),
  )
  parser.on(
    'closetag',
    guarded(({ name }) => hearer.close?.(local(name))),
  )
  parser.on(
    'text',
    guarded((text) => hearer.text?.(text)),
  )
  parser.on(
    'cdata',
    guarded((text) => hearer.text?.(text)),
  )
  const decoder = new TextDecoder()
  try {
    for await (const piece of stream) {
      parser.write(decoder.decode(piece as Buffer, { stream: true }))
      if (failure !== undefined) throw failure
      yield
    }
    parser.write(decoder.decode()).close()
    if (failure !== undefined) throw failure
  } catch (error) {
    throw damaged(error)
  } finally {
    stream.destroy()
  }
}

/** Reads a part to its end. */
export async function hearAll(stream: Readable, hearer: XmlHearer): Promise<void> {
  for await (const _piece of hearXml(stream, hearer));
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
