package io.tenantry.api.problems;

import io.swagger.v3.oas.annotations.Hidden;
import io.tenantry.tenancy.error.ErrorCategory;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** What the {@code type} of a problem leads to: the catalogue's entry, for people and programs. */
@Hidden
@RestController
class ProblemController {

  private static final String PATH = "/problems/{code}";

  private static final Map<String, ErrorCode> CODES =
      Arrays.stream(ErrorCode.values())
          .collect(Collectors.toUnmodifiableMap(ErrorCode::id, Function.identity()));

  /** One entry of the catalogue. */
  record Entry(
      String type,
      String code,
      String title,
      int status,
      ErrorCategory category,
      boolean retryable,
      String hint) {}

  // First, and so for those who accept anything: this is an interface for programs.
  @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
  Entry entry(@PathVariable String code) {
    ErrorCode known = known(code);
    return new Entry(
        "/problems/" + known.id(),
        known.id(),
        known.title(),
        known.status(),
        known.category(),
        known.retryable(),
        known.hint());
  }

  @GetMapping(path = PATH, produces = "text/html;charset=UTF-8")
  String page(@PathVariable String code) {
    ErrorCode known = known(code);
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head><meta charset="utf-8"><title>%1$s: %2$s</title></head>
    <body>
    <h1>%2$s</h1>
    <dl>
    <dt>Code</dt><dd><code>%1$s</code></dd>
    <dt>Status</dt><dd>%3$d</dd>
    <dt>Category</dt><dd>%4$s</dd>
    <dt>The same request may succeed later</dt><dd>%5$s</dd>
    <dt>The way out</dt><dd>%6$s</dd>
    </dl>
    </body>
    </html>
    """
        .formatted(
            known.id(),
            HtmlUtils.htmlEscape(known.title()),
            known.status(),
            known.category().name().toLowerCase(Locale.ROOT),
            known.retryable() ? "yes" : "no",
            HtmlUtils.htmlEscape(known.hint()));
  }

  private static ErrorCode known(String code) {
    ErrorCode known = CODES.get(code);
    if (known == null) {
      throw new TenantryException(
          ErrorCode.NOT_FOUND, "There is no problem named " + Shown.brief(code) + ".");
    }
    return known;
  }
}
