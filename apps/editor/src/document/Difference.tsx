import type { SavedTestFailure } from '@textloom/engine'
import '../shared/ui/unseen.css'
import './difference.css'
import { differenceSides, differenceWords } from './test-difference.ts'

/** Where a saved test went another way: what it wants beside what came. */
export function Difference({ failure }: { failure: SavedTestFailure }) {
  const { expected, got } = differenceSides(failure)
  return (
    <div className="tl-difference">
      <p className="tl-unseen">{differenceWords(failure)}</p>
      <div aria-hidden>
        <p>
          <b>Step {failure.step + 1} wants</b>
          {expected}
        </p>
        <p>
          <b>What came</b>
          {got}
        </p>
      </div>
    </div>
  )
}
