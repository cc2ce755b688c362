/** A line of a script, and where it stands. */
export interface ScriptLine {
  readonly text: string
  /** From 1, blank lines counted, as editors show it. */
  readonly number: number
}

/** The lines of a stream of UTF-8, as soon as each is complete; blank ones are left out. */
export async function* linesOf(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<ScriptLine> {
  const decoder = new TextDecoder()
  let number = 0
  let rest = ''
  for await (const chunk of source) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const text of lines) {
      number += 1
      if (text.trim() !== '') yield { text, number }
    }
  }
  rest += decoder.decode()
  if (rest.trim() !== '') yield { text: rest, number: number + 1 }
}
