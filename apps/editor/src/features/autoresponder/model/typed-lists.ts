/** `INFO, help` as a list; commas of any script part its entries. */
export function readWords(typed: string): readonly string[] {
  return typed
    .split(/[,;、，；،؛\n]/u)
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

/** Phone numbers as the runtime knows them, whatever they were typed with: `0036 20 123-4567` is `+36201234567`. */
export function readSenders(typed: string): readonly string[] {
  return readWords(typed).map(canonicalSender)
}

function canonicalSender(typed: string): string {
  const plain = typed.replace(/[\s()./-]/g, '')
  return /^00\d/.test(plain) ? `+${plain.slice(2)}` : plain
}
