import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * The open connections, up to a bound. Whoever comes when it is reached takes the place of the oldest connection on which
 * nobody is being answered: one that says nothing, has not sent all of its request yet, or waits for a next one. So
 * whoever holds thousands of them open keeps out nobody but themselves. It counts all connections together and not those
 * of each address: behind a proxy they all have one address, and who comes from where is for the proxy to count.
 */
export class Connections {
  readonly #most: number
  /** What was last asked on each, the oldest connection first. */
  readonly #open = new Map<Socket, ServerResponse | null>()

  constructor(most: number) {
    this.#most = most
  }

  get count(): number {
    return this.#open.size
  }

  open(socket: Socket): void {
    if (this.#open.size >= this.#most && !this.#makeRoom()) return void socket.destroy()
    this.#open.set(socket, null)
    socket.once('close', () => this.#open.delete(socket))
  }

  asked(socket: Socket, answer: ServerResponse): void {
    if (this.#open.has(socket)) this.#open.set(socket, answer)
  }

  /** Whether an answer has begun and not ended there: whatever else were sent would be taken for a part of it. */
  isAnswering(socket: Socket): boolean {
    const answer = this.#open.get(socket)
    return answer ? answer.headersSent && !answer.writableFinished : false
  }

  #makeRoom(): boolean {
    for (const [socket, answer] of this.#open) {
      if (answer?.req.complete && !answer.writableFinished) continue
      this.#open.delete(socket)
      socket.destroy()
      return true
    }
    return false
  }
}
