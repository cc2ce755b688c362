import { notifications } from '@mantine/notifications'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../shared/api/client.ts'
import { ask } from '../../shared/api/request.ts'
import { retryWords } from './model/reason-words.ts'

/** What could not be handled, the newest first: what is open, or what was settled. */
export function useDeadLetters(isResolved: boolean) {
  return useInfiniteQuery({
    queryKey: ['dead-letters', { isResolved }],
    queryFn: ({ pageParam }) =>
      ask(
        api['dead-letters'].$get({
          query: {
            resolved: isResolved ? 'true' : 'false',
            limit: '50',
            ...(pageParam !== '' && { cursor: pageParam }),
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })
}

/** One thing that could not be handled. */
export type DeadLetter = NonNullable<ReturnType<typeof useDeadLetters>['data']>['pages'][number]['items'][number]

/** What it holds, read when somebody looks. */
export function useHeld(id: string, isWanted: boolean) {
  return useQuery({
    queryKey: ['dead-letter', id],
    queryFn: () => ask(api['dead-letters'][':id'].$get({ param: { id } })),
    enabled: isWanted,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Tries it again or puts it aside; says what came of it. */
export function useSettling() {
  const queries = useQueryClient()
  const onSettled = () => queries.invalidateQueries({ queryKey: ['dead-letters'] })
  const onError = ({ message }: Error) => notifications.show({ color: 'red', title: 'That did not work', message })
  const retry = useMutation({
    mutationFn: ({ id }: DeadLetter) => ask(api['dead-letters'][':id'].retry.$post({ param: { id } })),
    onSuccess: (answer) => {
      const { says, isGood } = retryWords(answer)
      notifications.show({ message: says, ...(!isGood && { color: 'red', title: 'Not yet' }) })
    },
    onError,
    onSettled,
  })
  const dismiss = useMutation({
    mutationFn: ({ id }: DeadLetter) => ask(api['dead-letters'][':id'].dismiss.$post({ param: { id } })),
    onSuccess: () => notifications.show({ message: 'It is put aside.' }),
    onError,
    onSettled,
  })
  return { retry, dismiss }
}
