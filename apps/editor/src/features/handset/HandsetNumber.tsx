import { IconPencil } from '@tabler/icons-react'
import { useState } from 'react'

/** The number of a handset, which turns into a field to change it. */
export function HandsetNumber({
  phone,
  onRenumber,
}: {
  readonly phone: string
  /** @returns why not, or undefined */
  onRenumber(written: string): string | undefined
}) {
  const [written, setWritten] = useState<string>()
  const [refusal, setRefusal] = useState<string>()
  const close = () => {
    setWritten(undefined)
    setRefusal(undefined)
  }
  if (written === undefined) {
    return (
      <button type="button" className="tl-handset-number" onClick={() => setWritten(phone)}>
        {phone}
        <IconPencil size={13} aria-hidden />
        <span className="tl-unseen">: change the number</span>
      </button>
    )
  }
  const keep = () => {
    const refused = onRenumber(written)
    if (refused === undefined) close()
    else setRefusal(refused)
  }
  return (
    <form
      className="tl-handset-number-form"
      onSubmit={(event) => {
        event.preventDefault()
        keep()
      }}
      onKeyDown={({ key }) => key === 'Escape' && close()}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: it was asked for by the button in its place
        autoFocus
        type="tel"
        aria-label="Number of this phone"
        aria-invalid={refusal !== undefined}
        value={written}
        onChange={({ currentTarget }) => setWritten(currentTarget.value)}
        onBlur={keep}
      />
      {refusal !== undefined && <p role="alert">{refusal}</p>}
    </form>
  )
}
