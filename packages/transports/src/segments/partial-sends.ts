import type { SendResult, TransportError } from '@textloom/core'

/** MTs of which some segments were accepted and others not, that are remembered for their next attempt. */
const REMEMBERED = 1_000

/** The provider's id of each segment by its position; segments that are not accepted are absent. */
type Accepted = ReadonlyMap<number, string>

/**
 * Sends the segments of MTs. An MT of which the network took only some is finished by its next attempt, which sends the
 * others only: nothing that was accepted leaves twice.
 */
export class PartialSends {
  readonly #partial = new Map<string, Accepted>()

  /**
   * @param key names the MT, the same on every attempt
   * @param sendOne sends one segment; answers the network's id of it, or why it was not accepted
   * @throws TransportError if any segment was not accepted, the most telling of them
   */
  async send<Segment>(
    key: string,
    segments: readonly Segment[],
    sendOne: (segment: Segment) => Promise<string | TransportError>,
  ): Promise<SendResult> {
    const before = this.#partial.get(key)
    const outcomes = await Promise.all(segments.map((segment, position) => before?.get(position) ?? sendOne(segment)))
    const accepted = outcomes.filter((outcome) => typeof outcome === 'string')
    this.#partial.delete(key)
    if (accepted.length === outcomes.length) return { providerIds: accepted }
    if (accepted.length > 0) this.#remember(key, outcomes)
    throw mostTelling(outcomes.filter((outcome) => typeof outcome !== 'string'))
  }

  #remember(key: string, outcomes: readonly (string | TransportError)[]): void {
    const entries = [...outcomes.entries()].filter((entry): entry is [number, string] => typeof entry[1] === 'string')
    this.#partial.set(key, new Map(entries))
    const [oldest] = this.#partial.keys()
    if (this.#partial.size > REMEMBERED && oldest !== undefined) this.#partial.delete(oldest)
  }
}

/** Of several failures the one that decides: no attempt can succeed, or nobody knows, or the first. */
function mostTelling(errors: readonly TransportError[]): TransportError | undefined {
  return errors.find(({ retry }) => retry === 'never') ?? errors.find(({ inDoubt }) => inDoubt) ?? errors[0]
}
