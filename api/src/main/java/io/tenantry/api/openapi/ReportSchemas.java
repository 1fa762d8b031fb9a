package io.tenantry.api.openapi;

import io.swagger.v3.oas.models.media.Schema;
import io.tenantry.persistence.reports.ReportStatus;
import java.util.Map;

/** What research reports look like. */
final class ReportSchemas {

  private static final int TITLE = 200;
  private static final int SUMMARY = 2_000;
  private static final int BODY = 100_000;
  private static final int SYMBOL = 32;
  private static final int AUTHOR = 200;

  private ReportSchemas() {}

  static Map<String, Schema<?>> all() {
    return Forms.fields(
        "ReportStatus",
        Forms.oneOf(ReportStatus.class),
        "ReportRequest",
        request(),
        "ReportPatch",
        patch(),
        "Report",
        report(),
        "ReportPage",
        Lists.of("Report"));
  }

  private static Schema<?> request() {
    return Forms.request(
        Forms.fields(
            "title", Forms.text(TITLE),
            "summary", Forms.orNull(Forms.text(SUMMARY)),
            "body", Forms.text(BODY),
            "symbol", Forms.orNull(Forms.text(SYMBOL)),
            "author", Forms.orNull(Forms.text(AUTHOR)),
            "status", Forms.refOrNull("ReportStatus").description("DRAFT unless said.")),
        "title",
        "body");
  }

  private static Schema<?> patch() {
    return Forms.request(
        Forms.fields(
            "title", Forms.text(TITLE),
            "summary", Forms.text(SUMMARY),
            "body", Forms.text(BODY),
            "symbol", Forms.text(SYMBOL),
            "author", Forms.text(AUTHOR),
            "status", Forms.ref("ReportStatus")));
  }

  private static Schema<?> report() {
    return Forms.answer(
        Forms.fields(
            "id", Forms.id(),
            "title", Forms.text(TITLE),
            "summary", Forms.orNull(Forms.text(SUMMARY)),
            "body", Forms.text(BODY),
            "symbol", Forms.orNull(Forms.text(SYMBOL)),
            "author", Forms.orNull(Forms.text(AUTHOR)),
            "status", Forms.ref("ReportStatus"),
            "createdAt", Forms.time(),
            "updatedAt", Forms.time(),
            "version", Forms.whole(0, Integer.MAX_VALUE)));
  }
}
