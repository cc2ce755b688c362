import { isOtherApp } from './is-other-app.ts'

/** A part of the app could not be loaded. Browsers keep such a failure, so only loading the page again helps. */
export class PartError extends Error {
  constructor(cause: unknown) {
    super('A part of the app could not be loaded. Check that Textloom is running and that you are connected.', {
      cause,
    })
    this.name = 'PartError'
  }
}

/** Loads a part of the app that is not needed at first. @throws PartError */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load()
  } catch (cause) {
    throw new PartError(cause)
  }
}

/**
 * Loads the page again if the runtime has another app than the one that is open; tells whether it does. A page that
 * was open while Textloom was updated asks for parts that are gone.
 */
export async function followNewerApp(): Promise<boolean> {
  const here = document.querySelector<HTMLScriptElement>('script[type=module][src]')?.getAttribute('src') ?? ''
  const page = await fetch('/', { cache: 'no-store', headers: { accept: 'text/html' } })
    .then((response) => (response.ok ? response.text() : ''))
    .catch(() => '')
  const isOther = isOtherApp(page, here)
  if (isOther) location.reload()
  return isOther
}
