import { Refusal } from '../../errors.ts'

/** It makes no sense as a request, whatever was meant. */
export class Malformed extends Refusal {
  readonly status: 400 | 415

  constructor(status: 400 | 415 = 400) {
    super()
    this.status = status
  }
}
