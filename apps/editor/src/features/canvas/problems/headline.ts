/** What stands on top of the list. */
export function headline(errors: number, warnings: number): string {
  const parts = [
    ...(errors === 0 ? [] : [errors === 1 ? '1 thing to mend' : `${errors} things to mend`]),
    ...(warnings === 0 ? [] : [warnings === 1 ? '1 to look at' : `${warnings} to look at`]),
  ]
  return parts.length === 0 ? 'No problems' : parts.join(', ')
}
