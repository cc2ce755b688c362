import type { FlowDocument, Issue, SavedTest, SimulateInput } from '@textloom/core'
import type { SavedTestResult } from '@textloom/engine'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { NextDue, Played, PlayedTurn, playConversation, Scenario } from '../../worker/play-conversation.ts'
import type { TestRun } from '../../worker/run-tests.ts'
import { advanceTo } from './model/clock.ts'
import { playKey } from './model/play-key.ts'
import { type OpenRequest, openRequestOf } from './model/run-path.ts'
import {
  type HttpAnswer,
  type LiveAnswer,
  maxOwnAnswers,
  type Stub,
  type StubKeeper,
  type Stubs,
} from './model/stubs.ts'
import { scenarioOf } from './model/test-from-run.ts'

/** What the phone shows. */
export interface SimulatorState {
  readonly scenario: Scenario
  /** Everything that was put in; those beyond `turns` are on their way. */
  readonly inputs: readonly SimulateInput[]
  readonly turns: readonly PlayedTurn[]
  /** The flows that its calls lead to, as `turns` were played with them. */
  readonly called: readonly FlowDocument[]
  readonly nextDue: NextDue | null
  /** Why the flow cannot be played as it stands; the conversation so far stays. */
  readonly refusal: readonly Issue[]
  /** Something broke that is no fault of the flow. */
  readonly failure: string | undefined
  /** The flow has changed, and the conversation went differently since. */
  readonly hasTurned: boolean
  readonly stubs: Stubs
  /** True while the real server is asked; else why it was not heard the last time. */
  readonly live: 'asking' | { readonly refusal: string } | undefined
  /** Results of the saved tests by name; absent until they are run, and once the flow has changed. */
  readonly results: ReadonlyMap<string, SavedTestResult>
  readonly isTesting: boolean
}

/** What the phone is played with. */
export interface SimulatorTools {
  readonly play: (
    document: FlowDocument,
    scenario: Scenario,
    inputs: readonly SimulateInput[],
    called: readonly FlowDocument[],
  ) => Promise<Played>
  readonly runTests: (
    document: FlowDocument,
    called: readonly FlowDocument[],
    names?: readonly string[],
  ) => Promise<TestRun>
  /** The flows that the calls of a flow lead to. */
  readonly calledBy: (document: FlowDocument) => Promise<readonly FlowDocument[]>
  readonly document: () => FlowDocument
  readonly keeper: StubKeeper
  /** Makes a request for real, by the runtime. */
  readonly askLive: (request: OpenRequest) => Promise<LiveAnswer>
}

/** One phone with its conversation. */
export interface SimulatorStore extends StoreApi<SimulatorState> {
  /** The contact texts. */
  say(text: string): Promise<void>
  /** Moves the clock by an ISO 8601 duration. */
  advance(duration: string): Promise<void>
  /** Moves the clock to when time next does something. */
  advanceToNext(): Promise<void>
  /** Answers the request that is open; `keepFor` gives the same to that step from now on. */
  answer(answer: HttpAnswer, keepFor?: string): Promise<void>
  /** Answers the open request with what the real server says; `keep` asks it from now on each time. */
  answerLive(keep: boolean): Promise<void>
  forgetStub(node: string): void
  /** Begins anew; with a scenario, as that one. */
  restart(scenario?: Scenario): Promise<void>
  /** Takes back every turn after one. */
  backTo(turn: number): Promise<void>
  /** Plays a saved test as far as it goes. */
  load(test: SavedTest): Promise<void>
  /** To be called when the document has changed: what was put in is played again if that matters. */
  documentChanged(): Promise<void>
  /** Runs the saved tests, or those named. */
  test(names?: readonly string[]): Promise<void>
}

