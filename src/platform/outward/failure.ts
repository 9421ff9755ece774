/**
 * Why nothing was fetched. `address`: we do not go there (scheme, port, name, or an address that is not public).
 * `connection`: there is no such name, nobody answers, or the answer is broken. `redirects`: too many. `size`, `status`,
 * `type`: the answer is too large, no success, or of another kind. `time`: it took too long. `unwanted`: whoever asked
 * did not want to go where it led.
 */
export type FetchFault = 'address' | 'connection' | 'redirects' | 'size' | 'status' | 'time' | 'type' | 'unwanted'

/** What `fetchOut` throws. Its message holds no address: that may be a secret somebody shared. */
export class FetchFailed extends Error {
  override readonly name = 'FetchFailed'
  readonly fault: FetchFault
  /** Of an answer that was no success. */
  readonly status: number | null

  constructor(fault: FetchFault, { status, cause }: { status?: number; cause?: unknown } = {}) {
    super(status === undefined ? `Not fetched: ${fault}` : `Not fetched: ${fault} ${status}`, { cause })
    this.fault = fault
    this.status = status ?? null
  }
}
