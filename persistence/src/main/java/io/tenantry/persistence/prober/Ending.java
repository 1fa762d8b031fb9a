package io.tenantry.persistence.prober;

/** How a transaction ends, and so what a connection comes back from. */
enum Ending {
  COMMIT,
  ROLLBACK,
  /** A statement about the neighbour's table is refused; the transaction is aborted. */
  FOREIGN_READ,
  /** A row of the neighbour's is refused by the policy; the transaction is aborted. */
  FOREIGN_WRITE,
  /** A statement runs into the server's timeout. */
  TIMEOUT,
  /** A statement is cancelled from another thread, as of a caller who went away. */
  CANCEL
}
