package io.tenantry.persistence.reports;

import io.tenantry.persistence.validation.Violations;

/** What makes a report acceptable. Knows neither the database nor the clock. */
final class ReportRules {

  private static final int LONGEST_TITLE = 200;
  private static final int LONGEST_SUMMARY = 2_000;
  private static final int LONGEST_BODY = 100_000;
  private static final int LONGEST_SYMBOL = 32;
  private static final int LONGEST_AUTHOR = 200;

  private ReportRules() {}

  static void check(NewReport report) {
    Violations violations = new Violations();
    violations.required("/title", report.title());
    violations.required("/body", report.body());
    texts(violations, asChange(report));
    violations.throwIfAny();
  }

  static void check(ReportChange change) {
    Violations violations = new Violations();
    texts(violations, change);
    violations.throwIfAny();
  }

  static ReportChange asChange(NewReport report) {
    return new ReportChange(
        report.title(),
        report.summary(),
        report.body(),
        report.symbol(),
        report.author(),
        report.status());
  }

  private static void texts(Violations violations, ReportChange change) {
    violations.text("/title", change.title(), LONGEST_TITLE);
    violations.text("/summary", change.summary(), LONGEST_SUMMARY);
    violations.text("/body", change.body(), LONGEST_BODY);
    violations.text("/symbol", change.symbol(), LONGEST_SYMBOL);
    violations.text("/author", change.author(), LONGEST_AUTHOR);
  }
}
