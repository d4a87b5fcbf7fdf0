/// Plays traces to a real library and writes down what it decides, in the lines of `stampede replay`.

import { settled } from './clock.mjs'

/// `make(note)` gives { call(action) } for a fresh breaker; it tells `note` of moves to a state, and `call` answers a
/// promise that is rejected with an error for which `isRefusal` holds where the call is turned away.
export async function play (trace, clock, make, isRefusal) {
  clock.reset()
  const lines = []
  let happened = []
  let state = 'closed'
  const breaker = make(to => happened.push({ to }))

  /// All that one event led to: moves first, then the event itself, then what it set free. Only an event that sets
  /// somebody free makes an open breaker half-open after itself.
  const tell = event => {
    const t = clock.elapsed
    const say = ({ to, ev, id }) => {
      if (to === undefined) return lines.push(JSON.stringify({ t, id, ev, state }))
      lines.push(JSON.stringify({ t, ev: 'transition', from: state, to }))
      state = to
    }
    if (event?.ev === 'settle') {
      const first = happened.findIndex(each => each.to === undefined || each.to === 'half_open')
      happened.splice(first < 0 ? happened.length : first, 0, event)
    }
    happened.forEach(say)
    happened = []
  }

  let ended
  const attempt = ({ id, outcome, duration }) => () => {
    queueMicrotask(() => happened.push({ ev: 'admit', id })) // after the move that made it possible
    return new Promise((resolve, reject) => setTimeout(() => {
      ended = { ev: 'settle', id }
      if (outcome === 'ok' || outcome === 'slow') resolve()
      else reject(Object.assign(new Error(outcome), { isClientError: outcome === 'client_error' }))
    }, duration))
  }
  const afterTimer = () => {
    tell(ended)
    ended = undefined
  }

  for (const call of trace) {
    await clock.runTo(call.t, afterTimer)
    breaker.call(attempt(call)).catch(error => {
      if (isRefusal(error)) happened.push({ ev: 'reject', id: call.id })
    })
    await settled()
    if (!happened.some(each => each.id === call.id)) happened.push({ ev: 'wait', id: call.id })
    tell()
  }
  const starts = new Map()
  for (const line of lines.map(each => JSON.parse(each))) if (line.ev === 'admit') starts.set(line.id, line.t)
  // Whoever waits begins later still, so until nothing is under way.
  for (let end = -1; ;) {
    const last = Math.max(trace.at(-1)?.t ?? 0, ...trace.map(({ id, duration }) => (starts.get(id) ?? -duration) + duration))
    if (last === end) return lines
    end = last
    await clock.runTo(end, afterTimer)
    for (const line of lines.map(each => JSON.parse(each))) if (line.ev === 'admit') starts.set(line.id, line.t)
  }
}
