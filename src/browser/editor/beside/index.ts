export { openBeside } from './beside.ts'
export { plainBox } from './plain-box.ts'
