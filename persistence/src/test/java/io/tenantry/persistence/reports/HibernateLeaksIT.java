package io.tenantry.persistence.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.persistence.Serving;
import io.tenantry.persistence.TestPlatform;
import io.tenantry.persistence.failure.DatabaseFailures;
import io.tenantry.persistence.orders.NewOrder;
import io.tenantry.persistence.orders.Order;
import io.tenantry.persistence.orders.OrderService;
import io.tenantry.persistence.orders.OrderSide;
import io.tenantry.persistence.orders.OrderType;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.names.TenantNames;
import io.tenantry.testkit.ProtocolProxy;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityNotFoundException;
import jakarta.persistence.LockModeType;
import jakarta.persistence.OptimisticLockException;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hibernate.PropertyValueException;
import org.hibernate.SessionFactory;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Where Hibernate leaves the tenant out of its conditions, the database does not. Each test knows
 * the id of globex's row in the shared table and reaches for it as acme; afterwards globex's rows
 * are as they were.
 */
class HibernateLeaksIT {

  private static final String POLICY =
      "new row violates row-level security policy for table \"research_reports\"";
  private static final String SCHEMA = "permission denied for schema tenant_";

  private static TestPlatform platform;
  private static TenantId acme;
  private static TenantId globex;
  private static ProtocolProxy proxy;
  private static Serving serving;
  private static EntityManager entities;
  private static Report theirs;
  private static Order theirOrder;
  private Report ours;

  @BeforeAll
  static void start() {
    platform = TestPlatform.install("hibernate_leaks");
    acme = platform.tenant("acme");
    globex = platform.tenant("globex");
    DatabaseAddress real = platform.address();
    proxy = ProtocolProxy.open(real.host(), real.port());
    serving =
        Serving.start(
            new DatabaseAddress(proxy.host(), proxy.port(), real.database(), "disable"),
            platform.credentials(),
            Map.of("tenantry.pool.lock-timeout", "1s"));
    entities = serving.bean(EntityManager.class);
    theirs = TenantContext.call(globex, HibernateLeaksIT::file);
    theirOrder = TenantContext.call(globex, HibernateLeaksIT::place);
  }

  @AfterAll
  static void stop() {
    serving.close();
    proxy.close();
  }

  @BeforeEach
  void fileOurs() {
    ours = TenantContext.call(acme, HibernateLeaksIT::file);
  }

  @AfterEach
  void theirRowsAreAsTheyWere() {
    TenantContext.run(
        globex,
        () -> {
          assertThat(serving.bean(ReportService.class).list(200, null).items())
              .containsExactly(theirs);
          assertThat(serving.bean(OrderService.class).get(theirOrder.id())).isEqualTo(theirOrder);
        });
  }

  // Entities by flush. A managed entity of ours with the id of theirs is what makes Hibernate write
  // to that id, see alias.

  @Test
  void mergingAnEntityThatClaimsTheirIdWritesNothing() {
    conflict(
        () -> {
          ReportEntity claiming = entities.find(ReportEntity.class, ours.id());
          entities.detach(claiming);
          set(claiming, "id", theirs.id());
          claiming.change(titled("taken over"), Instant.EPOCH);
          entities.merge(claiming);
          entities.flush();
        });
    assertThat(TenantContext.call(acme, () -> service().list(200, null).items()))
        .noneMatch(report -> report.id().equals(theirs.id()));
  }

  @Test
  void anUpdateByFlushMeetsNoRow() {
    conflict(
        () -> {
          ReportEntity alias = alias();
          alias.change(titled("taken over"), Instant.EPOCH);
          entities.flush();
        });
  }

  @Test
  void aDeleteByFlushMeetsNoRow() {
    conflict(
        () -> {
          entities.remove(alias());
          entities.flush();
        });
  }

  @Test
  void aStatelessUpdateOrDeleteMeetsNoRow() {
    ReportEntity stolen =
        serving.read(globex, () -> entities.find(ReportEntity.class, theirs.id()));
    set(stolen, "tenantId", acme.value());
    stolen.change(titled("taken over"), Instant.EPOCH);
    SessionFactory factory = serving.bean(EntityManagerFactory.class).unwrap(SessionFactory.class);
    TenantContext.run(
        acme,
        () -> {
          assertThatThrownBy(
                  () -> factory.inStatelessTransaction(session -> session.update(stolen)))
              .hasStackTraceContaining("StaleObjectStateException");
          assertThatThrownBy(
                  () -> factory.inStatelessTransaction(session -> session.delete(stolen)))
              .hasStackTraceContaining("StaleObjectStateException");
        });
  }

