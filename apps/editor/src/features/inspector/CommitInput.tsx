import { TextInput, type TextInputProps } from '@mantine/core'
import { useState } from 'react'

/**
 * A line of text that counts when it is left or Enter is pressed, for names that others hold on to; Escape brings the
 * old one back. What `onCommit` refuses falls back too, since the value it is given does not change.
 */
export function CommitInput({
  value,
  onCommit,
  ...props
}: Omit<TextInputProps, 'value' | 'onChange'> & { value: string; onCommit: (text: string) => void }) {
  const [draft, setDraft] = useState<string>()
  const commit = () => {
    if (draft !== undefined && draft.trim() !== value) onCommit(draft.trim())
    setDraft(undefined)
  }
  return (
    <TextInput
      {...props}
      value={draft ?? value}
      onChange={({ currentTarget }) => setDraft(currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) commit()
        // Until it counts, what is typed is the field's own to undo.
        if (draft !== undefined && (event.ctrlKey || event.metaKey)) event.stopPropagation()
        if (event.key !== 'Escape' || draft === undefined) return
        event.stopPropagation()
        setDraft(undefined)
      }}
    />
  )
}
