package io.tenantry.migrations.rules;

import io.tenantry.migrations.rules.ChangeText.Waiver;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one file of changesets, line by line as Liquibase does, and finds what Liquibase would
 * take, pass over or refuse by a letter's difference. For one file.
 */
final class ChangeFileReader {

  private static final String FIRST_LINE = "--liquibase formatted sql";

  /** Whatever Liquibase's own patterns take, and some that they only just do not. */
  private static final Pattern DIRECTIVE =
      Pattern.compile(
          "\\s*(?:-+\\s*(changeset|comments?|rollback|preconditions?|property|validchecksum"
              + "|ignorelines(?=:)|ignore(?=:)|liquibase)(?![a-z0-9_])|(/\\*)\\s*liquibase).*",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern GLUED = Pattern.compile("\\s*--[A-Za-z].*");

  private final String file;
  private final Findings findings;
  private final List<ChangeText> changeSets = new ArrayList<>();
  private Optional<OpenChangeSet> open = Optional.empty();

  private ChangeFileReader(String file, Findings findings) {
    this.file = file;
    this.findings = findings;
  }

  /**
   * @param file its path below the folder of the trees
   */
  static List<ChangeText> read(String file, byte[] bytes, Findings findings) {
    ChangeFileReader reader = new ChangeFileReader(file, findings);
    reader.lines(reader.decoded(bytes).split("\n", -1));
    return reader.changeSets;
  }

  private String decoded(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      findings.add(Rule.TEXT_BYTES, file, 1, null, "The file is not UTF-8.");
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  private void lines(String[] lines) {
    if (!lines[0].equals(FIRST_LINE)) {
      findings.add(Rule.HEADER_MISSING, file, 1, null, "The first line is " + quoted(lines[0]));
    }
    for (int i = 0; i < lines.length; i++) {
      bytes(lines[i], i + 1);
      if (i > 0 || !lines[0].equals(FIRST_LINE)) {
        line(lines[i], i + 1);
      }
    }
    close();
  }

  private void bytes(String line, int number) {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c < ' ' || c == '\ufeff') {
        findings.add(
            Rule.TEXT_BYTES,
            file,
            number,
            null,
            String.format("The character U+%04X is in the line.", (int) c));
        return;
      }
    }
  }

  private void line(String line, int number) {
    Matcher directive = DIRECTIVE.matcher(line);
    if (line.startsWith("--changeset ")) {
      close();
      OpenChangeSet begun = new OpenChangeSet(file, number, line, findings);
      open = Optional.of(begun);
    } else if (directive.matches()) {
      String word = directive.group(2) == null ? directive.group(1) : "liquibase";
      directive(word.toLowerCase(Locale.ROOT), line, number);
    } else if (GLUED.matcher(line).matches()) {
      findings.add(Rule.DIRECTIVE_FORM, file, number, id(), "The line is " + quoted(line));
    } else if (open.isEmpty()) {
      if (!line.isBlank()) {
        findings.add(Rule.OUTSIDE_CHANGESET, file, number, null, "The line is " + quoted(line));
      }
    } else {
      mark(line, number);
      open.get().sql(line, number);
    }
  }

  private void directive(String word, String line, int number) {
    Optional<Rule> refused =
        switch (word) {
          case "precondition", "preconditions" -> Optional.of(Rule.PRECONDITION);
          case "validchecksum" -> Optional.of(Rule.VALID_CHECKSUM);
          case "property" -> Optional.of(Rule.PARAMETER);
          case "liquibase" ->
              Optional.of(line.contains("/*") ? Rule.ROLLBACK_FORM : Rule.DIRECTIVE_FORM);
          default -> Optional.empty();
        };
    if (refused.isPresent()) {
      findings.add(refused.get(), file, number, id(), "The line is " + quoted(line));
    } else if (open.isPresent() && line.startsWith("--rollback ")) {
      open.get().rollback(line.substring("--rollback ".length()), number);
    } else if (open.isPresent() && line.startsWith("--comment: ")) {
      open.get().description(number);
    } else {
      findings.add(Rule.DIRECTIVE_FORM, file, number, id(), "The line is " + quoted(line));
    }
  }

  private void mark(String line, int number) {
    OpenChangeSet inside = open.orElseThrow();
    Optional<Mark> mark = Mark.of(line);
    if (mark.isEmpty()) {
      return;
    }
    switch (mark.get()) {
      case Mark.Enter() -> inside.enters();
      case Mark.Allow(Rule rule) -> inside.waive(new Waiver(rule, number));
      case Mark.Incompatible() -> {}
      case Mark.Unknown() ->
          findings.add(Rule.MARK_UNKNOWN, file, number, id(), "The line is " + quoted(line));
    }
  }

  private void close() {
    open.ifPresent(one -> changeSets.add(one.close()));
    open = Optional.empty();
  }

  private @Nullable String id() {
    return open.map(OpenChangeSet::id).orElse(null);
  }

  static String quoted(String text) {
    return "'" + text + "'.";
  }

  /** The flags of a header, behind author and id. */
  static Map<String, String> flags(String text) {
    Map<String, String> flags = new LinkedHashMap<>();
    for (String flag : text.strip().split(" +", -1)) {
      if (!flag.isEmpty()) {
        int colon = flag.indexOf(':');
        flags.put(
            colon < 0 ? flag : flag.substring(0, colon),
            colon < 0 ? "" : flag.substring(colon + 1));
      }
    }
    return flags;
  }
}
