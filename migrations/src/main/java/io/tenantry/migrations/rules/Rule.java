package io.tenantry.migrations.rules;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules. A rule's name is what a waiver says ({@code -- tenantry: allow <rule>: <reason>}), so
 * it stays as it is once it has been used. {@code docs/migrations/rules.md} is written from here.
 */
public enum Rule {
  DROPS_MAPPED(
      RuleGroup.RUNNING_SYSTEM,
      "Drops or renames a table or column that the running version still maps",
      "Instances of the version before go on until they are replaced; each of their statements"
          + " names the column, and fails.",
      "Take it out of the mapping first, release that, and drop it in a later release; instead of a"
          + " rename, add the new one and copy."),
  TABLE_REWRITE(
      RuleGroup.RUNNING_SYSTEM,
      "Has PostgreSQL write a table anew under an ACCESS EXCLUSIVE lock",
      "Nobody reads or writes the table until all its rows have been copied.",
      "Add a column beside it, fill that in batches, and let a later release use it."),
  NOT_NULL(
      RuleGroup.RUNNING_SYSTEM,
      "Demands a value that the running version does not write",
      "Inserts of the version before fail; on a column that is there, all rows are read under an"
          + " ACCESS EXCLUSIVE lock.",
      "Give a new column a default. For one that is there: add a CHECK (.. IS NOT NULL) NOT VALID,"
          + " VALIDATE it, then SET NOT NULL."),
  INDEX_BLOCKS(
      RuleGroup.RUNNING_SYSTEM,
      "Builds an index or a key of a large table under a lock that stops writes",
      "Writes wait for as long as the whole table takes to be read.",
      "CREATE INDEX CONCURRENTLY, alone in a changeset with runInTransaction:false; a key then"
          + " takes it by USING INDEX."),
  FOREIGN_KEY_UNCHECKED(
      RuleGroup.RUNNING_SYSTEM,
      "Has a foreign key checked by the owner, who sees no row",
      "Row security is forced for the owner too: the check passes whatever the rows are, and the"
          + " key counts as validated.",
      "In the tenant tree mark the changeset with `-- tenantry: enter`; in a shared table say NO"
          + " FORCE before and FORCE after it."),
  SHARED_ROWS(
      RuleGroup.RUNNING_SYSTEM,
      "Changes rows of a shared table as the owner, who sees none",
      "Under forced row security the statement changes 0 rows and says that it succeeded.",
      "ALTER TABLE .. NO FORCE ROW LEVEL SECURITY before it and FORCE after it, in the same"
          + " changeset."),
  BACKFILL_WITHOUT_TENANT(
      RuleGroup.RUNNING_SYSTEM,
      "Changes rows in a tenant's table without having entered the tenant",
      "Under forced row security the statement changes 0 rows and says that it succeeded.",
      "Mark the changeset with `-- tenantry: enter`, so that the runner enters each tenant before"
          + " it."),
  ROW_SECURITY_WEAKENED(
      RuleGroup.RUNNING_SYSTEM,
      "Leaves a table with less row security than it had",
      "From then on the table shows each tenant the rows of all.",
      "End the changeset with ENABLE and FORCE ROW LEVEL SECURITY and the one policy"
          + " tenant_isolation."),
  COPY_FROM(
      RuleGroup.RUNNING_SYSTEM,
      "Loads rows by COPY FROM",
      "PostgreSQL refuses it on a table under row security.",
      "Load into a table of its own and INSERT .. SELECT from there."),
  GRANT_ON_ALL(
      RuleGroup.RUNNING_SYSTEM,
      "Grants or revokes on all objects of a schema",
      "It hands out what nobody listed, change logs and partitions too, and reads the whole"
          + " catalog: making tenants becomes quadratic.",
      "Name each table, with the privileges of its class."),
  DEFAULT_PRIVILEGES(
      RuleGroup.RUNNING_SYSTEM,
      "Changes default privileges",
      "Tables that nobody has thought of yet are handed out when they are made.",
      "Grant on each table by name, in the changeset that protects it."),
  NOT_TRANSACTIONAL(
      RuleGroup.RUNNING_SYSTEM,
      "Runs outside of a transaction, or has to and does not say so",
      "What fails half-way outside of a transaction is neither done nor undone; PostgreSQL refuses"
          + " CONCURRENTLY inside one.",
      "runInTransaction:false exactly for one CREATE or DROP INDEX CONCURRENTLY; its rollback is"
          + " one, too."),
  SESSION_CHANGED(
      RuleGroup.RUNNING_SYSTEM,
      "Ends the runner's transaction, or changes its role or settings",
      "What comes after it runs as somebody else, in another schema, or is not undone with the"
          + " rest.",
      "Leave transaction, role and settings to the runner."),

