package io.tenantry.reference;

import io.tenantry.tenancy.finding.FindingCode;
import io.tenantry.testkit.GeneratedFile;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The page about findings is what the catalogue says. */
class FindingPageTest {

  private static final String HEAD =
      """
      # Findings

      Written from the catalogue (`FindingPageTest`); change `FindingCode`, not this page. A code, once published, keeps its name.
      Unsafe: no instance starts or serves while it is so. The others are warnings. [doctor.md](doctor.md) says who looks, and when.

      | code | unsafe | what is wrong | what to do |
      |---|---|---|---|
      """;

  @Test
  void thePageSaysWhatTheCatalogueSays() throws IOException {
    StringBuilder page = new StringBuilder(HEAD);
    for (FindingCode code : FindingCode.values()) {
      page.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  code.id(),
                  code.unsafe() ? "yes" : "",
                  code.title(),
                  code.hint().replace("<", "&lt;").replace("|", "\\|")));
    }
    GeneratedFile.of("docs/findings.md").mustBe(page.toString());
  }
}
