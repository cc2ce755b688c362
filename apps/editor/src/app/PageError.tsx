import type { ErrorComponentProps } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { followNewerApp, PartError } from '../shared/parts/load-part.ts'
import { ErrorState, LoadingState } from '../shared/ui/states.tsx'

/**
 * What stands where a page could not be shown. After an update of Textloom the new app is loaded by itself; what was
 * not saved yet an open flow keeps.
 */
export function PageError({ error, reset }: ErrorComponentProps) {
  if (error instanceof PartError) return <PartMissing error={error} />
  return <ErrorState error={error} retry={reset} />
}

function PartMissing({ error }: { readonly error: PartError }) {
  const [isThere, setThere] = useState(true)
  useEffect(() => {
    void followNewerApp().then(setThere)
  }, [])
  return isThere ? (
    <LoadingState what="the new version of the app" />
  ) : (
    <ErrorState error={error} retry={() => location.reload()} />
  )
}
