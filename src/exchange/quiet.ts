/**
 * Waits while more comes: until nothing did for a pause of so many milliseconds, there are enough, or so many pauses are over. What is done for
 * many at once costs little more than for one, and who comes alone waits for one pause.
 */
export class Quiet {
  /** Looks whether there are enough; while someone waits. */
  #look = (): void => {}

  /** @param count of what has come; @param most pauses */
  constructor(
    private readonly milliseconds: number,
    private readonly most: number,
    private readonly count: () => number,
  ) {}

  /** To be called when one more has come. */
  came(): void {
    this.#look()
  }

  async until(enough: number): Promise<void> {
    for (let pauses = 0; pauses < this.most && this.count() < enough; pauses += 1) {
      const before = this.count()
      await this.#pause(enough)
      if (this.count() === before) return
    }
  }

  #pause(enough: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer)
        this.#look = () => {}
        resolve()
      }
      const timer = setTimeout(end, this.milliseconds)
      this.#look = () => {
        if (this.count() >= enough) end()
      }
    })
  }
}
