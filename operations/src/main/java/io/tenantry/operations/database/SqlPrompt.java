package io.tenantry.operations.database;

import java.io.IOException;
import java.io.PrintWriter;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * Reads statements until the input ends or {@code \q} is typed. What was typed is remembered while
 * it runs and not written anywhere: it may hold what is secret.
 */
final class SqlPrompt {

  private static final String FIRST = "tenantry=> ";
  private static final String NEXT = "tenantry-> ";

  private final SqlSession session;
  private final boolean interactive;

  SqlPrompt(SqlSession session, boolean interactive) {
    this.session = session;
    this.interactive = interactive;
  }

  /** Runs until the end; false when nobody sat there and a statement failed. */
  boolean run(PrintWriter out, PrintWriter err) throws IOException {
    try (Terminal terminal =
        TerminalBuilder.builder().system(true).dumb(true).dumb(!interactive).build()) {
      LineReader reader =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
              .build();
      boolean good = true;
      StringBuilder typed = new StringBuilder();
      while (true) {
        String line = line(reader, typed.isEmpty() ? FIRST : NEXT, typed);
        if (line == null || (typed.isEmpty() && line.strip().equals("\\q"))) {
          return interactive || good;
        }
        typed.append(line).append('\n');
        if (typed.toString().isBlank()) {
          typed.setLength(0);
        } else if (SqlEnd.reached(typed.toString())) {
          good &= session.run(typed.toString(), out, err);
          typed.setLength(0);
        }
      }
    }
  }

  /** Null at the end of the input; Ctrl-C throws away what was typed so far. */
  private static @org.jspecify.annotations.Nullable String line(
      LineReader reader, String prompt, StringBuilder typed) {
    while (true) {
      try {
        return reader.readLine(prompt);
      } catch (UserInterruptException e) {
        typed.setLength(0);
        prompt = FIRST;
      } catch (EndOfFileException e) {
        return null;
      }
    }
  }
}
