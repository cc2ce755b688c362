/** Hands something in again and again until it is stored, or we stop. The result; undefined when we stopped first. */
export async function untilStored<Result>(
  submit: () => Promise<Result>,
  { isStopped, failed }: { readonly isStopped: () => boolean; readonly failed: (error: Error) => void },
): Promise<Result | undefined> {
  while (!isStopped()) {
    try {
      return await submit()
    } catch (error) {
      failed(error instanceof Error ? error : new Error(String(error)))
    }
  }
  return undefined
}
