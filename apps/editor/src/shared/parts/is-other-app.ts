/** True for a page of the app that begins with another script than `script`. */
export function isOtherApp(page: string, script: string): boolean {
  const [, there] = /<script type="module"[^>]* src="([^"]+)"/.exec(page) ?? []
  return there !== undefined && there !== script
}
