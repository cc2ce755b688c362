import { Button, CopyButton, Modal } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'

interface HandOverProps {
  readonly title: string
  readonly about: string
  /** Shown this once. */
  readonly secret: string
  /** When it ends, ISO 8601; undefined for never. */
  readonly until?: string
  onClose(): void
}

/** Shows a secret once, to be copied. A click beside the dialog does not lose it. */
export function HandOver({ title, about, secret, until, onClose }: HandOverProps) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="tl-form">
        <p className="tl-form-lead">
          {about}
          {until !== undefined &&
            ` It ends on ${new Date(until).toLocaleDateString(undefined, { dateStyle: 'long' })}.`}
        </p>
        <code className="tl-hand-over">{secret}</code>
        <div className="tl-form-deeds">
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button
                leftSection={copied ? <IconCheck size={17} aria-hidden /> : <IconCopy size={17} aria-hidden />}
                onClick={copy}
                data-autofocus
              >
                {copied ? 'Copied' : 'Copy'}
              </Button>
            )}
          </CopyButton>
          <Button variant="default" onClick={onClose}>
            Done
          </Button>
        </div>
      </div>
    </Modal>
  )
}
