import type { OpenAPIHono } from '@hono/zod-openapi'
import { html } from 'hono/html'
import { problemCodes } from '../http/problem-codes.ts'
import { brand, type Markup, page, prose } from '../pages/frame.ts'
import { anchorOf, type Operation, operationView } from './operation-view.ts'
import { type NamedSchemas, schemaView } from './schema-view.ts'

type Document = ReturnType<OpenAPIHono['getOpenAPI31Document']>

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

/** Groups that most readers do not look for. */
const technical = ['Schemas', 'Operation']

/** The description of the API as one page that works without scripts. */
export function referencePage(document: Document): Markup {
  const groups = Map.groupBy(operationsIn(document), ({ tag }) => tag)
  for (const tag of technical) moveToEnd(groups, tag)
  const named = (document.components?.schemas ?? {}) as NamedSchemas
  const paragraphs = (document.info.description ?? '').split('\n\n')
  return page(
    'Textloom API',
    html`<div class="reference">
<nav aria-label="Contents">
${brand}
${[...groups].map(([tag, operations]) => contents(tag, operations))}
<h2>More</h2>
<ul><li><a href="#problems">Problems</a></li><li><a href="#schemas">Schemas</a></li><li><a href="/openapi.json">OpenAPI document</a></li></ul>
</nav>
<main>
<h1>The HTTP API</h1>
<p class="soft">Version ${document.info.version}</p>
${paragraphs.map((text) => html`<p>${prose(text)}</p>`)}
<pre>curl -H "Authorization: Bearer $KEY" http://127.0.0.1:3000/api/v1/flows</pre>
${[...groups].map(([tag, operations]) => html`<section><h2 id="${sectionOf(tag)}">${tag}</h2>${operations.map((one) => operationView(one, named))}</section>`)}
<section><h2 id="problems">Problems</h2>
<p>Every error is a problem (RFC 9457) with one of these codes.</p>
<table><thead><tr><th>Code</th><th>Status</th><th>What it says</th></tr></thead><tbody>
${Object.entries(problemCodes).map(
  ([code, [status, title]]) => html`<tr><td><code>${code}</code></td><td>${status}</td><td>${title}</td></tr>`,
)}
</tbody></table></section>
<section><h2 id="schemas">Schemas</h2>
${Object.entries(named).map(
  ([name, schema]) =>
    html`<article class="schema" id="schema-${name}"><h3>${name}</h3>${schemaView(schema, named)}</article>`,
)}
</section>
</main>
</div>`,
  )
}

function operationsIn(document: Document): Operation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item?.[method]
      return operation === undefined
        ? []
        : [{ path, method, tag: operation.tags?.[0] ?? 'Other', ...operation } as Operation]
    }),
  )
}

function contents(tag: string, operations: readonly Operation[]): Markup {
  return html`<h2><a href="#${sectionOf(tag)}">${tag}</a></h2>
<ul>${operations.map((one) => html`<li><a href="#${anchorOf(one)}">${one.summary}</a></li>`)}</ul>`
}

function sectionOf(tag: string): string {
  return `group-${tag.toLowerCase().replaceAll(' ', '-')}`
}

function moveToEnd<Value>(groups: Map<string, Value>, tag: string): void {
  const group = groups.get(tag)
  if (group === undefined || !groups.delete(tag)) return
  groups.set(tag, group)
}
