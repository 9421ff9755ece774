import { Resolver } from 'node:dns/promises'

/** All addresses of a name. Throws when there are none. */
export type Resolve = (name: string, signal: AbortSignal) => Promise<string[]>

/**
 * Asks the name servers of this machine, not its own list of hosts, and outside of the thread pool, where slow servers of
 * strangers would hold up files and passwords.
 */
export const askNameServers: Resolve = async (name, signal) => {
  signal.throwIfAborted()
  const resolver = new Resolver({ timeout: 1500, tries: 2 })
  const stop = () => resolver.cancel()
  signal.addEventListener('abort', stop)
  try {
    const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
    const found = answers.flatMap(answer => (answer.status === 'fulfilled' ? answer.value : []))
    if (found.length === 0) throw new Error('This name has no address')
    return found
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
