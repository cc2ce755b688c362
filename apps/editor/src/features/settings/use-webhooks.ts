import { notifications } from '@mantine/notifications'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../shared/api/client.ts'
import { ask } from '../../shared/api/request.ts'

/** Other systems that are told what happens. */
export function useWebhooks() {
  return useQuery({ queryKey: ['webhooks'], queryFn: () => ask(api.webhooks.$get({ query: { limit: '200' } })) })
}

/** A webhook as the list shows it. */
export type Webhook = NonNullable<ReturnType<typeof useWebhooks>['data']>['items'][number]

/** What people say of one. */
export interface WebhookValues {
  readonly url: string
  readonly label: string
  readonly events: readonly string[]
  readonly enabled: boolean
}

const AFRESH_MS = 5_000

/** What a webhook was told, the newest first; looked at again while it is shown. */
export function useDeliveries(id: string, status: '' | 'waiting' | 'delivered' | 'failed') {
  return useInfiniteQuery({
    queryKey: ['webhooks', id, 'deliveries', status],
    queryFn: ({ pageParam }) =>
      ask(
        api.webhooks[':id'].deliveries.$get({
          param: { id },
          query: { limit: '20', ...(status !== '' && { status }), ...(pageParam !== '' && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    refetchInterval: AFRESH_MS,
  })
}

/** Makes a webhook: the answer has its secret. */
export function useMakeWebhook() {
  return useChanging((json: WebhookValues) => ask(api.webhooks.$post({ json: json as never })))
}

/** Changes one. */
export function useChangeWebhook(id: string) {
  return useChanging((json: WebhookValues) => ask(api.webhooks[':id'].$put({ param: { id }, json: json as never })))
}

/** Gives one a new secret: the answer has it. */
export function useRotate(id: string) {
  return useChanging(() => ask(api.webhooks[':id'].rotate.$post({ param: { id }, json: {} })))
}

/** Removes one. */
export function useRemoveWebhook(id: string) {
  return useChanging(() => ask(api.webhooks[':id'].$delete({ param: { id } })), told('It is told nothing more.'))
}

/** Sends one something to try it with. */
export function useTestWebhook(id: string) {
  return useChanging(() => ask(api.webhooks[':id'].test.$post({ param: { id } })))
}

/** Tells it again what it was told, or was not. */
export function useReplay(id: string) {
  return useChanging((delivery: string) =>
    ask(api.webhooks[':id'].deliveries[':delivery'].replay.$post({ param: { id, delivery } })),
  )
}

function told(message: string): () => void {
  return () => {
    notifications.show({ message })
  }
}

function useChanging<Values, Answer>(change: (values: Values) => Promise<Answer>, onSuccess?: () => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: change,
    ...(onSuccess !== undefined && { onSuccess }),
    onError: ({ message }) => notifications.show({ color: 'red', title: 'That did not work', message }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['webhooks'] }),
  })
}
