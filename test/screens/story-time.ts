import type { BrowserContext } from 'playwright-core'

/** When every picture is taken, on the clock of the browser. */
const storyNow = Date.parse('2026-03-12T10:42:00Z')

/** A second of preparing the pictures stands for so many seconds of the story. */
const stretch = 90

/**
 * Moves a time from when the pictures were prepared into their story: what took seconds becomes hours of a morning, and
 * what is still to come stays as far off as it is.
 */
function storyTime(atMs: number, preparedMs: number): number {
  const ahead = atMs - preparedMs
  return storyNow + (ahead > 0 ? ahead : ahead * stretch)
}

/** Moves the times in everything that the runtime answers, and the browser's own clock. */
export async function tellInStoryTime(context: BrowserContext, preparedMs: number): Promise<void> {
  await context.clock.setFixedTime(storyNow)
  await context.route(/\/api\/v1\/(?!events|channels\/[^/]+\/handset)/, async (route) => {
    if (route.request().method() !== 'GET') return route.fallback()
    const response = await route.fetch()
    if (!response.headers()['content-type']?.includes('json')) return route.fulfill({ response })
    const told = (await response.text()).replaceAll(
      /"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z"/g,
      (quoted) => `"${new Date(storyTime(Date.parse(quoted.slice(1, -1)), preparedMs)).toISOString()}"`,
    )
    return route.fulfill({ response, body: told })
  })
}
