import { Unavailable } from '../../errors.ts'
import { type Db, type Tx, withoutSync } from '../../store/index.ts'
import { dueEventIds, type EventRow, eventById, insertEvent, putEventOff, takeEvents } from './queries.ts'

/**
 * What follows from events of one name, in the order in which they happened, in the transaction that takes them out: so
 * it follows once. What takes long (mail, the network) is left as a job.
 */
export type Answer = (tx: Tx, payloads: readonly never[]) => Promise<void>

/** Who answers, by the name of the event. */
export type Answers = Readonly<Record<string, readonly Answer[]>>

const batch = 200
const mostAttempts = 5
const pauseMs = 30_000

/** Writes down what happened; whoever answers does so after this transaction, and only if it commits. */
export async function record(tx: Tx, name: string, payload: unknown): Promise<void> {
  await insertEvent(tx, name, JSON.stringify(payload), Date.now())
}

/**
 * Answers everything that has happened, and says how much that was. Events that cannot be answered together are answered
 * one by one; one that fails is tried again later and given up after a few times. `onError` hears of it. Throws
 * Unavailable when the database is busy or gone.
 */
export async function answerEvents(
  db: Db,
  answers: Answers,
  onError: (error: unknown) => void,
  now = Date.now(),
): Promise<number> {
  let answered = 0
  for (;;) {
    const ids = await dueEventIds(db, now, batch)
    if (ids.length === 0) return answered
    try {
      answered += await answer(db, answers, ids)
    } catch {
      answered += await answerOneByOne(db, answers, ids, onError, now)
    }
    if (ids.length < batch) return answered
  }
}

async function answer(db: Db, answers: Answers, ids: readonly number[]): Promise<number> {
  // What followed and that it followed are lost together, if they are: then it follows again.
  return withoutSync(db, async tx => {
    const events = await takeEvents(tx, ids)
    for (const [name, those] of Map.groupBy(events, event => event.name)) {
      const payloads = those.map(event => JSON.parse(event.payload) as never)
      for (const act of answers[name] ?? []) await act(tx, payloads)
    }
    return events.length
  })
}

async function answerOneByOne(
  db: Db,
  answers: Answers,
  ids: readonly number[],
  onError: (error: unknown) => void,
  now: number,
): Promise<number> {
  let answered = 0
  for (const id of ids) {
    try {
      answered += await answer(db, answers, [id])
    } catch (error) {
      // Nothing is wrong with the event: it waits for the database and loses no attempt.
      if (error instanceof Unavailable) throw error
      onError(error)
      const event = await eventById(db, id)
      if (event) await putOff(db, event, error, now)
    }
  }
  return answered
}

async function putOff(db: Db, { id, attempts }: EventRow, error: unknown, now: number): Promise<void> {
  const tries = attempts + 1
  await putEventOff(db, id, {
    attempts: tries,
    due_at: now + pauseMs * tries,
    error: String(error).slice(0, 1000),
    failed_at: tries >= mostAttempts ? now : null,
  })
}
