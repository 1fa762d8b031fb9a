package io.tenantry.persistence.audit;

import java.util.Arrays;
import java.util.Optional;

/** What is audited. An id, once published, keeps its meaning. */
public enum AuditAction {
  ORDER_PLACE("order.place", "order"),
  ORDER_CHANGE("order.change", "order"),
  ORDER_CANCEL("order.cancel", "order"),
  /** Its subject is the order; a request that brings nothing new is no event. */
  FILLS_RECORD("fills.record", "order"),
  REPORT_FILE("report.file", "report"),
  REPORT_CHANGE("report.change", "report"),
  REPORT_DELETE("report.delete", "report");

  private final String id;
  private final String subjectType;

  AuditAction(String id, String subjectType) {
    this.id = id;
    this.subjectType = subjectType;
  }

  /** As stored and answered. */
  public String id() {
    return id;
  }

  /** The kind of thing that it is done to. */
  public String subjectType() {
    return subjectType;
  }

  /** The action of that id, empty when there is none. */
  public static Optional<AuditAction> of(String id) {
    return Arrays.stream(values()).filter(action -> action.id.equals(id)).findFirst();
  }
}
