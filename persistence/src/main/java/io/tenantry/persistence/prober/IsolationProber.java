package io.tenantry.persistence.prober;

import io.tenantry.tenancy.RequestDeadline;
import io.tenantry.tenancy.TenantId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks on live connections whether tenants are kept apart: enters two of them in turn by each way
 * that requests have, and compares what it sees with what each may see. Uses one connection at a
 * time and leaves nothing behind; a connection on which something was found is closed.
 *
 * <p>Thread-safe. Blocks on the database, for 10 seconds at the most and a moment. Throws nothing:
 * what kept it from looking is said in the result.
 */
@Component
public class IsolationProber {

  private static final Logger LOG = LoggerFactory.getLogger(IsolationProber.class);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final List<WayIn> ways;
  private final PooledWay pooled;

  IsolationProber(List<WayIn> ways, PooledWay pooled) {
    this.ways = List.copyOf(ways);
    this.pooled = pooled;
  }

  /** Looks at two tenants that belong to the platform; rows are offered to be refused. */
  public ProbeResult lookAtPair(TenantId first, TenantId second) {
    Seen seen = new Seen();
    for (WayIn way : ways) {
      Optional<String> whyNot = carefully(() -> way.look(first, second, seen), seen);
      if (whyNot.isPresent()) {
        return new ProbeResult(seen.all(), whyNot.get());
      }
    }
    return new ProbeResult(seen.all(), "");
  }

  /**
   * Looks once from inside any tenant that has its role and schema; reads only.
   *
   * @param neighbour whose table has to be refused
   */
  public ProbeResult lookInside(TenantId tenant, TenantId neighbour) {
    Seen seen = new Seen();
    Optional<String> whyNot = carefully(() -> pooled.lookInside(tenant, neighbour, seen), seen);
    return new ProbeResult(seen.all(), whyNot.orElse(""));
  }

  /** Answers why it could not be looked, empty when it could. */
  private static Optional<String> carefully(Look look, Seen seen) {
    try {
      return RequestDeadline.<Optional<String>, SQLException>call(
          LONGEST, () -> twiceWhereRefused(look));
    } catch (SQLException | RuntimeException e) {
      return Failures.judge(e, seen);
    } catch (Throwable e) {
      // Whoever looks again and again would end, and nobody would notice.
      LOG.error("A look at tenants met an error.", e);
      return Failures.judge(e, seen);
    }
  }

  /** Who is refused gets another capability: the first may have been late, or of an older key. */
  private static Optional<String> twiceWhereRefused(Look look) throws SQLException {
    boolean late;
    try {
      look.run();
      return Optional.empty();
    } catch (SQLException | RuntimeException e) {
      if (!Failures.isRefusal(e)) {
        throw e;
      }
      late = Failures.isLate(e);
    }
    try {
      look.run();
      return Optional.empty();
    } catch (SQLException | RuntimeException e) {
      if (Failures.isRefusal(e) && (late || Failures.isLate(e))) {
        return Optional.of("A capability was over before its refusal came.");
      }
      throw e;
    }
  }

  @FunctionalInterface
  private interface Look {
    void run() throws SQLException;
  }
}
