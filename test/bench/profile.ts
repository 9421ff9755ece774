import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(import.meta.dirname, '../..')

/** One function and the share of the time in it, what it calls left out, 1 being all the time that was not idle. */
export type SelfTime = { readonly name: string; readonly share: number }

type CallFrame = {
  readonly functionName: string
  readonly url: string
  readonly lineNumber: number
  readonly columnNumber: number
}

type ProfileNode = {
  readonly id: number
  readonly callFrame: CallFrame
  readonly children?: readonly number[]
}

type Profile = {
  readonly nodes: readonly ProfileNode[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** Profiles a process that was started with `--inspect` on this port, while something is done. */
export class Profiler {
  readonly #port: number
  readonly #folder: string

  constructor(port: number, folder: string) {
    this.#port = port
    this.#folder = folder
    mkdirSync(folder, { recursive: true })
  }

  /** Writes `<name>.cpuprofile`, which Chromium's developer tools open, and prints where the time went. */
  async around<T>(name: string, act: () => Promise<T>): Promise<T> {
    const inspector = await Inspector.open(this.#port)
    await inspector.send('Profiler.enable')
    await inspector.send('Profiler.setSamplingInterval', { interval: 200 })
    await inspector.send('Profiler.start')
    const done = await act()
    const { profile } = (await inspector.send('Profiler.stop')) as { profile: Profile }
    inspector.close()
    writeFileSync(join(this.#folder, `${name.replaceAll(/\W+/g, '-')}.cpuprofile`), JSON.stringify(profile))
    console.log(`\nWhere the time goes: ${name}`)
    for (const { name, share } of selfTimes(profile).slice(0, shown)) {
      console.log(`${(share * 100).toFixed(1).padStart(6)} %  ${name}`)
    }
    return done
  }
}

const shown = 25

/** Most first. */
export function selfTimes({ nodes, samples, timeDeltas }: Profile): SelfTime[] {
  const callers = new Map(nodes.flatMap(node => (node.children ?? []).map(child => [child, node] as const)))
  const names = new Map(nodes.map(node => [node.id, nameOf(node, callers.get(node.id))]))
  const times = new Map<string, number>()
  samples.forEach((id, index) => {
    const name = names.get(id) ?? '?'
    times.set(name, (times.get(name) ?? 0) + (timeDeltas[index] ?? 0))
  })
  times.delete('(idle)')
  const total = [...times.values()].reduce((sum, time) => sum + time, 0)
  return [...times].map(([name, time]) => ({ name, share: time / total })).sort((a, b) => b.share - a.share)
}

/** What stands in no file (compiled views, and what is not JavaScript) is told by who calls it. */
function nameOf(node: ProfileNode, caller?: ProfileNode): string {
  const { functionName, url } = node.callFrame
  const name = functionName || '(anonymous)'
  if (url) return `${name}  ${placeOf(node.callFrame)}`
  return caller?.callFrame.url ? `${name} < ${nameOf(caller)}` : name
}

function placeOf({ url, lineNumber, columnNumber }: CallFrame): string {
  if (!url.startsWith('file://')) return `${url}:${lineNumber + 1}`
  const file = fileURLToPath(url)
  const entry = mapOf(file)?.findEntry(lineNumber, columnNumber)
  if (!entry || !('originalSource' in entry)) return `${relative(root, file)}:${lineNumber + 1}`
  return `${relative(root, join(dirname(file), entry.originalSource))}:${entry.originalLine + 1}`
}

const maps = new Map<string, SourceMap | undefined>()

/** Of a file that was made of others: what comes from where. */
function mapOf(file: string): SourceMap | undefined {
  const written = `${file}.map`
  if (!maps.has(file)) {
    maps.set(file, existsSync(written) ? new SourceMap(JSON.parse(readFileSync(written, 'utf8'))) : undefined)
  }
  return maps.get(file)
}

/** The other end of a process's debugging port: Chrome DevTools Protocol. */
class Inspector {
  readonly #socket: WebSocket
  #last = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
  }

  static async open(port: number): Promise<Inspector> {
    const response = await fetch(`http://127.0.0.1:${port}/json/list`)
    const [target] = (await response.json()) as { webSocketDebuggerUrl: string }[]
    if (!target) throw new Error('Nothing can be profiled there')
    const socket = new WebSocket(target.webSocketDebuggerUrl)
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true })
      socket.addEventListener('error', () => reject(new Error('The debugging port does not answer')), { once: true })
    })
    return new Inspector(socket)
  }

  send(method: string, params: object = {}): Promise<unknown> {
    const id = ++this.#last
    return new Promise(resolve => {
      const hear = ({ data }: MessageEvent) => {
        const answer = JSON.parse(String(data)) as { id?: number; result?: unknown }
        if (answer.id !== id) return
        this.#socket.removeEventListener('message', hear)
        resolve(answer.result)
      }
      this.#socket.addEventListener('message', hear)
      this.#socket.send(JSON.stringify({ id, method, params }))
    })
  }

  close(): void {
    this.#socket.close()
  }
}
