package io.tenantry.api.isolation;

import io.tenantry.tenancy.finding.Finding;
import java.util.List;

/** Findings in plain words. */
final class FindingText {

  private FindingText() {}

  static String of(List<Finding> findings) {
    StringBuilder text = new StringBuilder("What isolation relies on is not so:");
    for (Finding finding : findings) {
      text.append("\n\n  ")
          .append(finding.code().id())
          .append(finding.unsafe() ? "" : " (a warning)")
          .append(": ")
          .append(finding.object())
          .append("\n    ")
          .append(finding.code().title())
          .append(". ")
          .append(finding.detail())
          .append("\n    Mend it: ")
          .append(finding.code().hint());
    }
    return text.toString();
  }
}