  /** The counter-check: what keeps these away is row-level security, and nothing before it. */
  @Test
  void withoutRowSecurityTheSameStatementsWouldReachTheirRow() throws Exception {
    String table = "alter table tenantry_api.research_reports ";
    try (AutoCloseable _ =
        platform.asSuperuser(
            List.of(table + "disable row level security"),
            List.of(table + "enable row level security"))) {
      reached(alias -> alias.change(titled("taken over"), Instant.EPOCH));
      reached(entities::remove);
      reached(alias -> entities.lock(alias, LockModeType.PESSIMISTIC_WRITE));
    }
  }

  private void reached(Consumer<ReportEntity> work) {
    assertThatThrownBy(
            () ->
                inAcme(
                    () -> {
                      work.accept(alias());
                      entities.flush();
                      throw new IllegalStateException("Reached, and rolled back.");
                    }))
        .hasMessage("Reached, and rolled back.");
  }

  @Test
  void mergingTheirDetachedEntityDoesNotTakeItOver() {
    ReportEntity stolen =
        serving.read(globex, () -> entities.find(ReportEntity.class, theirs.id()));
    stolen.change(titled("taken over"), Instant.now());
    conflict(
        () -> {
          entities.merge(stolen);
          entities.flush();
        });
    assertThat(inAcme(() -> count("from ReportEntity r where r.title = 'taken over'"))).isZero();
  }

  @Test
  void aWrongPresetTenantIsRefusedBeforeAnySql() {
    ReportEntity entity = new ReportEntity("planted", "body", Instant.EPOCH);
    set(entity, "tenantId", globex.value());
    proxy.reset();
    assertThatThrownBy(
            () ->
                inAcme(
                    () -> {
                      entities.persist(entity);
                      entities.flush();
                      return "flushed";
                    }))
        .isExactlyInstanceOf(PropertyValueException.class)
        .hasMessageContaining("tenant id differs");
    assertThat(proxy.traffic().statements()).noneMatch(sql -> sql.contains("research_reports"));
  }

  // Reading by id, and locks.

  @Test
  void findingByIdFindsNothing() {
    assertThat(inAcme(() -> entities.find(ReportEntity.class, theirs.id()) == null)).isTrue();
    code(ErrorCode.NOT_FOUND, () -> inAcme(() -> service().get(theirs.id())));
    code(ErrorCode.NOT_FOUND, () -> inAcme(() -> orders().get(theirOrder.id())));
    code(ErrorCode.NOT_FOUND, () -> inAcme(() -> orders().cancel(theirOrder.id())));
    code(ErrorCode.NOT_FOUND, () -> inAcme(() -> service().change(theirs.id(), 0, titled("x"))));
  }

  @ParameterizedTest
  @CsvSource({
    "PESSIMISTIC_READ, jakarta.persistence.OptimisticLockException",
    "PESSIMISTIC_WRITE, jakarta.persistence.OptimisticLockException",
    "PESSIMISTIC_FORCE_INCREMENT, jakarta.persistence.OptimisticLockException",
    // These ask at the commit, and so Spring has translated what they found.
    "OPTIMISTIC, org.springframework.orm.ObjectOptimisticLockingFailureException",
    "OPTIMISTIC_FORCE_INCREMENT, org.springframework.orm.ObjectOptimisticLockingFailureException"
  })
  void aLockMeetsNoRow(LockModeType mode, Class<? extends Throwable> refusal) {
    assertThat(inAcme(() -> entities.find(ReportEntity.class, theirs.id(), mode) == null)).isTrue();
    proxy.reset();
    assertThatThrownBy(() -> inAcme(() -> lock(alias(), mode))).isExactlyInstanceOf(refusal);
    assertThat(proxy.traffic().statements())
        .as("the database was asked")
        .anyMatch(sql -> sql.matches("(?s)(select|update) .*research_reports.*[ .]id=.*"));
  }

  @Test
  void aRowLockedByOneTenantDoesNotMakeAnotherWait() {
    boolean found =
        serving.write(
            globex,
            () -> {
              assertThat(
                      entities.find(
                          ReportEntity.class, theirs.id(), LockModeType.PESSIMISTIC_WRITE))
                  .isNotNull();
              return CompletableFuture.supplyAsync(
                      () ->
                          inAcme(
                              () ->
                                  entities.find(
                                          ReportEntity.class,
                                          theirs.id(),
                                          LockModeType.PESSIMISTIC_WRITE)
                                      != null))
                  .join();
            });
    assertThat(found).isFalse();
  }

  @Test
  void aRefreshMeetsNoRow() {
    assertThatThrownBy(
            () ->
                inAcme(
                    () -> {
                      ReportEntity alias = alias();
                      entities.refresh(alias);
                      return alias.view();
                    }))
        .isInstanceOf(EntityNotFoundException.class);
  }

  // Bulk statements.

