import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'

const TYPING_MS = 350

/** A field that searches when the typing rests. */
export function SearchField({
  label,
  placeholder = label,
  value,
  onChange,
}: {
  readonly label: string
  readonly placeholder?: string
  readonly value: string
  /** Called with what was written, without spaces around it. */
  onChange(value: string): void
}) {
  const [written, setWritten] = useState(value)
  useEffect(() => setWritten(value), [value])
  useEffect(() => {
    if (written.trim() === value) return
    const timer = setTimeout(() => onChange(written.trim()), TYPING_MS)
    return () => clearTimeout(timer)
  }, [written])
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={16} />}
      value={written}
      onChange={({ currentTarget }) => setWritten(currentTarget.value)}
    />
  )
}
