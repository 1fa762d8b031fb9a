package io.tenantry.migrations.plan;

import io.tenantry.migrations.liquibase.LiquibaseCall;
import io.tenantry.migrations.rules.CompiledMarks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.ChecksumVersion;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.RuntimeEnvironment;
import liquibase.Scope;
import liquibase.change.Change;
import liquibase.changelog.ChangeLogHistoryServiceFactory;
import liquibase.changelog.ChangeLogIterator;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.filter.ChangeSetFilterResult;
import liquibase.changelog.filter.ContextChangeSetFilter;
import liquibase.changelog.filter.DbmsChangeSetFilter;
import liquibase.changelog.filter.IgnoreChangeSetFilter;
import liquibase.changelog.filter.LabelChangeSetFilter;
import liquibase.changelog.visitor.ChangeSetVisitor;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.OfflineConnection;
import liquibase.exception.LiquibaseException;
import liquibase.exception.ValidationFailedException;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.ResourceAccessor;
import liquibase.sql.Sql;
import liquibase.sqlgenerator.SqlGeneratorFactory;
import liquibase.sqlgenerator.core.MarkChangeSetRanGenerator;
import liquibase.statement.SqlStatement;
import liquibase.statement.core.CreateDatabaseChangeLogLockTableStatement;
import liquibase.statement.core.CreateDatabaseChangeLogTableStatement;
import liquibase.statement.core.InitializeDatabaseChangeLogLockTableStatement;
import liquibase.util.StringUtil;
import org.jspecify.annotations.Nullable;

/**
 * Has Liquibase render a changelog to SQL without a database: what runs is what Liquibase
 * understands, with its checksums, once for all tenants. Thread-safe; takes a tenth of a second.
 *
 * <p>What would differ from tenant to tenant, or be lost on the way, is refused by name: contexts,
 * labels, dbms, preconditions, runAlways, runOnChange, ignore, runWith, failOnError:false, accepted
 * other checksums, in runInTransaction:false anything but one index made or dropped concurrently,
 * and rows that are touched without {@code -- tenantry: enter}.
 */
public final class PlanCompiler {

  private static final String TENANT_TREE = "db/tenant.xml";

  /** What the history's columns hold of a text. */
  private static final int HISTORY_TEXT = 250;

  private final String changelog;
  private final ResourceAccessor files;

  /** Of the tenant tree of this build. */
  public PlanCompiler() {
    this(TENANT_TREE, new ClassLoaderResourceAccessor());
  }

  /** Of another tree, for tests and tools. */
  public PlanCompiler(String changelog, ResourceAccessor files) {
    this.changelog = changelog;
    this.files = files;
  }

  /** The tenant tree of this build, compiled the first time that anybody asks. */
  public static CompiledTree tenantTree() {
    return OfThisBuild.TREE;
  }

  /**
   * Compiles it anew at each call.
   *
   * @throws PlanException when it cannot be, with what is wrong where
   */
  public CompiledTree compile() {
    try {
      return LiquibaseCall.call(this::render);
    } catch (PlanException e) {
      throw e;
    } catch (ValidationFailedException e) {
      throw new PlanException(changelog + " is not valid: " + e.getMessage(), e);
    } catch (Exception e) {
      throw new PlanException("While compiling " + changelog + ": " + e.getMessage(), e);
    }
  }

  private CompiledTree render() throws LiquibaseException, IOException {
    Path folder = Files.createTempDirectory("tenantry-plan");
    try (OfflineConnection connection =
        new OfflineConnection(
            "offline:postgresql?outputLiquibaseSql=none&version=16&changeLogFile="
                + folder.resolve("history.csv"),
            files)) {
      Database database =
          DatabaseFactory.getInstance().findCorrectDatabaseImplementation(connection);
      connection.attached(database);
      // Otherwise the first statement asks a service that was never told it is offline.
      Scope.getCurrentScope()
          .getSingleton(ChangeLogHistoryServiceFactory.class)
          .getChangeLogService(database)
          .init();
      return rendered(database);
    } finally {
      delete(folder);
    }
  }

