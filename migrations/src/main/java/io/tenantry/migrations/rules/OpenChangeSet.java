package io.tenantry.migrations.rules;

import io.tenantry.migrations.rules.ChangeText.Waiver;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A changeset while its lines are read. */
final class OpenChangeSet {

  private static final Pattern HEADER = Pattern.compile("--changeset ([^: ]+):(\\S+)(.*)");

  private static final List<String> REQUIRED_FALSE =
      List.of("splitStatements", "rollbackSplitStatements", "stripComments");

  /** What Liquibase knows and we do not want; in lower case. */
  private static final Set<String> REFUSED =
      Set.of(
          "runalways",
          "context",
          "contextfilter",
          "labels",
          "dbms",
          "ignore",
          "runwith",
          "runwithspoolfile",
          "failonerror",
          "logicalfilepath",
          "changelogpath",
          "enddelimiter",
          "rollbackenddelimiter",
          "runorder",
          "objectquotingstrategy",
          "created");

  private final String file;
  private final int line;
  private final Findings findings;
  private final String id;
  private final Map<String, String> flags;
  private final List<Waiver> waivers = new ArrayList<>();
  private final StringBuilder sql = new StringBuilder();
  private final StringBuilder rollback = new StringBuilder();
  private int rollbackLine;
  private int descriptions;
  private boolean enters;

  OpenChangeSet(String file, int line, String header, Findings findings) {
    this.file = file;
    this.line = line;
    this.findings = findings;
    Matcher parts = HEADER.matcher(header);
    if (parts.matches()) {
      id = parts.group(2);
      flags = ChangeFileReader.flags(parts.group(3));
      author(parts.group(1));
      judgeFlags();
    } else {
      id = header.substring("--changeset ".length());
      flags = Map.of();
      found(Rule.DIRECTIVE_FORM, line, "The line is " + ChangeFileReader.quoted(header));
    }
  }

  String id() {
    return id;
  }

  void description(int number) {
    descriptions++;
    if (descriptions > 1) {
      found(Rule.DESCRIPTION_TWICE, number, "The changeset has a comment above already.");
    } else if (number != line + 1) {
      found(Rule.DESCRIPTION_MISSING, number, "The comment is not right below the header.");
    }
  }

  void waive(Waiver waiver) {
    waivers.add(waiver);
  }

  void enters() {
    enters = true;
  }

  void sql(String text, int number) {
    if (rollbackLine > 0 && !text.isBlank()) {
      found(Rule.ROLLBACK_NOT_LAST, number, "The line is " + ChangeFileReader.quoted(text));
    }
    fill(sql, line, number);
    sql.append(text);
  }

  void rollback(String text, int number) {
    if (rollbackLine == 0) {
      rollbackLine = number;
    }
    if (text.toLowerCase(Locale.ROOT).contains("changesetid:")) {
      found(Rule.ROLLBACK_FORM, number, "The rollback is " + ChangeFileReader.quoted(text));
      return;
    }
    fill(rollback, rollbackLine, number);
    rollback.append(text);
  }

  /** Keeps lines of the text and of the file in step. */
  private static void fill(StringBuilder text, int first, int number) {
    long lines = text.chars().filter(c -> c == '\n').count();
    text.append("\n".repeat((int) Math.max(0, number - first - lines)));
  }

  ChangeText close() {
    if (descriptions == 0) {
      found(Rule.DESCRIPTION_MISSING, line, "There is none.");
    }
    if (rollbackLine == 0) {
      found(Rule.ROLLBACK_MISSING, line, "There is none.");
    }
    String undo = rollback.toString().strip();
    boolean nothing = undo.equals("empty") || undo.equals("not required");
    return new ChangeText(
        file,
        line,
        id,
        flags,
        enters,
        List.copyOf(waivers),
        new SqlText(sql.toString(), line),
        new SqlText(nothing ? "" : rollback.toString(), Math.max(rollbackLine, line)));
  }

  private void author(String author) {
    if (!author.equals("tenantry")) {
      found(Rule.ID_FORM, line, "The author is " + ChangeFileReader.quoted(author));
    }
  }

  private void judgeFlags() {
    for (String flag : REQUIRED_FALSE) {
      if (!"false".equals(flags.get(flag))) {
        found(Rule.FLAG_MISSING, line, flag + ":false is not said.");
      }
    }
    flags.forEach(
        (flag, value) -> {
          if (flag.equals("runOnChange")) {
            found(Rule.RUN_ON_CHANGE, line, "The flag is " + flag + ":" + value + ".");
          } else if (REFUSED.contains(flag.toLowerCase(Locale.ROOT))) {
            found(Rule.FLAG_REFUSED, line, "The flag is " + flag + ":" + value + ".");
          } else if (!REQUIRED_FALSE.contains(flag) && !flag.equals("runInTransaction")) {
            found(Rule.FLAG_UNKNOWN, line, "The flag is " + flag + ":" + value + ".");
          }
        });
  }

  private void found(Rule rule, int number, String what) {
    findings.add(rule, file, number, id, what);
  }
}
