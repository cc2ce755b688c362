import { useNavigate, useSearch } from '@tanstack/react-router'
import { SetUpPage } from '../features/sign-in/SetUpPage.tsx'
import { SignInPage } from '../features/sign-in/SignInPage.tsx'
import { queries } from './queries.ts'

/** `/sign-in`: then on to where the person was going. */
export function SignInDoor() {
  const { to } = useSearch({ from: '/sign-in' })
  return <SignInPage signedIn={useEntrance(to)} />
}

/** `/set-up`: then on to the flows. */
export function SetUpDoor() {
  const { token } = useSearch({ from: '/set-up' })
  return <SetUpPage token={token} signedIn={useEntrance('/flows')} />
}

function useEntrance(to: string): () => void {
  const navigate = useNavigate()
  return () => {
    queries.clear()
    void navigate({ to })
  }
}
