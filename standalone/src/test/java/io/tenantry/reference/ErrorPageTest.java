package io.tenantry.reference;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.testkit.GeneratedFile;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The page about errors is what the catalogue says. */
class ErrorPageTest {

  private static final String HEAD =
      """
      # Errors

      Written from the catalogue (`ErrorPageTest`); change `ErrorCode`, not this page. A code, once published, keeps its name and status.
      Answers are `application/problem+json` (RFC 9457); their `type`, `/problems/<code>`, leads to the same entry on a running
      system. What is of category setup is met at a start or in an operation's result rather than in an answer.
      Retryable: the same request may succeed later without a change. `make test` fails for a code that no test has produced.

      | code | status | category | retryable | what happened | the way out |
      |---|---|---|---|---|---|
      """;

  @Test
  void thePageSaysWhatTheCatalogueSays() throws IOException {
    StringBuilder page = new StringBuilder(HEAD);
    for (ErrorCode code : ErrorCode.values()) {
      page.append(
          "| `%s` | %d | %s | %s | %s | %s |\n"
              .formatted(
                  code.id(),
                  code.status(),
                  code.category().name().toLowerCase(Locale.ROOT),
                  code.retryable() ? "yes" : "",
                  code.title(),
                  code.hint().replace("<", "&lt;").replace("|", "\\|")));
    }
    GeneratedFile.of("docs/errors.md").mustBe(page.toString());
  }
}
