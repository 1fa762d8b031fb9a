package io.tenantry.migrations.rules;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules. A rule's name is what a waiver says ({@code -- tenantry: allow <rule>: <reason>}), so
 * it stays as it is once it has been used. What each one says stands in {@code rules.properties};
 * {@code docs/migrations/rules.md} is written from both.
 */
public enum Rule {
  DROPS_MAPPED(RuleGroup.RUNNING_SYSTEM),
  TABLE_REWRITE(RuleGroup.RUNNING_SYSTEM),
  NOT_NULL(RuleGroup.RUNNING_SYSTEM),
  INDEX_BLOCKS(RuleGroup.RUNNING_SYSTEM),
  FOREIGN_KEY_UNCHECKED(RuleGroup.RUNNING_SYSTEM),
  SHARED_ROWS(RuleGroup.RUNNING_SYSTEM),
  BACKFILL_WITHOUT_TENANT(RuleGroup.RUNNING_SYSTEM),
  ROW_SECURITY_WEAKENED(RuleGroup.RUNNING_SYSTEM),
  COPY_FROM(RuleGroup.RUNNING_SYSTEM),
  GRANT_ON_ALL(RuleGroup.RUNNING_SYSTEM),
  DEFAULT_PRIVILEGES(RuleGroup.RUNNING_SYSTEM),
  NOT_TRANSACTIONAL(RuleGroup.RUNNING_SYSTEM),
  SESSION_CHANGED(RuleGroup.RUNNING_SYSTEM),

  HEADER_MISSING(RuleGroup.LIQUIBASE),
  DIRECTIVE_FORM(RuleGroup.LIQUIBASE),
  FLAG_MISSING(RuleGroup.LIQUIBASE),
  FLAG_UNKNOWN(RuleGroup.LIQUIBASE),
  FLAG_REFUSED(RuleGroup.LIQUIBASE),
  RUN_ON_CHANGE(RuleGroup.LIQUIBASE),
  PRECONDITION(RuleGroup.LIQUIBASE),
  VALID_CHECKSUM(RuleGroup.LIQUIBASE),
  ROLLBACK_MISSING(RuleGroup.LIQUIBASE),
  ROLLBACK_FORM(RuleGroup.LIQUIBASE),
  ROLLBACK_NOT_LAST(RuleGroup.LIQUIBASE),
  DESCRIPTION_MISSING(RuleGroup.LIQUIBASE),
  DESCRIPTION_TWICE(RuleGroup.LIQUIBASE),
  PARAMETER(RuleGroup.LIQUIBASE),
  SCHEMA_QUALIFIED(RuleGroup.LIQUIBASE),
  ID_TWICE(RuleGroup.LIQUIBASE),
  TEXT_BYTES(RuleGroup.LIQUIBASE),
  OUTSIDE_CHANGESET(RuleGroup.LIQUIBASE),
  SQL_BROKEN(RuleGroup.LIQUIBASE),
  NOT_INCLUDED(RuleGroup.LIQUIBASE),
  LIQUIBASE_DIFFERS(RuleGroup.LIQUIBASE),
  RELEASED_CHANGED(RuleGroup.LIQUIBASE),
  RELEASED_ORDER(RuleGroup.LIQUIBASE),

  FILE_NAME(RuleGroup.CONVENTION),
  ID_FORM(RuleGroup.CONVENTION),
  TABLE_PREFIX(RuleGroup.CONVENTION),
  TABLE_COPIED(RuleGroup.CONVENTION),
  REFERENCE_DATA(RuleGroup.CONVENTION),
  TIME_TYPE(RuleGroup.CONVENTION),
  CREATED_DEFAULT(RuleGroup.CONVENTION),
  COMMENT_MISSING(RuleGroup.CONVENTION),
  TENANT_ID_COLUMN(RuleGroup.CONVENTION),
  KEY_WITHOUT_TENANT(RuleGroup.CONVENTION),
  CONSTRAINT_NAME(RuleGroup.CONVENTION),
  ROW_SECURITY_MISSING(RuleGroup.CONVENTION),
  MARK_UNKNOWN(RuleGroup.CONVENTION),
  WAIVER_UNUSED(RuleGroup.CONVENTION);

  private final RuleGroup group;

  Rule(RuleGroup group) {
    this.group = group;
  }

  /** Of that name, as a waiver has it; empty when there is none. */
  static Optional<Rule> of(String id) {
    return Stream.of(values()).filter(rule -> rule.id().equals(id)).findFirst();
  }

  /** Its name in findings, waivers and the documentation: lower case with underscores. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public RuleGroup group() {
    return group;
  }

  /** What is found, without a full stop. */
  public String what() {
    return RuleTexts.of(this, "what");
  }

  /** The reason for the rule, in a sentence. */
  public String why() {
    return RuleTexts.of(this, "why");
  }

  /** The way out, in a sentence. */
  public String fix() {
    return RuleTexts.of(this, "fix");
  }

  /**
   * Whether a comment line with a reason may waive it. Not what decides which text is read at all,
   * and not what has been released.
   */
  public boolean waivable() {
    return switch (this) {
      case HEADER_MISSING,
          DIRECTIVE_FORM,
          FLAG_UNKNOWN,
          ROLLBACK_FORM,
          TEXT_BYTES,
          OUTSIDE_CHANGESET,
          SQL_BROKEN,
          ID_TWICE,
          NOT_INCLUDED,
          LIQUIBASE_DIFFERS,
          RELEASED_CHANGED,
          RELEASED_ORDER,
          FILE_NAME,
          TABLE_COPIED,
          MARK_UNKNOWN,
          WAIVER_UNUSED ->
          false;
      default -> true;
    };
  }
}