  HEADER_MISSING(
      RuleGroup.LIQUIBASE,
      "A file does not begin with --liquibase formatted sql",
      "Liquibase takes the file for one changeset of plain SQL, and splits it at semicolons.",
      "Make `--liquibase formatted sql` the first line."),
  DIRECTIVE_FORM(
      RuleGroup.LIQUIBASE,
      "A line that is almost one for Liquibase",
      "Depending on the letter it is taken, passed over as a comment, or ends the run.",
      "Write --changeset, --comment: and --rollback at a line's beginning, in this form; let other"
          + " comments begin with `-- ` and another word."),
  FLAG_MISSING(
      RuleGroup.LIQUIBASE,
      "A changeset without one of the flags that keep its text whole",
      "The splitter knows no dollar quotes, and by default comments are cut out of function"
          + " bodies.",
      "Say splitStatements:false rollbackSplitStatements:false stripComments:false."),
  FLAG_UNKNOWN(
      RuleGroup.LIQUIBASE,
      "A flag that Liquibase does not know",
      "It is passed over in silence, misspelt ones too.",
      "Take it out, or spell it right."),
  FLAG_REFUSED(
      RuleGroup.LIQUIBASE,
      "A flag that makes a changeset run here and not there",
      "The version of a schema is its last changeset: all before it have to have run, once, for"
          + " every tenant alike.",
      "Take it out."),
  RUN_ON_CHANGE(
      RuleGroup.LIQUIBASE,
      "A changeset that runs again when its text has changed",
      "Tenants then differ by which text they ran last, under the same id.",
      "Write a new changeset; if it has to be, allow it with a reason."),
  PRECONDITION(
      RuleGroup.LIQUIBASE,
      "A precondition",
      "It is asked for each tenant by stock Liquibase alone; the compiled text does not have it.",
      "Take it out; a DO block can look and raise an error."),
  VALID_CHECKSUM(
      RuleGroup.LIQUIBASE,
      "Another checksum is declared valid",
      "A changeset's text may then differ from what tenants ran, and nothing says so.",
      "Take it out, put the text back, and write a new changeset."),
  ROLLBACK_MISSING(
      RuleGroup.LIQUIBASE,
      "A changeset without a rollback",
      "A run cannot be reverted past it, which shows when it has to be.",
      "Write --rollback lines that take all of it back; `--rollback empty` where there is nothing"
          + " to take back."),
  ROLLBACK_FORM(
      RuleGroup.LIQUIBASE,
      "A rollback in another form than --rollback lines",
      "Block rollbacks and references to other changesets are read by rules of their own, and"
          + " rendered otherwise.",
      "Write the statements themselves, a --rollback before each line."),
  ROLLBACK_NOT_LAST(
      RuleGroup.LIQUIBASE,
      "SQL behind the first --rollback line",
      "Liquibase counts it as the changeset's own, though it reads as part of the rollback.",
      "Put the rollback last."),
  DESCRIPTION_MISSING(
      RuleGroup.LIQUIBASE,
      "A changeset without a --comment: line right below its header",
      "The history shows changesets by it.",
      "Say in `--comment: ..` what the changeset is for."),
  DESCRIPTION_TWICE(
      RuleGroup.LIQUIBASE,
      "A changeset with two --comment: lines",
      "Liquibase keeps one of them.",
      "Make it one line; explain in comments that begin with `-- `."),
  PARAMETER(
      RuleGroup.LIQUIBASE,
      "A parameter in a tree's text",
      "What is put in its place changes the checksum, tenant by tenant.",
      "Leave names unqualified, and derive a role from current_schema() in a DO block."),
  SCHEMA_QUALIFIED(
      RuleGroup.LIQUIBASE,
      "A schema's name in the tenant tree",
      "The text is the same for every tenant: a name with a schema means that one schema, for all"
          + " of them.",
      "Leave names unqualified; tenantry_guard alone is named, and tenantry_control.refuse_change()"
          + " in triggers."),
  ID_TWICE(
      RuleGroup.LIQUIBASE,
      "Two changesets with one id",
      "All files of a tree have one logical path, so the second counts as run when the first has.",
      "Give it an id of its own."),
  TEXT_BYTES(
      RuleGroup.LIQUIBASE,
      "A tab, a carriage return, a byte order mark, or bytes that are no UTF-8",
      "They differ by editor and machine, and with them the text that is hashed and run.",
      "Save as UTF-8 with plain line ends, and indent by spaces."),
  OUTSIDE_CHANGESET(
      RuleGroup.LIQUIBASE,
      "Text before the first changeset",
      "Liquibase passes it over or refuses the file.",
      "Move it into a changeset."),
  SQL_BROKEN(
      RuleGroup.LIQUIBASE,
      "A literal, quoted name or comment that does not end",
      "What was meant as the next statement is part of a text.",
      "Close it."),
  NOT_INCLUDED(
      RuleGroup.LIQUIBASE,
      "A file that no root includes, that is included twice, or that is not there",
      "A file that is not included never runs, and nothing says so.",
      "Include it once, at the end of tenant.xml or of its block in platform.xml."),
  LIQUIBASE_DIFFERS(
      RuleGroup.LIQUIBASE,
      "Liquibase reads other changesets than are written",
      "What runs is what Liquibase reads.",
      "Write the file as its neighbours are written."),
  RELEASED_CHANGED(
      RuleGroup.LIQUIBASE,
      "A released changeset is gone, or has another checksum",
      "Tenants have run the old text; stock Liquibase refuses to go on, and no tenant gets the new"
          + " text.",
      "Put it back as it was and write a new changeset."),
  RELEASED_ORDER(
      RuleGroup.LIQUIBASE,
      "A changeset before a released one",
      "The version of a schema is its last changeset; one that slips in before it counts as run"
          + " where it has not.",
      "Include new files at the end of tenant.xml."),

