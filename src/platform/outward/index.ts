export { FetchFailed, type FetchFault } from './failure.ts'
export { type Fetched, openWayOut, type Wanted, type WayOut, type WayOutOptions } from './way-out.ts'
