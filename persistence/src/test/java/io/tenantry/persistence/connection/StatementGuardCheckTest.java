package io.tenantry.persistence.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.credentials.directory.SecretDirectory;
import io.tenantry.persistence.Serving;
import io.tenantry.tenancy.finding.Finding;
import io.tenantry.tenancy.finding.FindingCode;
import io.tenantry.testkit.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.support.GenericApplicationContext;

/** The start-up's question whether the guard is where statements pass; without a server. */
class StatementGuardCheckTest {

  @TempDir private Path secrets;

  @Test
  void aGuardedDoorIsInOrderAlsoWithoutAServer() throws IOException {
    assertThat(findings(context -> {})).isEmpty();
  }

  @Test
  void aGuardThatLetsEverythingThroughIsFoundAtBothDoors() throws IOException {
    assertThat(
            findings(
                context ->
                    context.registerBean("statementGuard", StatementGuard.class, () -> sql -> {})))
        .allSatisfy(
            finding -> assertThat(finding.code()).isEqualTo(FindingCode.STATEMENT_GUARD_MISSING))
        .extracting(Finding::object)
        .containsExactlyInAnyOrder("data source", "Hibernate");
  }

  @Test
  void aGuardThatOnlyCountsStatementsIsFound() throws IOException {
    StatementGuard counting =
        sql -> {
          if (sql.contains(";")) {
            throw new StatementRefusedException(StatementRefusedException.Reason.SEVERAL);
          }
        };
    assertThat(
            findings(
                context ->
                    context.registerBean("statementGuard", StatementGuard.class, () -> counting)))
        .hasSize(2);
  }

  @Test
  void aGuardThatIsNotAskedForOneOfTheWaysOfAStatementIsFound() throws IOException {
    AtomicReference<String> unwatched = new AtomicReference<>("");
    StatementGuard asleep =
        sql -> {
          if (!isCalledBy(unwatched.get())) {
            throw new StatementRefusedException(StatementRefusedException.Reason.SEVERAL);
          }
        };
    try (Serving serving =
        start(
            context ->
                context.registerBean("statementGuard", StatementGuard.class, () -> asleep))) {
      StatementGuardCheck check = serving.bean(StatementGuardCheck.class);
      assertThat(check.findings()).isEmpty();
      for (String way : List.of("execute", "executeQuery", "executeUpdate", "addBatch")) {
        unwatched.set(way);
        assertThat(check.findings()).as(way).hasSize(2);
      }
    }
  }

  /** Whether the statement's own method is on the stack: a proxy's, which has its name. */
  private static boolean isCalledBy(String way) {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames.anyMatch(
                    frame ->
                        frame.getClassName().contains("$Proxy")
                            && frame.getMethodName().equals(way)));
  }

  private List<Finding> findings(Consumer<GenericApplicationContext> beans) throws IOException {
    try (Serving serving = start(beans)) {
      return serving.bean(StatementGuardCheck.class).findings();
    }
  }

  private Serving start(Consumer<GenericApplicationContext> beans) throws IOException {
    SecretDirectory.createMissing(secrets);
    return Serving.start(
        new DatabaseAddress("127.0.0.1", FreePorts.next(), "nowhere", "disable"),
        new DirectoryCredentialSource(secrets),
        Map.of("tenantry.pool.connection-timeout", "250ms"),
        beans);
  }
}