  FILE_NAME(
      RuleGroup.CONVENTION,
      "A file whose name is not a number of four digits and what it is about",
      "The number is part of its changesets' ids.",
      "Name it like 0007_desk_limits.sql."),
  ID_FORM(
      RuleGroup.CONVENTION,
      "A changeset whose id does not lead to its file",
      "Reports and registry name changesets by their ids alone.",
      "Write tenantry:<folders>-<number of the file>-<what>, in lower case with hyphens."),
  TABLE_PREFIX(
      RuleGroup.CONVENTION,
      "A table without its domain's prefix",
      "Tables of a domain stand together, and who answers for one is seen by its name.",
      "Begin with research_, agents_, knowledge_, desk_, risk_, model_, audit_ or api_; with ref_"
          + " for reference data."),
  TABLE_COPIED(
      RuleGroup.CONVENTION,
      "A table that takes its columns from elsewhere: by LIKE, AS, OF or INHERITS",
      "Its columns and keys do not stand in the changeset, so that no rule sees whether they have"
          + " comments, begin with tenant_id and are under row security.",
      "Write the columns and constraints out; fill the table by INSERT .. SELECT."),
  REFERENCE_DATA(
      RuleGroup.CONVENTION,
      "Reference data that is not in tenantry_api.ref_*, or tenants' data that is",
      "A table without tenant_id is the same for everybody; its name has to say so, since nothing"
          + " else keeps tenants' rows out of it.",
      "Name a table without tenant_id tenantry_api.ref_..; give all others tenant_id."),
  TIME_TYPE(
      RuleGroup.CONVENTION,
      "A time without a zone",
      "What it means depends on the session that reads it.",
      "timestamptz; date for a day."),
  CREATED_DEFAULT(
      RuleGroup.CONVENTION,
      "A time of creation that the database does not set",
      "Rows written by other programs would have none.",
      "created_at, recorded_at, placed_at, occurred_at and updated_at are not null default now()."),
  COMMENT_MISSING(
      RuleGroup.CONVENTION,
      "A schema, table, column or function without a comment in the changeset that makes it",
      "The description of the database is written from comments.",
      "COMMENT ON it."),
  TENANT_ID_COLUMN(
      RuleGroup.CONVENTION,
      "A table with tenants' data without tenant_id uuid not null",
      "The policy compares it.",
      "Make it the first column: tenant_id uuid not null, without a default."),
  KEY_WITHOUT_TENANT(
      RuleGroup.CONVENTION,
      "A key that does not begin with tenant_id",
      "By a unique or foreign key across tenants one tenant sees whether another has a value.",
      "Begin primary, unique and foreign keys with tenant_id."),
  CONSTRAINT_NAME(
      RuleGroup.CONVENTION,
      "A constraint or index without a name of the usual form",
      "Rollbacks and error answers name constraints; one that PostgreSQL names may be called"
          + " otherwise elsewhere.",
      "Begin with the table's name and end with _pkey, _key, _fkey, _check, _excl, or _idx for an"
          + " index that is not unique."),
  ROW_SECURITY_MISSING(
      RuleGroup.CONVENTION,
      "A table with tenants' data that no changeset puts under row security",
      "It would show each tenant the rows of all.",
      "ENABLE and FORCE ROW LEVEL SECURITY, and create the policy tenant_isolation as its"
          + " neighbours have it."),
  MARK_UNKNOWN(
      RuleGroup.CONVENTION,
      "A `-- tenantry:` line that means nothing",
      "It was meant to, and does not.",
      "`-- tenantry: enter`, `-- tenantry: incompatible`, or `-- tenantry: allow <rule>: <reason>`"
          + " with a rule that may be waived."),
  WAIVER_UNUSED(
      RuleGroup.CONVENTION,
      "A waiver that waives nothing",
      "It would hide the next finding.",
      "Take it out.");

  private final RuleGroup group;
  private final String what;
  private final String why;
  private final String fix;

  Rule(RuleGroup group, String what, String why, String fix) {
    this.group = group;
    this.what = what;
    this.why = why;
    this.fix = fix;
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
    return what;
  }

  /** The reason for the rule, in a sentence. */
  public String why() {
    return why;
  }

  /** The way out, in a sentence. */
  public String fix() {
    return fix;
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
