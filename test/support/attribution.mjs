// Loaded before node:test. To know in which test something was thrown that nobody caught, it has itself told of every
// promise of its process when that is made and when it is gone, which takes an eighth of the processor's time. Here it
// knows the same from AsyncLocalStorage, which takes none.
import asyncHooks, { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'

const { createHook, executionAsyncId } = asyncHooks
const { runInAsyncScope } = AsyncResource.prototype
const running = new AsyncLocalStorage()
let know

asyncHooks.createHook = ({ init }) => {
  know = init
  return { enable() {}, disable() {} }
}
asyncHooks.executionAsyncId = () => running.getStore() ?? executionAsyncId()
AsyncResource.prototype.runInAsyncScope = function (act, thisArg, ...args) {
  if (!('createSubtest' in this)) return runInAsyncScope.call(this, act, thisArg, ...args)
  know?.(this, 'Test', 0, this)
  return runInAsyncScope.call(this, () => running.run(this, () => Reflect.apply(act, thisArg, args)))
}
await import('node:test')
Object.assign(asyncHooks, { createHook, executionAsyncId })
