import { Button, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'

interface DoorFormProps {
  /** What it asks for. */
  readonly children: ReactNode
  /** What it does, on its button. */
  readonly deed: string
  readonly sending: { readonly isPending: boolean; readonly error: Error | null; mutate(): void }
}

/** A form at the door: what it asks for, why it was refused, and its deed. */
export function DoorForm({ children, deed, sending }: DoorFormProps) {
  return (
    <form
      className="tl-door-form"
      onSubmit={(event) => {
        event.preventDefault()
        sending.mutate()
      }}
    >
      {children}
      {sending.error !== null && (
        <p className="tl-door-error" role="alert">
          {sending.error.message}
        </p>
      )}
      <Button type="submit" loading={sending.isPending}>
        {deed}
      </Button>
    </form>
  )
}

/** By which somebody is known. */
export function EmailField({ value, onChange }: { readonly value: string; onChange(email: string): void }) {
  return (
    <TextInput
      label="E-mail address"
      type="email"
      autoComplete="username"
      required
      withAsterisk={false}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
