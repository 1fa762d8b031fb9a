package io.tenantry.persistence.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What an attack came to.
 *
 * @param rows of the last statement, or how many it changed; empty when one was refused
 * @param sqlState null unless one was refused
 * @param byServer whether the server, or its driver, refused, and not the check of the text
 * @param said all that was answered, with everything the server had to say
 */
record Outcome(List<String> rows, @Nullable String sqlState, boolean byServer, String said) {

  /** Stands in every text that is planted as the neighbour's. */
  static final String MARK = "globex-secret";

  static Outcome of(List<String> rows) {
    return new Outcome(rows, null, false, String.join("\n", rows));
  }

  static Outcome refused(SQLException refusal) {
    SQLException cause = refusal;
    if (refusal.getCause() instanceof SQLException inner) {
      cause = inner;
    }
    String said = refusal + "\n" + cause;
    if (cause instanceof PSQLException server) {
      ServerErrorMessage message = server.getServerErrorMessage();
      said += "\n" + message;
    }
    return new Outcome(List.of(), cause.getSQLState(), cause instanceof PSQLException, said);
  }

  /** The server refused, with one of these states, and told nothing. */
  void isRefusedByTheServer(String... states) {
    assertThat(sqlState).as(said).isIn((Object[]) states);
    assertThat(byServer).as("refused by the server: %s", said).isTrue();
    tellsNothing();
  }

  /** Refused with one of these states, by whom ever. */
  void isRefused(String... states) {
    assertThat(sqlState).as(said).isIn((Object[]) states);
    tellsNothing();
  }

  /** The text did not get as far as the server. */
  void isRefusedAtTheDoor() {
    assertThat(sqlState).as(said).isEqualTo("0A000");
    assertThat(byServer).as("refused at the door: %s", said).isFalse();
    tellsNothing();
  }

  /** It ran, and these are its rows or its count. */
  void is(String... expected) {
    assertThat(sqlState).as(said).isNull();
    assertThat(rows).containsExactly(expected);
    tellsNothing();
  }

  /** It ran, without a row. */
  void isEmpty() {
    is();
  }

  /** It ran, and none of its rows has anything of the neighbour's. */
  void isHarmless() {
    assertThat(sqlState).as(said).isNull();
    tellsNothing();
  }

  /** Nothing of what was answered is the neighbour's. */
  void tellsNothing() {
    assertThat(said).doesNotContain(MARK);
  }

  /** The neighbour's text is in the answer: what a planted mistake has to come to. */
  void tellsTheSecret() {
    assertThat(said).contains(MARK);
  }
}
