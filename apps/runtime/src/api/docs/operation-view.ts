import { html } from 'hono/html'
import { type Markup, prose } from '../pages/frame.ts'
import { type NamedSchemas, type Schema, schemaView, typeOf } from './schema-view.ts'

/** An operation of the OpenAPI document, as far as the page shows it. */
export interface Operation {
  readonly path: string
  readonly method: string
  readonly tag: string
  readonly summary?: string
  readonly description?: string
  readonly security?: readonly { readonly [scheme: string]: readonly string[] }[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: { readonly [status: string]: { readonly description: string; readonly content?: Content } }
}

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly description?: string
  readonly schema: Schema
}

type Content = { readonly [type: string]: { readonly schema?: Schema } }

/** Where an operation stands on the page. */
export function anchorOf({ method, path }: Operation): string {
  return `${method}${path.replaceAll(/[^A-Za-z0-9]+/g, '-')}`
}

/** One operation: what it is called with, and what it answers. */
export function operationView(operation: Operation, named: NamedSchemas): Markup {
  const { method, path, summary, description, security, parameters = [], requestBody, responses } = operation
  const scope = security?.flatMap((one) => Object.values(one).flat())[0]
  return html`<article class="operation" id="${anchorOf(operation)}">
<h3>${summary}</h3>
<p class="call"><span class="method ${method}">${method.toUpperCase()}</span><code class="path">${path}</code>
${scope === undefined ? html`<span class="scope">open</span>` : html`<span class="scope">scope <code>${scope}</code></span>`}</p>
${description === undefined ? '' : html`<p>${prose(description)}</p>`}
${parameters.length === 0 ? '' : html`<h4>Parameters</h4><ul class="fields">${parameters.map(parameterView)}</ul>`}
${requestBody === undefined ? '' : html`<h4>Body</h4>${contentView(requestBody.content, named)}`}
<h4>Answers</h4>
<ul class="fields">${Object.entries(responses)
    .filter(([status]) => status !== 'default')
    .map(
      ([status, answer]) =>
        html`<li><code>${status}</code> <span class="type">${prose(answer.description)}</span>${
          answer.content === undefined
            ? ''
            : html`<details><summary>${Object.keys(answer.content).join(', ')}</summary>${contentView(answer.content, named)}</details>`
        }</li>`,
    )}</ul>
</article>`
}

function parameterView({ name, in: place, required, description, schema }: Parameter): Markup {
  return html`<li><code class="${required ? 'needed' : ''}">${name}</code><span class="type">${place}, ${typeOf(schema)}</span>
${description === undefined ? '' : html`<span class="says">${prose(description)}</span>`}</li>`
}

function contentView(content: Content, named: NamedSchemas): Markup {
  return html`${Object.values(content).map(({ schema }) => (schema === undefined ? '' : schemaView(schema, named)))}`
}
