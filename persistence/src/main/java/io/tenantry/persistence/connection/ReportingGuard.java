package io.tenantry.persistence.connection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tenantry.persistence.connection.StatementRefusedException.Reason;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Counts and logs what a guard refuses: it is a bug of ours, or an attack. The log gets the
 * statement's shape, never a value. Thread-safe.
 */
final class ReportingGuard implements StatementGuard {

  private static final Logger LOG = LoggerFactory.getLogger(ReportingGuard.class);

  private final StatementGuard guard;
  private final MeterRegistry registry;

  ReportingGuard(StatementGuard guard, MeterRegistry registry) {
    this.guard = guard;
    this.registry = registry;
    for (Reason reason : Reason.values()) {
      // A counter that begins with its first event hides it.
      counter(reason);
    }
  }

  @Override
  public void demandAllowed(String sql) throws SQLException {
    try {
      guard.demandAllowed(sql);
    } catch (StatementRefusedException e) {
      if (!StatementGuardCheck.UNDER_WAY.isBound()) {
        report(e.reason(), sql);
      }
      throw e;
    }
  }

  private void report(Reason reason, String sql) {
    counter(reason).increment();
    LOG.warn(
        "Refused a statement ({}) of tenant {}, request {}: {}",
        reason.tag(),
        TenantContext.current().map(TenantId::toString).orElse("none"),
        MDC.get("requestId"),
        StatementShape.of(sql));
  }

  private Counter counter(Reason reason) {
    return Counter.builder("tenantry.statements.refused")
        .description("Statements that a tenant's connection did not send")
        .tag("reason", reason.tag())
        .register(registry);
  }
}
