/// The dialects of cockatiel and opossum against the libraries themselves: the same decisions, line by line, on
/// generated traces. One process of Node, one of the program for each configuration.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { Clock } from './clock.mjs'
import { play } from './play.mjs'
import { makeTrace, write } from './traces.mjs'

const { STAMPEDE, PACKAGES, TRACES = '200' } = process.env
const require = createRequire(join(PACKAGES, 'package.json'))
const { BrokenCircuitError, CircuitState, circuitBreaker, ConsecutiveBreaker, CountBreaker, DelegateBackoff,
  handleWhen, SamplingBreaker } = require('cockatiel')
const Opossum = require('opossum')

const clock = new Clock()

const cockatiel = (breaker, halfOpenAfter) => ({
  make: note => {
    const policy = circuitBreaker(handleWhen(error => !error.isClientError), { breaker: breaker(), halfOpenAfter })
    const names = { [CircuitState.Closed]: 'closed', [CircuitState.Open]: 'open', [CircuitState.HalfOpen]: 'half_open' }
    policy.onStateChange(state => note(names[state]))
    return { call: action => policy.execute(action) }
  },
  isRefusal: error => error instanceof BrokenCircuitError
})

const opossum = options => ({
  make: note => {
    const all = { timeout: false, enableSnapshots: false, errorFilter: error => error.isClientError, ...options }
    const breaker = new Opossum(action => action(), all)
    breaker.on('open', () => note('open'))
    breaker.on('halfOpen', () => note('half_open'))
    breaker.on('close', () => note('closed'))
    return { call: action => breaker.fire(action) }
  },
  isRefusal: error => error.code === 'EOPENBREAKER'
})

const cockatielAs = settings => ({ breaker: { dialect: 'cockatiel', ...settings } })
const opossumAs = settings => ({ breaker: { dialect: 'opossum', ...settings } })

const configurations = {
  'cockatiel, three in a row': {
    library: cockatiel(() => new ConsecutiveBreaker(3), 1000),
    policy: cockatielAs({ failure_threshold: 3, open_for: '1s' })
  },
  'cockatiel, in a row, with a backoff': {
    library: cockatiel(() => new ConsecutiveBreaker(2),
      new DelegateBackoff(({ attempt }) => Math.min(4000, 250 * 2 ** (attempt - 1)))),
    policy: cockatielAs({
      failure_threshold: 2,
      open_backoff: { exponential: { initial: '250ms', multiplier: 2, max: '4s' } }
    })
  },
  'cockatiel, half of the last ten': {
    library: cockatiel(() => new CountBreaker({ threshold: 0.5, size: 10 }), 500),
    policy: cockatielAs({ window: { count: 10 }, failure_rate: 0.5, open_for: '500ms' })
  },
  'cockatiel, a quarter of the last twenty, from five on': {
    library: cockatiel(() => new CountBreaker({ threshold: 0.25, size: 20, minimumNumberOfCalls: 5 }), 2000),
    policy: cockatielAs({ window: { count: 20 }, failure_rate: 0.25, minimum_calls: 5, open_for: '2s' })
  },
  'cockatiel, sampling 5 s': {
    library: cockatiel(() => new SamplingBreaker({ threshold: 0.5, duration: 5000, minimumRps: 1 }), 1000),
    policy: cockatielAs({ window: { time: '5s' }, failure_rate: 0.5, minimum_rate: '1/s', open_for: '1s' })
  },
  'cockatiel, sampling 8 s, its own minimum': {
    library: cockatiel(() => new SamplingBreaker({ threshold: 0.5, duration: 8000 }), 1000),
    policy: cockatielAs({ window: { time: '8s' }, failure_rate: 0.5, open_for: '1s' }),
    shape: { calls: 240, pace: 20 }
  },
  'opossum, its defaults': {
    library: opossum({}),
    policy: opossumAs({}),
    shape: { calls: 120, pace: 250, silence: 9000, grid: 50 }
  },
  'opossum, from ten calls on': {
    library: opossum({ volumeThreshold: 10, resetTimeout: 1000 }),
    policy: opossumAs({ minimum_calls: 10, open_for: '1s' })
  },
  'opossum, a short window': {
    library: opossum({ errorThresholdPercentage: 25, rollingCountTimeout: 2000, rollingCountBuckets: 4, resetTimeout: 700 }),
    policy: opossumAs({ failure_rate: 0.25, window: { time: '2s' }, buckets: { at_least: 4 }, open_for: '700ms' })
  },
  'opossum, quick to try again': {
    library: opossum({ errorThresholdPercentage: 60, volumeThreshold: 5, rollingCountTimeout: 5000, resetTimeout: 200 }),
    policy: opossumAs({ failure_rate: 0.6, minimum_calls: 5, window: { time: '5s' }, open_for: '200ms' })
  }
}

const withoutReason = line => {
  const { reason, ...rest } = JSON.parse(line)
  return JSON.stringify(rest)
}

/// What the program says to each of the files.
function replay (files, policy) {
  const text = execFileSync(STAMPEDE, ['replay', ...files, '--policy', JSON.stringify(policy)],
    { encoding: 'utf8', maxBuffer: 1 << 28 })
  return text.split(/^\{"file":.*\}\n/m).slice(1).map(part => part.trim().split('\n').map(withoutReason))
}

const folder = join(PACKAGES, 'traces')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder)
const nodeTimers = { setTimeout, setInterval, clearTimeout, clearInterval, now: Date.now }

for (const [number, [name, { library, policy, shape }]] of Object.entries(configurations).entries()) {
  test(name, async () => {
    const files = []
    const expected = []
    const seen = {}
    clock.install()
    for (let i = 0; i < Number(TRACES); ++i) {
      const trace = makeTrace(1 + i + 1000 * number, shape)
      files.push(join(folder, `${number}-${i}.trace`))
      writeFileSync(files.at(-1), write(trace))
      expected.push(await play(trace, clock, library.make, library.isRefusal))
      for (const line of expected.at(-1)) {
        const { ev, to } = JSON.parse(line)
        seen[to ?? ev] = (seen[to ?? ev] ?? 0) + 1
      }
    }
    Object.assign(globalThis, nodeTimers)
    Date.now = nodeTimers.now
    replay(files, policy).forEach((lines, i) =>
      assert.deepEqual(lines, expected[i], `${files[i]}\n${readFileSync(files[i], 'utf8')}`))
    console.log(`${name}: ${JSON.stringify(seen)}`)
    // Traces on which nothing happens would prove nothing.
    for (const what of ['admit', 'reject', 'settle', 'open', 'half_open', 'closed'])
      assert.ok(seen[what] > Number(TRACES) / 20, `${what} ${seen[what]}`)
  })
}
