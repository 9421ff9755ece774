import { hash } from 'node:crypto'
import type { Row } from './rows.ts'

const bits = 256

/** A row as it is written down, on one line; the same for the same values on both databases. */
export function lineOf(row: Row): string {
  return JSON.stringify(row)
}

/** Stands for a table's rows, in whatever order they come: the sum of the hashes of their lines, and how many they are. */
export class Fingerprint {
  #sum = 0n
  #rows = 0

  add(line: string): void {
    this.#sum = BigInt.asUintN(bits, this.#sum + BigInt(`0x${hash('sha256', line)}`))
    this.#rows++
  }

  get rows(): number {
    return this.#rows
  }

  /** 64 hexadecimal digits. */
  get sum(): string {
    return this.#sum.toString(16).padStart(bits / 4, '0')
  }
}
