import { notifications } from '@mantine/notifications'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { api } from '../shared/api/client.ts'
import { ApiError } from '../shared/api/problem.ts'
import { ask } from '../shared/api/request.ts'
import { queries } from './queries.ts'

/** Signs out, forgets everything that was read, and goes to the door. */
export function useSignOut(): () => void {
  const navigate = useNavigate()
  return useCallback(() => {
    void ask(api['sign-out'].$post())
      .catch((error: unknown) => {
        // Who is signed out already is where they want to be.
        if (!(error instanceof ApiError) || error.problem.status !== 401) throw error
      })
      .then(async () => {
        await navigate({ to: '/sign-in', search: { to: '/flows' } })
        queries.clear()
      })
      .catch((error: Error) =>
        notifications.show({ color: 'red', title: 'You are still signed in', message: error.message }),
      )
  }, [navigate])
}
