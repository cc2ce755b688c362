import { IconHistory, IconX } from '@tabler/icons-react'
import { useState } from 'react'

/** Says that a draft was found in this browser which had not been saved. */
export function RestoredNote({ at }: { at: number | undefined }) {
  const [isShown, setShown] = useState(at !== undefined)
  if (!isShown || at === undefined) return null
  return (
    <p className="tl-restored" role="status">
      <IconHistory size={17} aria-hidden />
      Your changes of {new Date(at).toLocaleString()} were not saved then. They are here again.
      <button type="button" aria-label="Close this note" onClick={() => setShown(false)}>
        <IconX size={15} aria-hidden />
      </button>
    </p>
  )
}
