package io.tenantry.operations.prober;

import io.tenantry.control.Tenant;
import io.tenantry.control.TenantStore;
import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.operations.platform.Platform;
import io.tenantry.operations.terminal.CommandLog;
import io.tenantry.persistence.prober.IsolationProber;
import io.tenantry.persistence.prober.ProbeResult;
import io.tenantry.tenancy.Canaries;
import io.tenantry.tenancy.TenantState;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.finding.FindingCode;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Looks at the canaries once, through a pool and a mapping as an instance has them. For one thread;
 * blocks on the database.
 */
public final class LiveProof implements AutoCloseable {

  private static final String APPLICATION = "tenantry-prober";

  /** A look needs one connection at a time; a larger pool would only be opened and closed. */
  private static final int CONNECTIONS = 1;

  private final Platform platform;
  private final ConfigurableApplicationContext context;

  private LiveProof(Platform platform, ConfigurableApplicationContext context) {
    this.platform = platform;
    this.context = context;
  }

  /**
   * Needs no database yet.
   *
   * @param platform where the database is, and the logins; how the pool behaves is the
   *     environment's to say
   */
  public static LiveProof open(Platform platform) {
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(ProberContext.class)
            .web(WebApplicationType.NONE)
            .properties(
                "spring.main.banner-mode=off",
                "spring.main.log-startup-info=false",
                "spring.application.name=" + APPLICATION,
                "logging.level.root=ERROR",
                // It would log the reason that the command tells.
                "logging.level.org.springframework.boot.SpringApplication=OFF",
                "tenantry.pool.size=" + CONNECTIONS)
            .initializers(
                made -> {
                  GenericApplicationContext beans = (GenericApplicationContext) made;
                  beans.registerBean(DatabaseAddress.class, platform::address);
                  beans.registerBean(CredentialSource.class, platform::credentials);
                })
            .run();
    // Starting a context has set the log up anew, on the output.
    CommandLog.toErrorStream(false);
    return new LiveProof(platform, context);
  }

  /** Host, port and database; no secret. */
  public String where() {
    return platform.where();
  }

  /**
   * Looks once.
   *
   * @throws TenantryException with {@code database_unavailable} when the database is away
   */
  public ProbeResult look() {
    TenantStore tenants =
        new TenantStore(
            new DutyDataSource(
                platform.address(), platform.credentials(), Duty.CONTROL, APPLICATION));
    List<Tenant> canaries =
        Canaries.PAIR.stream()
            .flatMap(slug -> tenants.findCanary(slug).stream())
            .filter(tenant -> tenant.state() == TenantState.ACTIVE)
            .toList();
    if (canaries.size() < Canaries.PAIR.size()) {
      FindingCode missing = FindingCode.CANARY_MISSING;
      return new ProbeResult(List.of(), missing.title() + ". " + missing.hint());
    }
    return context
        .getBean(IsolationProber.class)
        .lookAtPair(canaries.getFirst().id(), canaries.getLast().id());
  }

  @Override
  public void close() {
    context.close();
  }
}
