import type { FlowDocument, FlowParam, FlowVariable, Json, JsonObject, SavedTest } from '@textloom/core'
import type { Draft } from 'immer'
import { languageName } from '../shared/words/language-name.ts'
import { blankData } from './blank-data.ts'
import { type Clip, clipOf } from './clip.ts'
import { become } from './commands/become.ts'
import type { CommandTools, Point } from './commands/draft.ts'
import { type Connection, connect, disconnect, insertOnEdge } from './commands/edges.ts'
import { addNode, changeNodeData, type ExitOf, moveNodes, removeNodes, setAt } from './commands/nodes.ts'
import { paste } from './commands/paste.ts'
import { type NameKind, renameName } from './commands/rename-name.ts'
import {
  addTest,
  removeTest,
  rename,
  renameTest,
  setBaseLanguage,
  setParams,
  setSettings,
} from './commands/settings.ts'
import { addLanguage, removeLanguage, setTranslation, takeTranslations } from './commands/translations.ts'
import { setVariables } from './commands/variables.ts'
import type { DocumentStore } from './document-store.ts'
import { fieldTitle } from './field-title.ts'
import type { ChangeInfo } from './history.ts'
import { readNode } from './node-reading.ts'

/** Everything that can be done to a flow, each a labelled step of the history. */
export type Commands = ReturnType<typeof createCommands>

/** Where a new node goes, and what leads to it. */
export interface AddNodeOptions {
  readonly type: string
  readonly position: Point
  readonly data?: JsonObject
  /** Connects this exit to the new node, in the same step. */
  readonly after?: ExitOf
}

