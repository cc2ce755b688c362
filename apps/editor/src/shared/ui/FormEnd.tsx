import { Button } from '@mantine/core'
import './form.css'

interface FormEndProps {
  /** Why it was refused, where no field says so; undefined for nothing. */
  readonly refusal: string | undefined
  /** What the form does, on its button. */
  readonly deed: string
  readonly isBusy: boolean
  readonly isOff?: boolean
  /** What leaves everything as it is; "Cancel" unless it says otherwise. */
  readonly way?: string
  onClose(): void
}

/** The foot of a form in a dialog: why it was refused, the way out, and its deed. */
export function FormEnd({ refusal, deed, isBusy, isOff = false, way = 'Cancel', onClose }: FormEndProps) {
  return (
    <>
      {refusal !== undefined && (
        <p className="tl-form-error" role="alert">
          {refusal}
        </p>
      )}
      <div className="tl-form-deeds">
        <Button variant="default" onClick={onClose}>
          {way}
        </Button>
        <Button type="submit" loading={isBusy} disabled={isOff}>
          {deed}
        </Button>
      </div>
    </>
  )
}
