package io.tenantry.bench.fanout;

import io.tenantry.migrations.plan.CompiledTree;
import io.tenantry.migrations.plan.PlanCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.CompositeResourceAccessor;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.resource.ResourceAccessor;

/** The product's tree, and one change of each kind at its end. */
final class BenchTree {

  static final String ROOT = "bench.xml";

  static final String PROVEN = "column, proven";

  /** Names of the changes, in their order. */
  static final List<String> CHANGES = List.of("+1 column", "+1 index", "+1 table", PROVEN);

  static final List<String> SQL =
      List.of(
          "alter table desk_orders add column bench_note text;",
          "create index bench_idx on desk_orders (tenant_id, strategy);",
          """
          create table bench_table (tenant_id uuid not null, id uuid not null, note text,
            constraint bench_table_pkey primary key (tenant_id, id));
          comment on table bench_table is 'A table';
          alter table bench_table enable row level security;
          alter table bench_table force row level security;
          create policy tenant_isolation on bench_table
            using (tenant_id = (select tenantry_guard.current_tenant()))
            with check (tenant_id = (select tenantry_guard.current_tenant()));
          """,
          "alter table desk_orders add column bench_other text;");

  private static final List<String> ROLLBACK =
      List.of(
          "alter table desk_orders drop column bench_note;",
          "drop index bench_idx;",
          "drop table bench_table;",
          "alter table desk_orders drop column bench_other;");

  private final Path folder;

  BenchTree() throws IOException {
    this.folder = Files.createTempDirectory("tenantry-bench-tree");
  }

  /** With the first so many changes; files of it stay as they are until the next call. */
  CompiledTree with(int changes) throws IOException {
    StringBuilder sql = new StringBuilder("--liquibase formatted sql\n");
    for (int i = 0; i < changes; i++) {
      sql.append("\n--changeset tenantry:bench-")
          .append(i)
          .append(" splitStatements:false rollbackSplitStatements:false stripComments:false\n")
          .append("--comment: ")
          .append(CHANGES.get(i))
          .append('\n')
          .append(SQL.get(i))
          .append("\n--rollback ")
          .append(ROLLBACK.get(i))
          .append('\n');
    }
    Files.writeString(folder.resolve("bench.sql"), sql);
    Files.writeString(
        folder.resolve(ROOT),
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <databaseChangeLog
            xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
            xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd"
            logicalFilePath="tenant">
          <include file="db/tenant.xml"/>
        """
            + (changes == 0
                ? ""
                : "  <include file=\"bench.sql\" relativeToChangelogFile=\"true\""
                    + " logicalFilePath=\"tenant\"/>\n")
            + "</databaseChangeLog>\n");
    return new PlanCompiler(ROOT, files()).compile();
  }

  @SuppressWarnings("resource") // Holds nothing open.
  ResourceAccessor files() throws IOException {
    return new CompositeResourceAccessor(
        new DirectoryResourceAccessor(folder), new ClassLoaderResourceAccessor());
  }
}
