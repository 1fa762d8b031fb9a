package io.tenantry.migrations.rules;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A comment line of a changeset that is meant for us: {@code -- tenantry: ..}. */
sealed interface Mark {

  /** The runner enters each tenant before the changeset, and before its rollback. */
  record Enter() implements Mark {}

  /** Code that does not know the changeset does not work with it, or the other way round. */
  record Incompatible() implements Mark {}

  /** A rule that is not to be applied. */
  record Allow(Rule rule) implements Mark {}

  /** It was meant to mean something. */
  record Unknown() implements Mark {}

  /** What the line says; empty when it is no such line. */
  static Optional<Mark> of(String line) {
    Matcher mark = Form.MARK.matcher(line);
    return mark.matches() ? Optional.of(read(mark.group(1))) : Optional.empty();
  }

  private static Mark read(String text) {
    if (text.equals(": enter")) {
      return new Enter();
    }
    if (Form.INCOMPATIBLE.matcher(text).matches()) {
      return new Incompatible();
    }
    Matcher allow = Form.ALLOW.matcher(text);
    return allow.matches()
        ? Rule.of(allow.group(1))
            .filter(Rule::waivable)
            .<Mark>map(Allow::new)
            .orElseGet(Unknown::new)
        : new Unknown();
  }

  /** How such lines are written. */
  final class Form {
    private static final Pattern MARK = Pattern.compile("\\s*--\\s*tenantry\\b(.*)");
    private static final Pattern INCOMPATIBLE = Pattern.compile(": incompatible(: \\S.*)?");
    private static final Pattern ALLOW = Pattern.compile(": allow ([a-z_]+): (\\S.*)");

    private Form() {}
  }
}
