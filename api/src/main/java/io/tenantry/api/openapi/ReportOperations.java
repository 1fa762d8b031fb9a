package io.tenantry.api.openapi;

import static io.swagger.v3.oas.models.PathItem.HttpMethod.DELETE;
import static io.swagger.v3.oas.models.PathItem.HttpMethod.GET;
import static io.swagger.v3.oas.models.PathItem.HttpMethod.PATCH;
import static io.swagger.v3.oas.models.PathItem.HttpMethod.POST;

import io.tenantry.tenancy.error.ErrorCode;
import java.util.List;

/** The operations on research reports. */
final class ReportOperations {

  static final String TAG = "Reports";

  private static final String EXAMPLE =
      """
      {"id":"0190b6f0-7a3c-7d21-8e55-2f4c1a9b6d11","title":"Bitcoin in January","summary":null,
       "body":"Quiet.","symbol":"XBT/EUR","author":"Ada","status":"DRAFT",
       "createdAt":"2026-01-31T09:30:00.000001Z","updatedAt":"2026-01-31T09:30:00.000001Z",
       "version":0}
      """;

  private ReportOperations() {}

  static List<DescribedOperation> all() {
    return List.of(list(), file(), read(), change(), delete());
  }

  private static DescribedOperation list() {
    return DescribedOperation.of(GET, "/v1/reports")
        .named("listReports", TAG, "List reports, newest first")
        .says("The next page is at the path in Link.")
        .takes("Limit", "Cursor")
        .answers(
            200,
            "A page of reports.",
            "ReportPage",
            "{\"items\":[" + EXAMPLE + "],\"nextCursor\":null}",
            "Link")
        .refuses(ErrorCode.CURSOR_INVALID);
  }

  private static DescribedOperation file() {
    return DescribedOperation.of(POST, "/v1/reports")
        .named("fileReport", TAG, "File a report")
        .says("It is a DRAFT unless its status is said.")
        .body(
            "ReportRequest",
            "draft",
            "{\"title\":\"Bitcoin in January\",\"body\":\"Quiet.\"}",
            "published",
            """
            {"title":"Bitcoin in January","summary":"Nothing happened.","body":"Quiet.",
             "symbol":"XBT/EUR","author":"Ada","status":"PUBLISHED"}
            """)
        .answers(201, "The report as filed.", "Report", EXAMPLE, "Location", "ETag");
  }

  private static DescribedOperation read() {
    return DescribedOperation.of(GET, "/v1/reports/{id}")
        .named("readReport", TAG, "Read a report")
        .says("A report of another tenant is answered as one that does not exist.")
        .takes("Id", "IfNoneMatch")
        .answers(200, "The report.", "Report", EXAMPLE, "ETag")
        .answersNothing(304, "The caller has it already.", "ETag");
  }

  private static DescribedOperation change() {
    return DescribedOperation.of(PATCH, "/v1/reports/{id}")
        .named("changeReport", TAG, "Change a report")
        .says("What is left out stays as it is; null is refused.")
        .takes("Id", "IfMatch")
        .body("ReportPatch", "publish", "{\"status\":\"PUBLISHED\"}")
        .answers(200, "The report as changed.", "Report", EXAMPLE, "ETag")
        .refuses(ErrorCode.PRECONDITION_FAILED, ErrorCode.PRECONDITION_REQUIRED);
  }

  private static DescribedOperation delete() {
    return DescribedOperation.of(DELETE, "/v1/reports/{id}")
        .named("deleteReport", TAG, "Delete a report")
        .says("For good.")
        .takes("Id", "IfMatch")
        .answersNothing(204, "It is gone.")
        .refuses(ErrorCode.PRECONDITION_FAILED, ErrorCode.PRECONDITION_REQUIRED);
  }
}
