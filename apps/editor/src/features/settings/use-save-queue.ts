import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Queue, queueListQuery } from '../../shared/api/queue-list.ts'
import { sendJson } from '../../shared/api/send-json.ts'
import type { QueueData } from './model/queue-values.ts'

/** Adds a queue, or changes one that was `before`. */
export function useSaveQueue(before: Queue | undefined) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (queue: QueueData) =>
      before === undefined
        ? sendJson('POST', '/api/v1/queues', queue)
        : sendJson('PUT', `/api/v1/queues/${encodeURIComponent(before.id)}`, queue),
    onSuccess: () => queries.invalidateQueries(queueListQuery),
  })
}
