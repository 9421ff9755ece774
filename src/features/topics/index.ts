export { findTopic, topicPath } from './find-topic.ts'
export { canSeeTopic, isClosedTo } from './policy.ts'
export { type Topic, topicById } from './queries.ts'
export { isPublic, type Withdrawn } from './state.ts'
