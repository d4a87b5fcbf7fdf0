/// A clock that stands still until it is told to move: it takes the place of Node's timers and of Date.now.
/// Of timers due at one instant the one that was set first comes first; an interval keeps its place.

const nodeSetImmediate = setImmediate

/// Lets everything run that no timer holds up: all microtasks are through before Node comes to an immediate.
export const settled = () => new Promise(resolve => nodeSetImmediate(resolve))

export class Clock {
  #timers = new Map()
  #last = 0

  /// `start` is far from 0, as the time of day is.
  constructor (start = 1_600_000_000_000) {
    this.start = start
    this.now = start
  }

  get elapsed () { return this.now - this.start }

  install () {
    const set = every => (action, delay = 0, ...rest) => {
      const id = ++this.#last
      const span = Math.max(1, Math.trunc(delay))
      this.#timers.set(id, { id, at: this.now + span, every: every ? span : 0, action: () => action(...rest) })
      return { id, unref () { return this }, ref () { return this } }
    }
    const clear = timer => { if (timer) this.#timers.delete(timer.id) }
    globalThis.setTimeout = set(false)
    globalThis.setInterval = set(true)
    globalThis.clearTimeout = clear
    globalThis.clearInterval = clear
    Date.now = () => this.now
  }

  /// Forgets all timers and begins anew.
  reset () {
    this.#timers.clear()
    this.now = this.start
  }

  #next (until) {
    let next
    for (const timer of this.#timers.values()) {
      if (timer.at > until) continue
      if (!next || timer.at < next.at || (timer.at === next.at && timer.id < next.id)) next = timer
    }
    return next
  }

  /// Moves to that time, timer by timer; after each, all that follows from it has happened and `after` is called.
  async runTo (elapsed, after) {
    const until = this.start + elapsed
    for (let timer = this.#next(until); timer; timer = this.#next(until)) {
      this.now = timer.at
      if (timer.every) timer.at += timer.every
      else this.#timers.delete(timer.id)
      timer.action()
      if (timer.every) continue
      await settled()
      after()
    }
    this.now = until
  }
}
