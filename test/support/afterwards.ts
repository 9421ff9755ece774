import type { TestContext } from 'node:test'

const stacks = new WeakMap<TestContext, AsyncDisposableStack>()

/** Done when the test is over, the last first: what was opened on top of something is closed before it. */
export function afterwards(t: TestContext, act: () => Promise<void> | void): void {
  stackOf(t).defer(act)
}

function stackOf(t: TestContext): AsyncDisposableStack {
  const known = stacks.get(t)
  if (known) return known
  const stack = new AsyncDisposableStack()
  stacks.set(t, stack)
  t.after(() => stack.disposeAsync())
  return stack
}
