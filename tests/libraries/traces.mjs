/// Traces of calls, from a seed: calm and broken times, bursts and silences, calls that outlast what happens meanwhile,
/// and many things at one instant.

/// mulberry32: small and the same everywhere.
export function randomFrom (seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let x = Math.imul(state ^ (state >>> 15), 1 | state)
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296
  }
}

/// `pace`: usual milliseconds between calls; `silence`: a long time without any.
export function makeTrace (seed, { calls = 60, pace = 60, silence = 3000, grid = 10 } = {}) {
  const random = randomFrom(seed)
  const span = most => Math.max(grid, Math.ceil(random() * most / grid) * grid)
  const trace = []
  let t = 0
  let failures = 0.1
  const count = Math.ceil(calls * (0.5 + random()))
  for (let i = 0; i < count; ++i) {
    if (random() < 0.08) failures = [0.02, 0.3, 0.55, 0.95][Math.floor(random() * 4)]
    const draw = random()
    t += draw < 0.2 ? 0 : draw < 0.96 ? span(2 * pace) : span(2 * silence)
    const outcome = random() < failures ? 'fail' : random() < 0.06 ? 'client_error' : random() < 0.1 ? 'slow' : 'ok'
    const duration = outcome === 'slow' || random() < 0.08 ? span(2 * silence) : span(3 * pace)
    trace.push({ t, id: `c${i}`, outcome, duration })
  }
  return trace
}

export const write = trace =>
  trace.map(({ t, id, outcome, duration }) => `${t} ${id} ${outcome} ${duration}\n`).join('')
