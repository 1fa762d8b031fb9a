package io.tenantry.migrations.application;

import io.tenantry.control.ControlException;
import io.tenantry.control.catalog.CatalogScan;
import io.tenantry.tenancy.error.TenantryException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs once what of the catalog is not as it must be. Never ends a start: the provisioner is what
 * mends, and has to run where something is to be mended.
 */
final class StartReport implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StartReport.class);
  private static final Duration UNTIL_SEEN = Duration.ofSeconds(5);

  private final CatalogScan catalog;
  private final Thread thread;

  StartReport(CatalogScan catalog) {
    this.catalog = catalog;
    this.thread = Thread.ofVirtual().name("start-report").unstarted(this::report);
  }

  void start() {
    thread.start();
  }

  /** A database that is away is waited for. */
  private void report() {
    try {
      while (!seen()) {
        Thread.sleep(UNTIL_SEEN);
      }
    } catch (InterruptedException e) {
      LOG.debug("Stopped before the catalog was seen.");
    }
  }

  private boolean seen() {
    try {
      catalog.quick().forEach(finding -> LOG.warn("{}", finding));
      catalog.drifted().forEach(finding -> LOG.warn("{}", finding));
      return true;
    } catch (TenantryException | ControlException e) {
      LOG.debug("The catalog cannot be looked at.", e);
      return false;
    } catch (Throwable e) {
      // Nobody would notice that this thread has ended without a word.
      LOG.error("The look at the catalog met an error; it is tried again.", e);
      return false;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
