/** An expression that cannot be read, or works on more than it may. `message` is a sentence for its author. */
export class ExpressionError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ExpressionError'
  }
}

/** What a person wrote, or a service sent, is not what a function takes: the expression comes to nothing. */
export class NoValueError extends Error {}
