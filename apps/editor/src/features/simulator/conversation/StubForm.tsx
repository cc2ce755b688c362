import { Button, Checkbox, NumberInput, SegmentedControl, Textarea, Tooltip } from '@mantine/core'
import { useState } from 'react'
import type { OpenRequest } from '../model/run-path.ts'
import { type AnswerForm, readAnswer } from '../model/stubs.ts'
import type { SimulatorStore } from '../simulator-store.ts'
import { usePhone } from '../use-simulator.ts'

/** What the web service is to answer. Nothing leaves the browser unless the real server is asked. */
export function StubForm(props: { readonly request: OpenRequest; readonly simulator: SimulatorStore }) {
  const { request, simulator } = props
  const [form, setForm] = useState<AnswerForm>({ kind: 'answer', status: 200, body: '{}' })
  const [keeps, setKeeps] = useState(true)
  const [refusal, setRefusal] = useState<string>()
  const live = usePhone(simulator, (state) => state.live)
  const send = () => {
    const read = readAnswer(form)
    if ('refusal' in read) return setRefusal(read.refusal)
    void simulator.answer(read.answer, keeps ? request.node : undefined)
  }
  return (
    <form
      className="tl-stub"
      aria-label="Answer of the web service"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <p>
        The flow asks <code>{request.method}</code> <span title={request.url}>{request.url}</span>
      </p>
      {request.body !== undefined && <pre>{JSON.stringify(request.body, null, 2)}</pre>}
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label="What comes back"
        data={[
          { value: 'answer', label: 'Answer' },
          { value: 'timeout', label: 'No answer' },
          { value: 'network', label: 'Unreachable' },
        ]}
        value={form.kind}
        onChange={(kind) => setForm({ ...form, kind: kind as AnswerForm['kind'] })}
      />
      {form.kind === 'answer' && (
        <div className="tl-stub-answer">
          <NumberInput
            size="xs"
            aria-label="Status"
            hideControls
            min={100}
            max={599}
            value={form.status}
            onChange={(status) => setForm({ ...form, status: typeof status === 'number' ? status : Number.NaN })}
          />
          <Textarea
            size="xs"
            aria-label="Body, JSON or text"
            autosize
            minRows={2}
            maxRows={8}
            spellCheck={false}
            value={form.body}
            error={refusal}
            onChange={({ currentTarget }) => {
              setRefusal(undefined)
              setForm({ ...form, body: currentTarget.value })
            }}
          />
        </div>
      )}
      {typeof live === 'object' && (
        <p className="tl-stub-refusal" role="alert">
          The real server was not heard: {live.refusal}
        </p>
      )}
      <Checkbox
        size="xs"
        label="The same from now on"
        checked={keeps}
        onChange={({ currentTarget }) => setKeeps(currentTarget.checked)}
      />
      <div className="tl-stub-foot">
        <Tooltip
          label="Makes the request now, by the runtime, as a real conversation would"
          multiline
          w={220}
          withArrow
        >
          <Button
            variant="default"
            size="compact-sm"
            loading={live === 'asking'}
            onClick={() => void simulator.answerLive(keeps)}
          >
            Ask the real server
          </Button>
        </Tooltip>
        <Button type="submit" size="compact-sm">
          Answer
        </Button>
      </div>
    </form>
  )
}
