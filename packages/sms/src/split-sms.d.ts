/** Types of the oracle that segments.test.ts compares with; the package has none of its own. */
declare module 'split-sms' {
  export function split(text: string): {
    readonly characterSet: 'GSM' | 'Unicode'
    readonly parts: readonly { readonly content: string; readonly length: number; readonly bytes: number }[]
    readonly bytes: number
    readonly remainingInPart: number
  }
}
