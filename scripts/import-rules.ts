/**
 * The one rule about dependencies, as data and a handful of checks: three storeys, imports go down only, neighbours on a
 * storey never import each other (a test may borrow a neighbour's `./testing`), and the packages that also run in a
 * browser know neither Node nor React.
 */
import { isBuiltin } from 'node:module'
import { dirname, join } from 'node:path/posix'
import { type Import, importsOf } from './imports.ts'

/** An import that should not be, with the reason as a sentence. */
export interface Violation {
  readonly file: string
  readonly line: number
  readonly sentence: string
}

/** What the checks need to know of a workspace. */
export interface Workspace {
  /** `packages/core` */
  readonly folder: string
  /** `@textloom/core` */
  readonly name: string
  /** Names in its dependencies, optional and peer ones included. */
  readonly dependencies: readonly string[]
  readonly devDependencies: readonly string[]
}

/** The whole of the checkout as the checks see it. */
export interface Checkout {
  /** Path relative to the root → content. */
  readonly files: ReadonlyMap<string, string>
  readonly workspaces: readonly Workspace[]
  /** Tools that all workspaces' tests share, from the root package.json. */
  readonly rootDependencies: readonly string[]
}

const storeys: readonly (readonly string[])[] = [
  ['packages/core', 'packages/sms'],
  ['packages/engine', 'packages/nodes', 'packages/transports', 'packages/interop'],
  ['apps/runtime', 'apps/editor', 'test', 'bench', 'examples', 'scripts'],
]
const browserRooms = [
  'packages/core',
  'packages/sms',
  'packages/engine',
  'packages/nodes',
  'packages/interop',
  'apps/editor',
]
const sockets = ['node:net', 'node:tls', 'node:dgram', 'node:http', 'node:https', 'node:http2']

/** Checks every import of every file. */
export function checkImports(checkout: Checkout): Violation[] {
  const violations: Violation[] = []
  for (const [file, source] of checkout.files) {
    for (const found of importsOf(source)) {
      const sentence = found.specifier.startsWith('.')
        ? checkRelative(file, found, checkout)
        : checkBare(file, found, checkout)
      if (sentence) violations.push({ file, line: found.line, sentence })
    }
  }
  return [...violations, ...findCircles(checkout.files)]
}

function checkRelative(file: string, { specifier }: Import, { files }: Checkout): string | undefined {
  const target = join(dirname(file), specifier)
  const [from, to] = [roomOf(file), roomOf(target)]
  if (from !== to && ![from, to].includes('scripts'))
    return `leaves ${from} by a relative path; import the package by its name`
  if (from !== to && storeyOf(from) < 2) return `${from} imports scripts/, which is for the top storey`
  if (target === `${from}/src/index.ts` && !isTest(file))
    return 'imports its own index; import the file that has the idea'
  if (isTest(target) && !isTest(file) && files.has(target)) return `imports ${specifier}, which is for tests only`
  return undefined
}

function checkBare(file: string, { specifier, isTypeOnly }: Import, checkout: Checkout): string | undefined {
  const from = roomOf(file)
  if (isBuiltin(specifier)) return checkBuiltin(file, specifier)
  const packageName = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
  const target = checkout.workspaces.find(({ name }) => name === packageName)
  return (
    (target && checkStorey(file, specifier, target.folder, isTypeOnly)) ??
    checkReact(file, packageName) ??
    checkDeclared(file, from, packageName, isTypeOnly, checkout)
  )
}

