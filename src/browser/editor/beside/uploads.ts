import { type Kept, NotKept, sendFile } from './upload-request.ts'

/** What the box says may be uploaded there. */
export type Limits = {
  readonly address: string
  /** As the attribute `accept` of a field for files. */
  readonly kinds: string
  /** Bytes. */
  readonly most: number
}

export type Words = { readonly failed: string; readonly tooLarge: string; readonly cancelled: string }

/** One file on its way. */
export type Upload = {
  readonly id: string
  readonly name: string
  /** How much of it has arrived, from 0 to 1. */
  readonly part: number
  readonly kept: Kept | null
  /** Why it did not arrive; null as long as it may. */
  readonly error: string | null
  readonly canTryAgain: boolean
}

export type Uploads = {
  add(file: File): Upload
  find(id: string): Upload | undefined
  again(id: string): void
  cancel(id: string): void
  /** Hears of every change of any of them. Returns what ends that. */
  onChange(hear: (upload: Upload) => void): () => void
  /** Nobody waits for any of them any more. */
  stop(): void
}

/** So many are sent at once; the others wait. */
const most = 2

type Job = { -readonly [K in keyof Upload]: Upload[K] } & { readonly file: File; sending: AbortController | null }

let count = 0

/** Files on their way to the forum, two at once, in the order in which they came. */
export function uploadsTo(limits: Limits, words: Words): Uploads {
  const jobs = new Map<string, Job>()
  const hearers = new Set<(upload: Upload) => void>()
  const tell = (job: Job, change: Partial<Job>) => {
    Object.assign(job, change)
    for (const hear of hearers) hear(job)
  }

  const goOn = () => {
    const open = [...jobs.values()].filter(({ kept, error }) => !kept && error === null)
    const free = most - open.filter(({ sending }) => sending).length
    for (const job of open.filter(({ sending }) => !sending).slice(0, Math.max(0, free))) void send(job)
  }

  const send = async (job: Job) => {
    const sending = new AbortController()
    tell(job, { sending, part: 0 })
    const onPart = (part: number) => job.sending === sending && tell(job, { part })
    try {
      const kept = await sendFile(limits.address, job.file, { signal: sending.signal, onPart })
      if (job.sending === sending) tell(job, { sending: null, kept })
    } catch (error) {
      const said = error instanceof NotKept ? error.message : ''
      if (job.sending === sending) tell(job, { sending: null, error: said || words.failed })
    }
    goOn()
  }

  const stop = (job: Job) => {
    const { sending } = job
    job.sending = null
    sending?.abort()
  }

  return {
    find: id => jobs.get(id),
    add(file) {
      const isTooLarge = limits.most > 0 && file.size > limits.most
      const id = `${Date.now()}-${++count}`
      const job: Job = {
        ...{ id, file, name: file.name, part: 0, kept: null, sending: null },
        ...{ error: isTooLarge ? words.tooLarge : null, canTryAgain: !isTooLarge },
      }
      jobs.set(id, job)
      queueMicrotask(goOn)
      return job
    },
    again(id) {
      const job = jobs.get(id)
      if (!job || job.kept || !job.canTryAgain) return
      tell(job, { error: null, part: 0 })
      goOn()
    },
    cancel(id) {
      const job = jobs.get(id)
      if (!job || job.kept) return
      stop(job)
      tell(job, { error: job.error ?? words.cancelled })
      goOn()
    },
    onChange(hear) {
      hearers.add(hear)
      return () => hearers.delete(hear)
    },
    stop() {
      hearers.clear()
      for (const job of jobs.values()) stop(job)
      jobs.clear()
    },
  }
}
