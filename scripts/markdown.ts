/** A relative link of a Markdown page. */
export interface PageLink {
  /** As written: `../docs/guides/flows.md#menus`. */
  readonly target: string
  readonly line: number
}

/** Links and images to places inside the repository; what stands in code is no link. */
export function linksOf(page: string): PageLink[] {
  return withoutCode(page)
    .split('\n')
    .flatMap((text, index) => {
      const inline = [...text.matchAll(/\]\((?<target>[^)\s]+)(?:\s"[^"]*")?\)/g)]
      const reference = [...text.matchAll(/^\[[^\]]+\]:\s+(?<target>\S+)/g)]
      return [...inline, ...reference].map(({ groups }) => ({ target: groups?.target ?? '', line: index + 1 }))
    })
    .filter(({ target }) => !/^[a-z][a-z+.-]*:/i.test(target))
}

/** The names that `#name` can point at: one for each heading, made as GitHub makes them. */
export function anchorsOf(page: string): Set<string> {
  const anchors = new Set<string>()
  for (const [, heading = ''] of withoutFences(page).matchAll(/^#{1,6}\s+(.+)$/gm)) {
    const slug = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-')
    let anchor = slug
    for (let n = 1; anchors.has(anchor); n += 1) anchor = `${slug}-${n}`
    anchors.add(anchor)
  }
  return anchors
}

/** Blanks code but keeps its lines, so that line numbers stay true. */
function withoutCode(page: string): string {
  return withoutFences(page).replaceAll(/`[^`\n]*`/g, '')
}

function withoutFences(page: string): string {
  return page.replaceAll(/^(```+|~~~+)[\s\S]*?^\1/gm, (fence) => fence.replaceAll(/[^\n]/g, ''))
}
