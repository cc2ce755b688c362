/** What a file may have at most. More is refused with these numbers, never cut off in silence. */
export const fileLimits = {
  /** Octets of the file as it is uploaded. */
  octets: 50_000_000,
  /** Rows, the header among them. */
  rows: 500_000,
  columns: 200,
  /** Characters of a cell. */
  cell: 32_767,
  /** Characters of a row of text: where a quotation mark was never closed, the rest of the file is one row. */
  row: 1_000_000,
  /** Octets of a workbook's parts together, once they are unpacked. */
  unpacked: 1_000_000_000,
  /** How many times its packed size a part that is larger than `smallPart` may have. */
  ratio: 200,
  smallPart: 10_000_000,
  /** Parts of a workbook. */
  parts: 2_000,
  /** Characters of all texts that cells share. */
  sharedText: 60_000_000,
} as const