/** Makes the phone of one open flow. Nothing is played until it is restarted for the first time. */
export function createSimulatorStore(tools: SimulatorTools): SimulatorStore {
  const { play, runTests, document, calledBy, keeper, askLive } = tools
  const store = createStore<SimulatorState>()(() => ({ ...blank, stubs: keeper.read() }))
  let lastCall = 0
  let playedKey = ''
  /** What the results are of. */
  let testedKey = ''

  /** Plays all inputs; what is asked of web services that have kept answers is answered on the way. */
  const replay = async (ownAnswers = 0): Promise<void> => {
    const call = ++lastCall
    const { scenario, inputs } = store.getState()
    const flow = document()
    playedKey = playKey(flow)
    const answered = await playWithCalled(flow, scenario, inputs).catch((error: unknown) => {
      if (call === lastCall) store.setState({ failure: error instanceof Error ? error.message : String(error) })
    })
    if (call !== lastCall || !answered) return
    const { played, called } = answered
    if (played.kind === 'refused') return store.setState({ refusal: played.issues, failure: undefined })
    store.setState({ turns: played.turns, called, nextDue: played.nextDue, refusal: [], failure: undefined })
    const open = openRequestOf(played.turns)
    const stub = open && store.getState().stubs.get(open.node)
    if (!stub || ownAnswers >= maxOwnAnswers) return
    const answer = await answerOf(open, stub)
    // Somebody went on, or back, while the server was asked.
    if (!answer || call !== lastCall) return
    store.setState(({ inputs: all }) => ({ inputs: [...all, { http: answer }] }))
    await replay(ownAnswers + 1)
  }

  const playWithCalled = async (...[flow, scenario, inputs]: Parameters<typeof playConversation>) => {
    const called = await calledBy(flow)
    return { called, played: await play(flow, scenario, inputs, called) }
  }

  const answerOf = async (request: OpenRequest, stub: Stub): Promise<HttpAnswer | undefined> => {
    if (stub !== 'live') return stub
    store.setState({ live: 'asking' })
    const heard = await askLive(request)
    store.setState({ live: 'refusal' in heard ? heard : undefined })
    return 'answer' in heard ? heard.answer : undefined
  }

  const put = (input: SimulateInput): Promise<void> => {
    store.setState(({ inputs }) => ({ inputs: [...inputs, input], hasTurned: false, live: undefined }))
    return replay()
  }

  const keep = (stubs: Stubs): void => {
    keeper.write(stubs)
    store.setState({ stubs })
  }

  return {
    ...store,
    say: (text) => put({ mo: text }),
    advance: (duration) => put({ advance: duration }),
    async advanceToNext() {
      const { turns, nextDue } = store.getState()
      const input = nextDue && advanceTo(turns.at(-1)?.now ?? nextDue.at, nextDue.at)
      if (input) await put(input)
    },
    async answer(answer, keepFor) {
      if (keepFor !== undefined) keep(new Map([...store.getState().stubs, [keepFor, answer]]))
      await put({ http: answer })
    },
    async answerLive(keeps) {
      const request = openRequestOf(store.getState().turns)
      if (!request) return
      const call = lastCall
      const answer = await answerOf(request, 'live')
      if (!answer || call !== lastCall) return
      if (keeps) keep(new Map([...store.getState().stubs, [request.node, 'live']]))
      await put({ http: answer })
    },
    forgetStub(node) {
      keep(new Map([...store.getState().stubs].filter(([each]) => each !== node)))
    },
    async restart(scenario = store.getState().scenario) {
      store.setState({ scenario, inputs: [], turns: [], nextDue: null, hasTurned: false, live: undefined })
      await replay()
    },
    async backTo(turn) {
      store.setState(({ inputs, turns }) => ({
        inputs: inputs.slice(0, turn),
        turns: turns.slice(0, turn + 1),
        hasTurned: false,
      }))
      await replay()
    },
    async load(test) {
      const inputs = test.steps.filter(
        (step): step is SimulateInput =>
          'mo' in step || 'advance' in step || 'http' in step || 'dlr' in step || 'agent' in step || 'link' in step,
      )
      store.setState({
        scenario: scenarioOf(test),
        inputs,
        turns: [],
        nextDue: null,
        hasTurned: false,
        live: undefined,
      })
      // The answers of web services are part of the test: kept ones would come in between.
      await replay(maxOwnAnswers)
    },
    async documentChanged() {
      const key = playKey(document())
      if (key !== testedKey) store.setState({ results: new Map() })
      if (playedKey === '' || key === playedKey) return
      const before = JSON.stringify(store.getState().turns)
      await replay()
      const { turns, refusal } = store.getState()
      if (refusal.length === 0 && JSON.stringify(turns) !== before)
        store.setState(({ inputs }) => ({ hasTurned: inputs.length > 0 }))
    },
    async test(names) {
      store.setState({ isTesting: true })
      const flow = document()
      const key = playKey(flow)
      const running = calledBy(flow).then((called) => runTests(flow, called, names))
      const run = await running.catch((error: unknown) => {
        store.setState({ failure: error instanceof Error ? error.message : String(error) })
      })
      const ran = run?.kind === 'ran' ? run.results : []
      store.setState(({ results }) => ({
        isTesting: false,
        ...(run?.kind === 'refused' ? { refusal: run.issues } : {}),
        results: new Map([...(key === testedKey ? results : []), ...ran]),
      }))
      testedKey = key
    },
  }
}

const blank: Omit<SimulatorState, 'stubs'> = {
  // A flow without a keyword begins when its button is pressed, not when the phone is opened.
  scenario: { start: false },
  inputs: [],
  turns: [],
  called: [],
  nextDue: null,
  refusal: [],
  failure: undefined,
  hasTurned: false,
  live: undefined,
  results: new Map(),
  isTesting: false,
}
