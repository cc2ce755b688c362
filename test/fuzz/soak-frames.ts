import { fuzzedProtocols, fuzzFrames } from '@textloom/transports/testing'

/** How one frame, and all of them, may weigh. */
const SLOWEST_MS = 100
const HEAP_GROWTH_MB = 50
const CHUNK = 50_000

/**
 * Sends mutated frames to the readers of a protocol, says how far it is, and answers whether all is well. Memory is counted
 * after a forced garbage collection, for which Node wants `--expose-gc`.
 */
export async function soakFrames(
  protocol: string,
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<boolean> {
  const target = fuzzedProtocols[protocol]
  if (target === undefined) throw new Error(`There is no protocol ${protocol}: ${Object.keys(fuzzedProtocols)}.`)
  // The first frames fill what every process has once.
  await fuzzFrames(target, { count: 2_000, seed })
  const before = heapMb()
  const all = { frames: 0, closed: 0, answered: 0, slowestMs: 0 }
  while (all.frames < count) {
    const chunk = Math.min(CHUNK, count - all.frames)
    const { closed, answered, slowestMs } = await fuzzFrames(target, { count: chunk, seed: seed + all.frames })
    all.frames += chunk
    all.closed += closed
    all.answered += answered
    all.slowestMs = Math.max(all.slowestMs, slowestMs)
  }
  const grownMb = heapMb() - before
  const figures = `${all.closed} connections closed, ${all.answered} answers, slowest frame ${all.slowestMs.toFixed(1)} ms`
  console.log(`${protocol}: ${all.frames} frames, ${figures}, heap grown by ${grownMb.toFixed(1)} MB.`)
  return all.slowestMs < SLOWEST_MS && grownMb < HEAP_GROWTH_MB
}

function heapMb(): number {
  if (globalThis.gc === undefined) throw new Error('Start Node with --expose-gc.')
  globalThis.gc()
  return process.memoryUsage().heapUsed / 2 ** 20
}
