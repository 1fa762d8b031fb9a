package io.tenantry.api.isolation;

import io.tenantry.tenancy.finding.Finding;
import java.util.List;

/**
 * Looks at one thing that isolation relies on. Every bean of this type is asked, on a thread of its
 * own and never by two at once; may block. What it throws means that it could not look.
 */
public interface Inspection {

  /** What a start waits for; its cost does not grow with the number of tenants. */
  List<Finding> quick();

  /** All of it, asked again and again while the instance runs. */
  default List<Finding> full() {
    return quick();
  }
}
