import { Agent } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { ask } from '../ask.ts'
import { pressing, type Scene } from '../cases/case.ts'
import { replyBody, signInBody } from '../cases/writing.ts'
import { latencies } from '../load.ts'
import { browserHeaders, formHeaders, keepPage, writingAction } from '../visits.ts'

type Times = { readonly p50: number; readonly p99: number; readonly max: number }

/** Of a guest and a member; and of whoever asks bare Express, which has nothing else to do: so long the machine lets it wait. */
export type Waits = { readonly guest: Times; readonly member: Times; readonly bare: Times }

/** How long light requests take, in milliseconds, while others do what takes long. */
export type Waiting = {
  /** Before the others begin. */
  readonly quiet: Waits
  readonly meanwhile: Waits
  /** What happened meanwhile. */
  readonly signedIn: number
  readonly composed: number
  /** The longest time in which whoever measures could not look at the clock, in milliseconds. */
  readonly ownDelay: number
}

/** Each time another one, so that they do not come in step. */
const pauseMs = () => 5 + Math.random() * 10

/** A guest and a member read while eight people sign in over and over, and somebody sends posts of 64 KB. */
export async function measureWaiting(scene: Scene, bare: string, seconds: number): Promise<Waiting> {
  await keepPage(scene.url, '/')
  const quiet = await read(scene, bare, until(seconds / 2))
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const isOver = until(Math.max(seconds, 3))
  const reading = read(scene, bare, isOver)
  // Whoever waits is there already when the others come.
  await setTimeout(100)
  const signIns = Array.from({ length: pressing }, () => signInOverAndOver(scene, isOver))
  const posts = composeOverAndOver(scene, isOver)
  const meanwhile = await reading
  delay.disable()
  const signedIn = (await Promise.all(signIns)).reduce((sum, times) => sum + times, 0)
  return { quiet, meanwhile, signedIn, composed: await posts, ownDelay: delay.max / 1e6 }
}

type IsOver = () => boolean

function until(seconds: number): IsOver {
  const end = performance.now() + seconds * 1000
  return () => performance.now() >= end
}

async function read({ url, cookies }: Scene, bare: string, isOver: IsOver): Promise<Waits> {
  const asMember = { ...browserHeaders, cookie: cookies[0] ?? '' }
  const [guest, member, other] = await Promise.all([
    readOverAndOver(url, browserHeaders, isOver),
    readOverAndOver(url, asMember, isOver),
    readOverAndOver(bare, browserHeaders, isOver),
  ])
  return { guest: latencies(guest), member: latencies(member), bare: latencies(other) }
}

async function readOverAndOver(url: string, headers: Record<string, string>, isOver: IsOver): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const times: number[] = []
  while (!isOver()) {
    const { status, ms } = await ask(`${url}/`, { headers, agent })
    if (status !== 200) throw new Error(`The index answers ${status}`)
    times.push(ms)
    await setTimeout(pauseMs())
  }
  agent.destroy()
  return times
}

async function signInOverAndOver({ url }: Scene, isOver: IsOver): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  let times = 0
  for (; !isOver(); times++) {
    const { status } = await ask(`${url}/login/`, { method: 'POST', headers: formHeaders, body: signInBody(), agent })
    if (status !== 303) throw new Error(`Signing in answers ${status}`)
  }
  agent.destroy()
  return times
}

const paragraph =
  'It stood **in the shade** of the [old wall](https://wall.example/) and got water once a week.\n' +
  '> More light, less water, and patience.\n\n- one\n- two *or so*\n\n'
const long = paragraph.repeat(Math.ceil(65_536 / paragraph.length)).slice(0, 65_536)

/** One post after the other, each by the next member: nobody may have so much composed in a minute. */
async function composeOverAndOver({ url, places, cookies }: Scene, isOver: IsOver): Promise<number> {
  const action = await writingAction(url, places.quiet[0] ?? places.topic, { cookie: cookies[0] ?? '' })
  let times = 0
  for (; !isOver(); times++) {
    const headers = { ...formHeaders, cookie: cookies[times % cookies.length] ?? '' }
    const { status } = await ask(url + action, { method: 'POST', headers, body: replyBody(long) })
    if (status !== 303) throw new Error(`A long post answers ${status}`)
  }
  return times
}
