package io.tenantry.migrations.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import liquibase.resource.DirectoryResourceAccessor;

/**
 * A small tenant tree in a folder: three changesets that every tree begins with, and those of the
 * test. Its tables are empty and few, so that many tenants are made fast.
 */
public final class FixtureTree {

  /** What the header of each changeset ends with. */
  public static final String FLAGS =
      " splitStatements:false rollbackSplitStatements:false stripComments:false";

  /** How many changesets there are before the test's own. */
  public static final int BASE = 3;

  private static final String BASE_SQL =
      changeSet(
              "base-1-key",
              "alter table databasechangelog add constraint databasechangelog_pkey"
                  + " primary key (id, author, filename);",
              "alter table databasechangelog drop constraint databasechangelog_pkey;")
          + changeSet(
              "base-2-notes",
              """
              create table desk_notes (tenant_id uuid not null, id uuid not null,
                body text not null, constraint desk_notes_pkey primary key (tenant_id, id));
              do $access$
              begin
                execute format('grant usage on schema %I to %I', current_schema(), 'app_' || current_schema());
                execute format('grant select, insert on desk_notes to %I', 'app_' || current_schema());
              end
              $access$;
              """,
              "drop table desk_notes;")
          + changeSet(
              "base-3-comment",
              "comment on table desk_notes is 'It''s a \"table\"';",
              "comment on table desk_notes is null;");

  /** A table under row security; of the owner, too. */
  public static final String ROWS =
      changeSet(
          "rows-1-table",
          """
          create table desk_rows (tenant_id uuid not null, id int not null, note text,
            constraint desk_rows_pkey primary key (tenant_id, id));
          alter table desk_rows enable row level security;
          alter table desk_rows force row level security;
          create policy tenant_isolation on desk_rows
            using (tenant_id = (select tenantry_guard.current_tenant()))
            with check (tenant_id = (select tenantry_guard.current_tenant()));
          """,
          "drop table desk_rows;");

  private final Path folder;

  public FixtureTree(Path folder) {
    this.folder = folder;
  }

  /** A changeset in formatted SQL; {@code flags} come after the usual ones. */
  public static String changeSet(String id, String sql, String rollback, String... flags) {
    StringBuilder text = new StringBuilder("\n--changeset tenantry:" + id + FLAGS);
    for (String flag : flags) {
      text.append(' ').append(flag);
    }
    text.append("\n--comment: ").append(id).append(" it's\n").append(sql).append('\n');
    rollback.lines().forEach(line -> text.append("--rollback ").append(line).append('\n'));
    return text.toString();
  }

  /** The base and these. */
  public CompiledTree with(String... changeSets) {
    return compiler(changeSets).compile();
  }

  public PlanCompiler compiler(String... changeSets) {
    try {
      Files.writeString(
          folder.resolve("changes.sql"),
          "--liquibase formatted sql\n" + BASE_SQL + String.join("", changeSets));
      Files.writeString(
          folder.resolve("tenant.xml"),
          """
          <?xml version="1.0" encoding="UTF-8"?>
          <databaseChangeLog
              xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
              xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
              xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd"
              logicalFilePath="tenant">
            <include file="changes.sql" relativeToChangelogFile="true" logicalFilePath="tenant"/>
          </databaseChangeLog>
          """);
      return new PlanCompiler("tenant.xml", new DirectoryResourceAccessor(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
