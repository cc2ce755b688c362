import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

/** A piece of HTML in which everything that came from elsewhere is escaped. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>

/** A whole page without scripts; its one style sheet and its icon are ours. */
export function page(title: string, body: Markup): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/page.css">
</head>
<body>${body}</body>
</html>
`
}

/** Our name and mark, leading home. */
export const brand = html`<a class="brand" href="/"><img src="/favicon.svg" alt="">Textloom</a>`

/** Prose with `code` in it. */
export function prose(text: string): Markup[] {
  return text.split(/`([^`]+)`/).map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))
}
