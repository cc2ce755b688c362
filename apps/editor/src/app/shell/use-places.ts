import { useQuery } from '@tanstack/react-query'
import { may, meQuery } from '../../shared/api/me.ts'
import { type Destination, destinations } from './destinations.ts'

/** The places that the person who is signed in may see. */
export function usePlaces(): readonly Destination[] {
  const { data: me } = useQuery(meQuery)
  return destinations.filter((place) => !('scope' in place) || may(me, place.scope))
}
