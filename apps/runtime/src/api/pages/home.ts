import { html } from 'hono/html'
import { brand, type Markup, page } from './frame.ts'

/** What `/` says while the app is not built. */
export function homePage({ isReady, reasons }: { isReady: boolean; reasons: readonly string[] }): Markup {
  const state = isReady
    ? html`<p class="state">Running, and ready for messages</p>`
    : html`<p class="state away">Running, and not ready</p><ul>${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`
  return page(
    'Textloom',
    html`<main class="home">
${brand}
<h1>Two-way SMS conversations, woven from flows</h1>
${state}
<p>The runtime is here; the app in which flows are drawn is not built in this checkout. Until it is:</p>
<ul>
<li><code>npx --no-install textloom phone</code> picks up a phone and texts the example.</li>
<li><a href="/docs">The HTTP API</a>, described; also as <a href="/openapi.json">OpenAPI</a>.</li>
<li><a href="/schemas/flow.json">JSON Schema of flows</a>, and <a href="/schemas/config.json">of the file that declares an instance</a>.</li>
<li><a href="/readyz">Ready?</a> and <a href="/healthz">alive?</a>, for load balancers.</li>
</ul>
</main>`,
  )
}
