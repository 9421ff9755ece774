export { followTopic } from './follow-topic.ts'
export { followsLetters, tellFollowers } from './letters.ts'
export { followsRouter } from './routes.ts'
export { followButton } from './slots.ts'