function checkStorey(file: string, specifier: string, to: string, isTypeOnly: boolean): string | undefined {
  const from = roomOf(file)
  if (from === to) return 'imports its own package by name; import the file that has the idea'
  if (storeyOf(to) < storeyOf(from) || isTop(from)) {
    const isTypedClient = from === 'apps/editor' && to === 'apps/runtime' && isTypeOnly
    const isApp = to.startsWith('apps/') && from.startsWith('apps/') && !isTypedClient
    return isApp ? `${from} and ${to} are neighbours; apps share code by packages` : undefined
  }
  if (isTest(file) && storeyOf(to) === storeyOf(from) && specifier.endsWith('/testing')) return undefined
  return storeyOf(to) === storeyOf(from)
    ? `${from} and ${to} are neighbours on a storey; let an app hand one to the other`
    : `${to} stands above ${from}; imports go down only`
}

function checkBuiltin(file: string, specifier: string): string | undefined {
  const room = roomOf(file)
  if (isTest(file)) return undefined
  if (browserRooms.includes(room) && file.startsWith(`${room}/src/`)) {
    return `${room} runs in browsers and cannot have ${specifier}`
  }
  const isLink = /(^|[/-])link\.ts$/.test(file)
  if (room === 'packages/transports' && sockets.includes(specifier) && !isLink) {
    return `${specifier} belongs in a link.ts, which is the socket and nothing but`
  }
  return undefined
}

function checkReact(file: string, packageName: string): string | undefined {
  if (!['react', 'react-dom', '@xyflow/react'].includes(packageName)) return undefined
  const room = roomOf(file)
  if (room === 'apps/editor' || (room === 'packages/nodes' && file.endsWith('.view.tsx'))) return undefined
  return `${room} knows no ${packageName}; only the editor and *.view.tsx do`
}

function checkDeclared(
  file: string,
  room: string,
  packageName: string,
  isTypeOnly: boolean,
  checkout: Checkout,
): string | undefined {
  const workspace = checkout.workspaces.find(({ folder }) => folder === room)
  // Types are gone before anything runs.
  const isDevelopment = isTypeOnly || isTest(file) || !file.startsWith(`${room}/src/`)
  const declared = [
    ...(workspace?.dependencies ?? []),
    ...(isDevelopment ? [...(workspace?.devDependencies ?? []), ...checkout.rootDependencies] : []),
  ]
  if (declared.includes(packageName)) return undefined
  if (!workspace && checkout.workspaces.some(({ name }) => name === packageName)) return undefined // examples, scripts
  return `${packageName} is not a dependency of ${workspace ? `${room}/package.json` : 'the root package.json'}`
}

/** Every circle of files once, named by the file where it was entered. Circles of types confuse readers as much. */
function findCircles(files: ReadonlyMap<string, string>): Violation[] {
  const circles: Violation[] = []
  const state = new Map<string, 'open' | 'done'>()
  const visit = (file: string, path: readonly string[]) => {
    state.set(file, 'open')
    for (const { specifier, line } of importsOf(files.get(file) ?? '')) {
      const target = specifier.startsWith('.') ? join(dirname(file), specifier) : undefined
      if (!target || !files.has(target)) continue
      if (state.get(target) === 'open') {
        const circle = [...path, file].slice([...path, file].indexOf(target))
        circles.push({ file, line, sentence: `closes a circle: ${[...circle, target].join(' → ')}` })
      }
      if (!state.has(target)) visit(target, [...path, file])
    }
    state.set(file, 'done')
  }
  for (const file of files.keys()) if (!state.has(file)) visit(file, [])
  return circles
}

/** The workspace or top folder that a path lies in: `packages/core`, `scripts`. */
function roomOf(path: string): string {
  const [top = '', second = ''] = path.split('/')
  return top === 'packages' || top === 'apps' ? `${top}/${second}` : top
}

function storeyOf(room: string): number {
  const storey = storeys.findIndex((rooms) => rooms.includes(room))
  return storey === -1 ? storeys.length - 1 : storey
}

function isTop(room: string): boolean {
  return storeyOf(room) === storeys.length - 1
}

/** Code that never runs in production: tests, benchmarks, and the doubles that packages ship under `./testing`. */
function isTest(path: string): boolean {
  return /\.(test|bench)\.tsx?$|\/testing\//.test(path)
}