/** Gives the pure commands their labels, ids and document. */
export function createCommands({ run, getState }: DocumentStore, tools: CommandTools) {
  const { registry, newId } = tools
  const titleOf = (id: string): string => {
    const node = getState().flow.nodes.get(id)
    return node ? readNode(node, registry).title : 'step'
  }
  const titleOfNew = (type: string): string => {
    const nodeType = registry.get(type)
    if (!nodeType) return type
    return readNode({ id: type, type, position: { x: 0, y: 0 }, data: blankData(nodeType) }, registry).title
  }
  const many = (ids: { readonly size: number }, first: string | undefined): string =>
    ids.size === 1 && first !== undefined ? titleOf(first) : `${ids.size} steps`

  const disconnectAll = (edgeIds: ReadonlySet<string>): void => {
    run({ label: edgeIds.size === 1 ? 'Disconnect' : `Disconnect ${edgeIds.size} exits` }, (draft) =>
      disconnect(draft, edgeIds),
    )
  }
  const removeAll = (
    nodeIds: ReadonlySet<string>,
    edgeIds: ReadonlySet<string> = new Set(),
    options?: { heal?: boolean },
  ): void => {
    if (nodeIds.size === 0) {
      if (edgeIds.size > 0) disconnectAll(edgeIds)
      return
    }
    run({ label: `Delete ${many(nodeIds, [...nodeIds][0])}` }, (draft) => {
      disconnect(draft, edgeIds)
      removeNodes(draft, nodeIds, tools, options)
    })
  }

  return {
    /** Adds a node; answers its id. */
    addNode({ type, position, data, after }: AddNodeOptions): string {
      const id = newId(type)
      run({ label: `Add ${titleOfNew(type)}` }, (draft) => {
        addNode(draft, { id, type, position, ...(data && { data }) }, tools)
        if (after) connect(draft, { ...after, target: id }, tools)
      })
      return id
    },
    /** Moves nodes to places; moves of the same nodes by keyboard coalesce. */
    moveNodes(positions: ReadonlyMap<string, Point>, coalesce = false): void {
      const ids = [...positions.keys()]
      const label = `Move ${many(positions, ids[0])}`
      run({ label, ...(coalesce && { coalesce: `move:${ids.sort().join()}` }) }, (draft) => moveNodes(draft, positions))
    },
    /** Puts all nodes in order. */
    tidy(positions: ReadonlyMap<string, Point>): void {
      run({ label: 'Tidy up' }, (draft) => moveNodes(draft, positions))
    },
    /** Sets one value of a node's data, at a path such as `['options', 0, 'label']`; undefined takes it away. */
    setNodeData(id: string, path: readonly (string | number)[], value: Json | undefined): void {
      const node = getState().flow.nodes.get(id)
      if (!node) return
      const label = `Change ${lower(fieldTitle(registry.get(node.type), path))} of ${titleOf(id)}`
      run({ label, coalesce: `data:${id}:${path.join('.')}` }, (draft) =>
        changeNodeData(draft, id, (data) => setAt(data, path, value), tools),
      )
    },
    /** Changes several values of a node's data in one step. */
    changeNodeData(id: string, info: ChangeInfo, recipe: (data: Draft<JsonObject>) => void): void {
      run(info, (draft) => changeNodeData(draft, id, recipe, tools))
    },
    /** Leads an exit to a node. */
    connect(connection: Connection): void {
      run({ label: `Connect ${titleOf(connection.source)}` }, (draft) => connect(draft, connection, tools))
    },
    /** Takes edges out. */
    disconnect: disconnectAll,
    /** Takes nodes and edges out in one step; `heal` leads what came before on to what came after. */
    remove: removeAll,
    /** Takes nodes out. */
    removeNodes(nodeIds: ReadonlySet<string>, options?: { heal?: boolean }): void {
      removeAll(nodeIds, new Set(), options)
    },
    /** Copies nodes, each so far from its original; answers the copies' ids. */
    duplicate(nodeIds: ReadonlySet<string>, offset: Point): string[] {
      let ids: string[] = []
      run({ label: `Duplicate ${many(nodeIds, [...nodeIds][0])}` }, (draft) => {
        ids = paste(draft, clipOf(getState().flow, nodeIds), offset, tools)
      })
      return ids
    },
    /** Puts a clip into the flow, its top left corner at `at`; answers the new nodes' ids. */
    paste(
      clip: Clip,
      at: Point,
      label = clip.nodes.length === 1 ? 'Paste a step' : `Paste ${clip.nodes.length} steps`,
    ): string[] {
      let ids: string[] = []
      const left = Math.min(...clip.nodes.map(({ position }) => position.x))
      const top = Math.min(...clip.nodes.map(({ position }) => position.y))
      run({ label }, (draft) => {
        ids = paste(draft, clip, { x: at.x - left, y: at.y - top }, tools)
      })
      return ids
    },
    /** Puts a new node between the ends of an edge; answers its id. */
    insertOnEdge(edgeId: string, { type, position }: { type: string; position: Point }, makeRoomPx?: number): string {
      const id = newId(type)
      run({ label: `Insert ${titleOfNew(type)}` }, (draft) =>
        insertOnEdge(draft, edgeId, { id, type, position }, tools, makeRoomPx),
      )
      return id
    },
    /** Makes the steps and connections those of another document; what is the same in both is not touched. */
    become(document: Pick<FlowDocument, 'nodes' | 'edges'>, info: ChangeInfo): void {
      run(info, (draft) => become(draft, document, tools))
    },
    /** Renames the flow. */
    rename(name: string): void {
      run({ label: 'Rename the flow', coalesce: 'name' }, (draft) => rename(draft, name))
    },
    setSettings(settings: NonNullable<FlowDocument['settings']>): void {
      run({ label: 'Change settings', coalesce: 'settings' }, (draft) => setSettings(draft, settings))
    },
    setVariables(variables: readonly FlowVariable[]): void {
      run({ label: 'Change variables', coalesce: 'variables' }, (draft) => setVariables(draft, variables))
    },
    setParams(params: readonly FlowParam[]): void {
      run({ label: 'Change parameters', coalesce: 'params' }, (draft) => setParams(draft, params))
    },
    /** Gives a variable or parameter another name wherever the flow says it. */
    renameName(kind: NameKind, from: string, to: string): void {
      run({ label: `Rename ${from} to ${to}` }, (draft) => renameName(draft, kind, from, to, tools))
    },
    /** Says which language the flow is written in. */
    setBaseLanguage(language: string): void {
      run({ label: 'Change the language' }, (draft) => setBaseLanguage(draft, language))
    },
    /** Translates one text; an empty translation is taken away. */
    setTranslation(language: string, key: string, text: string): void {
      const label = `Translate into ${languageName(language)}`
      run({ label, coalesce: `translation:${language}:${key}` }, (draft) => setTranslation(draft, language, key, text))
    },
    addLanguage(language: string): void {
      run({ label: `Add ${languageName(language)}` }, (draft) => addLanguage(draft, language))
    },
    /** Takes a language out, with all that was translated into it. */
    removeLanguage(language: string): void {
      run({ label: `Remove ${languageName(language)}` }, (draft) => removeLanguage(draft, language))
    },
    /** Takes over the translations that a file was merged into. */
    takeTranslations(from: Pick<FlowDocument, 'languages' | 'translations'>, file: string): void {
      run({ label: `Import ${file}` }, (draft) => takeTranslations(draft, from))
    },
    /** Keeps a conversation with the flow; answers its name, made unique. */
    addTest(test: SavedTest): string {
      let name = test.name
      run({ label: 'Save a test' }, (draft) => {
        name = addTest(draft, test)
      })
      return name
    },
    /** Gives a saved conversation another name; one that is taken gets a number. */
    renameTest(from: string, to: string): void {
      run({ label: 'Rename a test' }, (draft) => renameTest(draft, from, to))
    },
    removeTest(name: string): void {
      run({ label: 'Delete a test' }, (draft) => removeTest(draft, name))
    },
  }
}

function lower(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? `${title.charAt(0).toLowerCase()}${title.slice(1)}` : title
}