  private CompiledTree rendered(Database database) throws LiquibaseException {
    DatabaseChangeLog log =
        ChangeLogParserFactory.getInstance()
            .getParser(changelog, files)
            .parse(changelog, new ChangeLogParameters(database), files);
    // The parser takes the same id twice.
    log.validate(database, new Contexts(), new LabelExpression());
    log.getChangeSets().forEach(ChangeSetRules::demandPlain);
    ChangeSetRules.demandUniqueIds(log.getChangeSets());
    List<ChangeSet> changes = new ArrayList<>();
    new ChangeLogIterator(
            log,
            new DbmsChangeSetFilter(database),
            new IgnoreChangeSetFilter(),
            new ContextChangeSetFilter(new Contexts()),
            new LabelChangeSetFilter(new LabelExpression()))
        .run(
            new Collector(changes, new CompiledMarks()),
            new RuntimeEnvironment(database, new Contexts(), new LabelExpression()));
    if (changes.isEmpty()) {
      throw new PlanException(changelog + " has no changeset.");
    }
    return new CompiledTree(
        new Plan(changes),
        historyTables(database),
        MarkChangeSetRanGenerator.getLiquibaseBuildVersion());
  }

  private static String historyTables(Database database) {
    return Stream.of(
            new CreateDatabaseChangeLogLockTableStatement(),
            new InitializeDatabaseChangeLogLockTableStatement(),
            new CreateDatabaseChangeLogTableStatement())
        .map(statement -> text(new SqlStatement[] {statement}, database))
        .collect(Collectors.joining());
  }

  private static String text(SqlStatement[] statements, Database database) {
    StringBuilder text = new StringBuilder();
    for (Sql sql : SqlGeneratorFactory.getInstance().generateSql(statements, database)) {
      text.append(sql.toSql().strip());
      // A comment at its end must not swallow what comes next.
      text.append("\n;\n");
    }
    return text.toString();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      for (Path file : content.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static final class OfThisBuild {
    static final CompiledTree TREE = new PlanCompiler().compile();
  }

  private record Collector(List<ChangeSet> changes, CompiledMarks marks)
      implements ChangeSetVisitor {

    @Override
    public Direction getDirection() {
      return Direction.FORWARD;
    }

    @Override
    public void visit(
        liquibase.changelog.ChangeSet change,
        DatabaseChangeLog log,
        Database database,
        Set<ChangeSetFilterResult> results)
        throws LiquibaseException {
      StringBuilder sql = new StringBuilder();
      for (Change part : change.getChanges()) {
        sql.append(text(part.generateStatements(database), database));
      }
      String rollback = rollback(change, database);
      CompiledMarks.Said said =
          marks.next(change.getId(), sql.toString(), rollback == null ? "" : rollback);
      if (said.wrong() != null) {
        throw new PlanException("Changeset " + change.getId() + ": " + said.wrong());
      }
      String comments = change.getComments();
      ChangeSet compiled =
          new ChangeSet(
              change.getId(),
              change.getAuthor(),
              change.getFilePath(),
              change.generateCheckSum(ChecksumVersion.latest()).toString(),
              StringUtil.limitSize(change.getDescription(), HISTORY_TEXT),
              comments == null ? "" : StringUtil.limitSize(comments, HISTORY_TEXT),
              sql.toString(),
              rollback,
              change.isRunInTransaction(),
              change.isRunOnChange(),
              said.compatible(),
              said.enters());
      if (!compiled.inTransaction()) {
        ConcurrentIndex.of(compiled);
        if (ConcurrentIndex.in(compiled.rollback())) {
          ConcurrentIndex.ofRollback(compiled);
        }
      }
      changes.add(compiled);
    }

    private static @Nullable String rollback(
        liquibase.changelog.ChangeSet change, Database database) throws LiquibaseException {
      if (!change.supportsRollback(database)) {
        return null;
      }
      StringBuilder sql = new StringBuilder();
      for (Change part : change.getRollback().getChanges()) {
        sql.append(text(part.generateStatements(database), database));
      }
      return sql.toString();
    }
  }
}
