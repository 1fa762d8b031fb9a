package io.tenantry.operations.terminal;

import java.io.PrintWriter;

/** Shows how far something is. Thread-safe; does not block but on the stream it writes to. */
public interface Progress {

  /** Of the kind that fits: a line that is written over, or lines one after another. */
  static Progress of(Surroundings surroundings, PrintWriter err) {
    return surroundings.movingLines() ? new ProgressBar(err) : new ProgressLines(err);
  }

  /**
   * So much is done by now; less than before is not shown.
   *
   * @param total above 0
   * @param failed how many of those done have failed
   */
  void at(int done, int total, int failed);

  /** Nothing more comes: leaves the stream at the beginning of a line. */
  void end();
}