  @Test
  void bulkUpdatesAndDeletesMeetNoRow() {
    UUID id = theirs.id();
    assertThat(bulk("update ReportEntity r set r.title = 'taken' where r.id = :id", id)).isZero();
    assertThat(bulk("update versioned ReportEntity r set r.title = 'taken' where r.id = :id", id))
        .isZero();
    assertThat(bulk("delete from ReportEntity r where r.id = :id", id)).isZero();
    assertThat(bulk("delete from OrderEntity o where o.id = :id", theirOrder.id())).isZero();
    assertThat(inAcme(() -> entities.createQuery("delete from ReportEntity").executeUpdate()))
        .isPositive();
    assertThat(inAcme(() -> count("from ReportEntity"))).isZero();
  }

  @Test
  void queriesThatNameTheirTenantFindNothing() {
    assertThat(
            inAcme(
                () ->
                    entities
                        .createQuery(
                            "select count(*) from ReportEntity r where r.tenantId = :t", Long.class)
                        .setParameter("t", globex.value())
                        .getSingleResult()))
        .isEqualTo(0L);
    assertThat(inAcme(() -> count("from ReportEntity r where r.title = 'Of globex'"))).isZero();
  }

  @Test
  void insertSelectWritesNothingForThem() {
    String insert =
        "insert into ReportEntity (id, tenantId, title, body, status, createdAt, updatedAt,"
            + " version) select :id, :tenant, r.title, r.body, r.status, r.createdAt, r.updatedAt,"
            + " 0 from ReportEntity r where r.id = :source";
    UUID id = UUID.randomUUID();
    refused(
        POLICY,
        () ->
            inAcme(
                () ->
                    entities
                        .createQuery(insert)
                        .setParameter("id", id)
                        .setParameter("tenant", globex.value())
                        .setParameter("source", ours.id())
                        .executeUpdate()));
    assertThat(
            inAcme(
                () ->
                    entities
                        .createNativeQuery(
                            "insert into tenantry_api.research_reports (tenant_id, id, title, body)"
                                + " select :tenant, :id, title, body"
                                + " from tenantry_api.research_reports where id = :source")
                        .setParameter("tenant", acme.value())
                        .setParameter("id", id)
                        .setParameter("source", theirs.id())
                        .executeUpdate()))
        .isZero();
  }

  // Native SQL.

  @Test
  void nativeSqlOnTheSharedTableMeetsNoRow() {
    String table = "tenantry_api.research_reports";
    assertThat(nativeRows("select title from " + table + " where id = :id")).isZero();
    assertThat(nativeRows("select title from " + table + " where id = :id for update")).isZero();
    assertThat(nativeChange("update " + table + " set title = 'taken' where id = :id")).isZero();
    assertThat(nativeChange("delete from " + table + " where id = :id")).isZero();
    refused(
        POLICY,
        () ->
            nativeChange(
                "insert into "
                    + table
                    + " (tenant_id, id, title, body) values ('"
                    + globex
                    + "', :id, 'planted', 'body')"));
    refused(
        POLICY,
        () ->
            nativeChange("update " + table + " set tenant_id = '" + globex + "' where id <> :id"));
  }

  @Test
  void nativeSqlOnTheirSchemaIsRefusedAndThePlaceholderMeansOnesOwn() {
    UUID id = theirOrder.id();
    String own = "tenant__schema.desk_orders";
    assertThat(nativeRows("select symbol from " + own + " where id = :id", id)).isZero();
    assertThat(nativeChange("delete from " + own + " where id = :id", id)).isZero();
    String their = TenantNames.schema(globex) + ".desk_orders";
    refused(SCHEMA, () -> nativeRows("select symbol from " + their + " where id = :id", id));
    refused(SCHEMA, () -> nativeChange("delete from " + their + " where id = :id", id));
  }

  // The worst trap, and threads.

  @Test
  void insideOneTenantsTransactionAnotherTenantIsNotEntered() {
    code(
        ErrorCode.TENANT_CONTEXT_BOUND,
        () -> inAcme(() -> TenantContext.call(globex, HibernateLeaksIT::file)));
    TransactionTemplate outside =
        new TransactionTemplate(serving.bean(PlatformTransactionManager.class));
    code(
        ErrorCode.TENANT_CONTEXT_BOUND,
        () -> outside.execute(status -> TenantContext.call(acme, HibernateLeaksIT::file)));
    code(
        ErrorCode.TENANT_CONTEXT_BOUND,
        () ->
            outside.execute(
                status -> TenantContext.call(acme, () -> serving.sql().queryForList("select 1"))));
    assertThat(TenantContext.call(acme, () -> service().list(200, null).items()))
        .filteredOn(report -> report.createdAt().isAfter(ours.createdAt()))
        .isEmpty();
  }

