package io.tenantry.api.reports;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.tenantry.api.json.Sensitive;
import io.tenantry.persistence.reports.ReportChange;
import io.tenantry.persistence.reports.ReportStatus;
import org.jspecify.annotations.Nullable;

/**
 * The body that changes a report: what is left out stays, and an explicit null is refused.
 *
 * <p>No record: to a record's constructor an absent field and a null are the same.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
final class ReportPatch {

  @JsonSetter(nulls = Nulls.FAIL)
  private @Nullable String title;

  @JsonSetter(nulls = Nulls.FAIL)
  private @Nullable String summary;

  @Sensitive
  @JsonSetter(nulls = Nulls.FAIL)
  private @Nullable String body;

  @JsonSetter(nulls = Nulls.FAIL)
  private @Nullable String symbol;

  @JsonSetter(nulls = Nulls.FAIL)
  private @Nullable String author;

  @JsonSetter(nulls = Nulls.FAIL)
  private @Nullable ReportStatus status;

  ReportChange command() {
    return new ReportChange(title, summary, body, symbol, author, status);
  }
}
