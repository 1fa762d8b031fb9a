package io.tenantry.api.problems;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.FieldError;
import java.util.List;

/** A problem document, RFC 9457, with the members that this interface adds. */
record Problem(
    String type,
    String title,
    int status,
    String detail,
    String code,
    String hint,
    String requestId,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {

  static Problem of(ErrorCode code, String detail, List<FieldError> errors, String requestId) {
    return new Problem(
        "/problems/" + code.id(),
        code.title(),
        code.status(),
        Shown.whole(detail),
        code.id(),
        code.hint(),
        requestId,
        errors.stream()
            .map(e -> new FieldError(Shown.whole(e.pointer()), e.code(), Shown.whole(e.detail())))
            .toList());
  }
}
