/** A post came to be seen by everybody who may read there: at once, or when it was approved. */
export const postPublished = 'post.published'

export interface PostPublished {
  readonly postId: number
}
