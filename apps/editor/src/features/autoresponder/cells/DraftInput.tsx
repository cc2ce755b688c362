import { useState } from 'react'

interface DraftInputProps {
  readonly label: string
  readonly value: string
  readonly placeholder: string
  /** Takes the keyboard when it comes. */
  readonly isFresh?: boolean
  /** Telephones offer their keys for numbers. */
  readonly inputMode?: 'text' | 'tel'
  onType(text: string): void
}

/** A line that counts as it is typed, and shows what it was read as when it is left. */
export function DraftInput({ label, value, placeholder, isFresh = false, inputMode, onType }: DraftInputProps) {
  const [draft, setDraft] = useState<string>()
  return (
    <input
      className="tl-cell tl-answer-input"
      aria-label={label}
      placeholder={placeholder}
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      inputMode={inputMode}
      // biome-ignore lint/a11y/noAutofocus: somebody has just asked for this row
      autoFocus={isFresh}
      value={draft ?? value}
      onChange={({ currentTarget }) => {
        setDraft(currentTarget.value)
        onType(currentTarget.value)
      }}
      onBlur={() => setDraft(undefined)}
    />
  )
}
