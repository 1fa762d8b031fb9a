package io.tenantry.api.isolation;

import io.tenantry.tenancy.finding.Finding;
import java.util.List;

/**
 * A finding as operators read it.
 *
 * @param code stable, snake_case
 * @param unsafe whether nothing is served while it is so
 */
record FindingDocument(
    String code, boolean unsafe, String title, String object, String detail, String hint) {

  static List<FindingDocument> of(List<Finding> findings) {
    return findings.stream()
        .map(
            finding ->
                new FindingDocument(
                    finding.code().id(),
                    finding.unsafe(),
                    finding.code().title(),
                    finding.object(),
                    finding.detail(),
                    finding.code().hint()))
        .toList();
  }
}
