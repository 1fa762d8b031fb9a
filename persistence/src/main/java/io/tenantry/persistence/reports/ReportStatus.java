package io.tenantry.persistence.reports;

/** Whether a report is still being written. */
public enum ReportStatus {
  DRAFT,
  PUBLISHED
}
