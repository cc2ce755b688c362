import { Button, Modal } from '@mantine/core'
import { useRemove } from './use-channels.ts'

/** Asks once more before a channel or link is taken out. */
export function Removal({ what, id, onClose }: { what: 'channel' | 'link'; id: string; onClose(): void }) {
  const remove = useRemove()
  return (
    <Modal opened onClose={onClose} title={`Remove ${id}?`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <p className="tl-form-lead">
        {what === 'channel'
          ? 'Every flow stops listening on it at once. Its messages and conversations are kept.'
          : 'The connection is closed and its password is forgotten. A link that a channel needs cannot be removed.'}
      </p>
      <div className="tl-form-deeds">
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep it
        </Button>
        <Button
          color="red"
          loading={remove.isPending}
          onClick={() => remove.mutate({ what, id }, { onSettled: onClose })}
        >
          Remove
        </Button>
      </div>
    </Modal>
  )
}