  @Test
  void otherThreadsHaveNoTenant() {
    TenantContext.run(
        acme,
        () -> {
          try (ExecutorService executor = Executors.newFixedThreadPool(1)) {
            missing(executor.submit(() -> service().get(ours.id()))::get);
          }
          try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            missing(executor.submit(() -> service().get(ours.id()))::get);
          }
          missing(CompletableFuture.supplyAsync(() -> service().get(ours.id()))::join);
          missing(CompletableFuture.supplyAsync(() -> orders().get(ours.id()))::join);
          // In a pool of its own, or this thread would take a part in it.
          try (ForkJoinPool workers = new ForkJoinPool(2)) {
            missing(
                workers.submit(
                        () ->
                            IntStream.range(0, 8)
                                .parallel()
                                .forEach(i -> assertThat(service().get(ours.id())).isNull()))
                    ::get);
          }
        });
  }

  @Test
  void nothingIsCachedBeyondASession() {
    SessionFactoryOptions options =
        serving
            .bean(EntityManagerFactory.class)
            .unwrap(SessionFactoryImplementor.class)
            .getSessionFactoryOptions();
    assertThat(options.isSecondLevelCacheEnabled()).isFalse();
    assertThat(options.isQueryCacheEnabled()).isFalse();
    assertThat(options.isMultiTenancyEnabled()).isTrue();
    assertThat(options.doesConnectionProviderDisableAutoCommit()).isTrue();
  }

  /** An entity that Hibernate manages under the id of their row, loaded from a row of ours. */
  private ReportEntity alias() {
    return (ReportEntity)
        entities
            .createNativeQuery(
                "select cast(:theirs as uuid) as id, tenant_id, title, summary, body, symbol,"
                    + " author, status, created_at, updated_at, version"
                    + " from tenantry_api.research_reports where id = :ours",
                ReportEntity.class)
            .setParameter("theirs", theirs.id())
            .setParameter("ours", ours.id())
            .getSingleResult();
  }

  private static String lock(ReportEntity entity, LockModeType mode) {
    entities.lock(entity, mode);
    entities.flush();
    return "locked";
  }

  private static void set(ReportEntity entity, String name, Object value) {
    try {
      Field field = ReportEntity.class.getDeclaredField(name);
      field.setAccessible(true);
      field.set(entity, value);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("While setting " + name, e);
    }
  }

  private static <T> T inAcme(Supplier<T> work) {
    return serving.write(acme, work);
  }

  private static int bulk(String query, UUID id) {
    return inAcme(() -> entities.createQuery(query).setParameter("id", id).executeUpdate());
  }

  private static long count(String query) {
    return entities.createQuery("select count(*) " + query, Long.class).getSingleResult();
  }

  private static int nativeRows(String sql) {
    return nativeRows(sql, theirs.id());
  }

  private static int nativeRows(String sql, UUID id) {
    List<?> rows =
        inAcme(() -> entities.createNativeQuery(sql).setParameter("id", id).getResultList());
    return rows.size();
  }

  private static int nativeChange(String sql) {
    return nativeChange(sql, theirs.id());
  }

  private static int nativeChange(String sql, UUID id) {
    return inAcme(() -> entities.createNativeQuery(sql).setParameter("id", id).executeUpdate());
  }

  private static ReportService service() {
    return serving.bean(ReportService.class);
  }

  private static OrderService orders() {
    return serving.bean(OrderService.class);
  }

  private static Report file() {
    String title = TenantContext.required().equals(globex) ? "Of globex" : "Of acme";
    return service().file(new NewReport(title, null, "Its body", null, null, null));
  }

  private static Order place() {
    return orders()
        .place(
            new NewOrder(
                "known",
                "X",
                OrderSide.BUY,
                OrderType.MARKET,
                BigDecimal.ONE,
                null,
                null,
                null,
                null));
  }

  private static ReportChange titled(String title) {
    return new ReportChange(title, null, null, null, null, null);
  }

  /** By the database, for want of a privilege, and in the words of the wall that was meant. */
  private static void refused(String wall, ThrowingCallable call) {
    assertThatThrownBy(call)
        .rootCause()
        .hasMessageContaining(wall)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
  }

  private static void conflict(Runnable work) {
    assertThatThrownBy(
            () ->
                inAcme(
                    () -> {
                      work.run();
                      return "done";
                    }))
        .isExactlyInstanceOf(OptimisticLockException.class);
  }

  private static void code(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .satisfies(
            failure ->
                assertThat(DatabaseFailures.translate(failure))
                    .map(TenantryException::code)
                    .contains(code));
  }

  private static void missing(ThrowingCallable call) {
    Throwable failure = catchThrowable(call);
    assertThat(failure)
        .isInstanceOfAny(
            ExecutionException.class, CompletionException.class, TenantryException.class);
    code(ErrorCode.TENANT_CONTEXT_MISSING, call);
  }
}
