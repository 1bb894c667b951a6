/** What all of them come to. Where one fails the others come to their end first: nothing goes on when whoever called has given up. */
export async function allEnded<T>(works: Iterable<Promise<T>>): Promise<T[]> {
  const ended = await Promise.allSettled(works)
  return ended.map((one) => {
    if (one.status === 'rejected') throw one.reason
    return one.value
  })
}
