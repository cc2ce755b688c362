import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { ask } from '../api/request.ts'
import { deliveryWords } from '../words/delivery.ts'

/** What can be done about a text that was written already. */
export type MessageDeed = 'query' | 'cancel'

/** Does it, says what came of it, and looks again at every conversation. */
export function useMessageDeed(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (deed: MessageDeed) => {
      const one = api.messages[':id']
      return ask(deed === 'query' ? one.query.$post({ param: { id } }) : one.cancel.$post({ param: { id } }))
    },
    onSuccess(message, deed) {
      if (deed === 'cancel') notifications.show({ message: 'Taken back: it does not arrive.' })
      else if (message.direction === 'mt') {
        notifications.show({ title: 'What the network says', message: networkWords(message) })
      }
    },
    onError: ({ message }, deed) =>
      notifications.show({ color: 'red', title: deed === 'cancel' ? 'It stays' : 'Nobody says', message }),
    onSettled: () =>
      queries.invalidateQueries({
        predicate: ({ queryKey: [name] }) => name === 'messages' || name === 'message' || name === 'thread',
      }),
  })
}

/** The answer may come later, as a receipt does. */
function networkWords(message: Parameters<typeof deliveryWords>[0]): string {
  if (message.status === 'sent') return 'It is on its way still. If more becomes known, it stands here.'
  return deliveryWords(message).note ?? message.status
}
