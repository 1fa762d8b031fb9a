package io.tenantry.testkit;

import org.jspecify.annotations.Nullable;

/**
 * Who waits for whom on one connection. Safe for its two threads.
 *
 * <p>Messages that came together are all noted before the first of them is passed on, so that an
 * answer to the first cannot make the second look like a round trip of its own. Of messages that
 * came apart, nobody but the client knows whether it waited in between ({@link Traffic}).
 */
final class Conversation {
  private final TrafficCounter own = new TrafficCounter();
  private final TrafficCounter total;
  private boolean started;
  private int unanswered;

  Conversation(TrafficCounter total) {
    this.total = total;
  }

  TrafficCounter counter() {
    return own;
  }

  /** To be called before the message is passed on. */
  synchronized void client(char type, @Nullable String sql) {
    boolean request = type == 'S' || type == 'Q';
    boolean waits = request && unanswered == 0;
    unanswered += request ? 1 : 0;
    own.client(type, sql, request, waits);
    total.client(type, sql, request, waits);
  }

  /** To be called before the server's ReadyForQuery is passed on. */
  synchronized void ready() {
    if (started) {
      unanswered--;
      own.ready();
      total.ready();
    }
    started = true;
  }
}
