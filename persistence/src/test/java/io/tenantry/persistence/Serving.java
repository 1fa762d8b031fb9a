package io.tenantry.persistence;

import static java.util.Objects.requireNonNull;

import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testkit.PgBouncer;
import io.tenantry.testkit.TestPostgres;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The serving side as the api has it, against a database of the tests. */
public final class Serving implements AutoCloseable {

  private final ConfigurableApplicationContext context;

  private Serving(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts with the given settings over the defaults. */
  public static Serving start(
      DatabaseAddress address, CredentialSource credentials, Map<String, Object> settings) {
    return start(address, credentials, settings, context -> {});
  }

  /** As above; {@code beans} may replace what the configuration makes. */
  public static Serving start(
      DatabaseAddress address,
      CredentialSource credentials,
      Map<String, Object> settings,
      Consumer<GenericApplicationContext> beans) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("spring.main.banner-mode", "off");
    all.put("spring.main.log-startup-info", "false");
    all.put("spring.main.allow-bean-definition-overriding", "true");
    all.put("tenantry.pool.size", "2");
    if (PgBouncer.isDemanded() && address.port() == TestPostgres.shared().port()) {
      // Who connects through a proxy counts what the driver itself sends, and stays direct.
      PgBouncer.shared().admit(address.database());
      all.put("tenantry.pooler.kind", "pgbouncer-unprepared");
      all.put("tenantry.pooler.host", PgBouncer.shared().host());
      all.put("tenantry.pooler.port", PgBouncer.shared().port());
    }
    all.putAll(settings);
    return new Serving(
        new SpringApplicationBuilder(TestApplication.class)
            .web(WebApplicationType.NONE)
            .properties(all)
            .initializers(
                context -> {
                  GenericApplicationContext generic = (GenericApplicationContext) context;
                  generic.registerBean(DatabaseAddress.class, () -> address);
                  generic.registerBean(CredentialSource.class, () -> credentials);
                  beans.accept(generic);
                })
            .run());
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** Plain SQL, by the way that services have too. */
  public JdbcTemplate sql() {
    return bean(JdbcTemplate.class);
  }

  /** Runs {@code work} for the tenant, in a transaction that may write. */
  public <T> T write(TenantId tenant, Supplier<T> work) {
    return inTransaction(tenant, false, work);
  }

  /** Runs {@code work} for the tenant, in a transaction that may not write. */
  public <T> T read(TenantId tenant, Supplier<T> work) {
    return inTransaction(tenant, true, work);
  }

  private <T> T inTransaction(TenantId tenant, boolean readOnly, Supplier<T> work) {
    TransactionTemplate transaction =
        new TransactionTemplate(bean(PlatformTransactionManager.class));
    transaction.setReadOnly(readOnly);
    return TenantContext.call(
        tenant, () -> requireNonNull(transaction.execute(status -> work.get())));
  }

  @Override
  public void close() {
    context.close();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(PersistenceConfiguration.class)
  static class TestApplication {}
}
