import { Button } from '@mantine/core'

/** What can be done with a row of a list: change it, or take it away. */
export function RowDeeds({
  title,
  isGoing,
  onChange,
  onTakeAway,
}: {
  /** What the row is of, for those who hear the buttons. */
  readonly title: string
  /** While it is being taken away. */
  readonly isGoing: boolean
  onChange(): void
  onTakeAway(): void
}) {
  return (
    <>
      <Button size="compact-sm" variant="default" aria-label={`Change ${title}`} onClick={onChange}>
        Change
      </Button>
      <Button
        size="compact-sm"
        variant="subtle"
        color="red"
        aria-label={`Take ${title} away`}
        loading={isGoing}
        onClick={onTakeAway}
      >
        Take away
      </Button>
    </>
  )
}
