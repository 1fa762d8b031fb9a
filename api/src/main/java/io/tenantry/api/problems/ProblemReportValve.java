package io.tenantry.api.problems;

import io.tenantry.api.json.ApiJson;
import io.tenantry.tenancy.error.ErrorCode;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers what the container refuses before any filter sees it. Public, with a constructor without
 * arguments, since the container makes it by name.
 */
public class ProblemReportValve extends ErrorReportValve {

  private static final JsonMapper JSON = ApiJson.mapper();

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    if (response.getStatus() < 400
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    AtomicBoolean canWrite = new AtomicBoolean();
    response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, canWrite);
    if (!canWrite.get()) {
      return;
    }
    ErrorCode code = code(response.getStatus());
    try {
      response.setStatus(code.status());
      String id = BareAnswer.dress(response, request.isSecure());
      if (code.status() == 503) {
        response.setHeader(HttpHeaders.RETRY_AFTER, "1");
      }
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      Writer writer = response.getReporter();
      if (writer != null) {
        writer.write(
            JSON.writeValueAsString(
                Problem.of(code, "The container refused the request.", List.of(), id)));
        response.finishResponse();
      }
    } catch (IOException | IllegalStateException e) {
      // The caller has left, or something else has answered.
      return;
    }
  }

  private static ErrorCode code(int status) {
    return switch (status) {
      case 404 -> ErrorCode.NOT_FOUND;
      case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
      case 413 -> ErrorCode.PAYLOAD_TOO_LARGE;
      case 503 -> ErrorCode.SHUTTING_DOWN;
      // A transfer coding or a version of HTTP that nobody speaks.
      case 501, 505 -> ErrorCode.REQUEST_INVALID;
      default -> status >= 500 ? ErrorCode.INTERNAL_ERROR : ErrorCode.REQUEST_INVALID;
    };
  }
}
