package io.tenantry.api.isolation;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.finding.Finding;
import java.util.List;
import org.springframework.boot.ExitCodeGenerator;

/** Ends a start on a platform that isolation does not survive; names every finding. */
public final class UnsafePlatformException extends TenantryException implements ExitCodeGenerator {

  /** What a process ends with, so that a script can tell it from other failures. */
  private static final int EXIT_CODE = 3;

  private final transient List<Finding> findings;

  UnsafePlatformException(List<Finding> findings) {
    super(ErrorCode.PLATFORM_UNSAFE, FindingText.of(findings));
    this.findings = List.copyOf(findings);
  }

  /** All of them, warnings included. */
  public List<Finding> findings() {
    return findings;
  }

  @Override
  public int getExitCode() {
    return EXIT_CODE;
  }
}
