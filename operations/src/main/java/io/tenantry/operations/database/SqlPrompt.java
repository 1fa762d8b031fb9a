package io.tenantry.operations.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reads statements until the input ends or {@code \q} is typed. What was typed is remembered while
 * it runs and not written anywhere: it may hold what is secret.
 */
final class SqlPrompt {

  private static final String FIRST = "tenantry=> ";
  private static final String NEXT = "tenantry-> ";

  private final SqlSession session;
  private final PrintWriter out;
  private final PrintWriter err;
  private final StringBuilder typed = new StringBuilder();
  private boolean good = true;

  SqlPrompt(SqlSession session, PrintWriter out, PrintWriter err) {
    this.session = session;
    this.out = out;
    this.err = err;
  }

  /** For somebody who types; Ctrl-C throws away what was typed of a statement. */
  void interactive() throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      LineReader reader =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
              .build();
      while (true) {
        try {
          if (ends(reader.readLine(typed.isEmpty() ? FIRST : NEXT))) {
            return;
          }
        } catch (UserInterruptException e) {
          typed.setLength(0);
        } catch (EndOfFileException e) {
          return;
        }
      }
    }
  }

  /** For a file or a pipe: no prompts. Answers whether no statement failed. */
  boolean piped() throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (!ends(lines.readLine())) {
      // Each line is dealt with as it comes.
    }
    if (!typed.toString().isBlank()) {
      good &= session.run(typed.toString(), out, err);
    }
    return good;
  }

  private boolean ends(@Nullable String line) {
    if (line == null || (typed.isEmpty() && line.strip().equals("\\q"))) {
      return true;
    }
    typed.append(line).append('\n');
    if (typed.toString().isBlank()) {
      typed.setLength(0);
    } else if (SqlEnd.reached(typed.toString())) {
      good &= session.run(typed.toString(), out, err);
      typed.setLength(0);
    }
    return false;
  }
}
