/**
 * How many times longer a large work takes than a small one: the quickest of several turns of each, since a machine that
 * does other things beside can only be slower. Says how work grows, on any machine.
 */
export function growth(small: () => unknown, large: () => unknown, turns = 4): number {
  let [least, most] = [Infinity, Infinity]
  small() // warm
  for (let turn = 0; turn < turns; turn += 1) {
    least = Math.min(least, msOf(small))
    most = Math.min(most, msOf(large))
  }
  return most / least
}

function msOf(work: () => unknown): number {
  const startedAtMs = performance.now()
  work()
  return performance.now() - startedAtMs
}
