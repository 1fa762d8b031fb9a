package io.tenantry.testkit;

import java.util.List;
import java.util.Map;

/**
 * What went through a {@link ProtocolProxy}, as of one moment. Immutable.
 *
 * <p>Round trips and requests differ, since a driver may send several requests before it waits:
 * pgjdbc sends BEGIN as a simple Query of its own and the first statement right behind it. That is
 * two requests, each with its ReadyForQuery, and one round trip.
 *
 * @param roundTrips how often the client waited for the server: requests sent while no earlier one
 *     of the same connection was unanswered. Exact as long as what the driver sends together fits
 *     its send buffer (8 KiB in pgjdbc); of a longer batch the server may answer the first request
 *     before the rest arrives, which counts one too many. Waits inside a request (COPY, Flush) are
 *     not seen.
 * @param requests the client's Sync and simple Query messages; always exact. The start of a
 *     connection counts neither here nor as a round trip.
 * @param readyForQuery the server's side of the requests: its ReadyForQuery messages but for the
 *     one that ends the start of a connection. Equal to {@code requests} when nothing is under way.
 * @param messages the client's messages by the type byte of the protocol, such as {@code P} for
 *     Parse; the first message of a connection has no type and is not in it
 * @param statements the SQL of each Parse and Query message, in order. A statement the driver has
 *     prepared on the server is parsed once, so its later executions leave no text.
 */
public record Traffic(
    int roundTrips,
    int requests,
    int readyForQuery,
    Map<Character, Integer> messages,
    List<String> statements) {
  public Traffic {
    messages = Map.copyOf(messages);
    statements = List.copyOf(statements);
  }

  /** How many messages of this type the client sent. */
  public int count(char type) {
    return messages.getOrDefault(type, 0);
  }
}
