import { csvLine, csvMark } from './csv-cell.ts'

/** Rows, a batch at a time, as the text of a CSV file (RFC 4180, UTF-8 with its mark). */
export async function* csvFile(batches: AsyncIterable<readonly (readonly string[])[]>): AsyncGenerator<string> {
  yield csvMark
  for await (const batch of batches) yield batch.map(csvLine).join('')
}
