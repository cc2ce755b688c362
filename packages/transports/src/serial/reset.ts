/** What may bring back a modem that does not do what it should, the gentlest first. */
export type Reset = 'restart' | 'line'

/**
 * What is done before this attempt, after so many in a row that came to nothing. The port is opened anew for each. After
 * three the modem is told to start itself anew; after six its line is let go (DTR), which modems take for a hang-up or a
 * reset although they answer nothing; and so on, for a stick may come to its senses on the hundredth day.
 */
export function resetAfter(failures: number): Reset | undefined {
  if (failures === 0 || failures % 3 !== 0) return undefined
  return failures % 6 === 0 ? 'line' : 'restart'
}
